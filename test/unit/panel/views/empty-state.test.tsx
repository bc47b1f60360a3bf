// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import type { LateCapture } from '../../../../src/panel/session/browser/bridge.ts';
import { ModelProvider } from '../../../../src/panel/views/context.ts';
import { EmptyState } from '../../../../src/panel/views/empty-state.tsx';
import { speakEnglish } from '../../helpers/language.ts';
import { PanelWorld } from '../../helpers/panel-world.ts';

speakEnglish();

/** What is said of a page that does not answer. */
function stateOf(outcome: LateCapture | undefined) {
  const { model } = new PanelWorld();
  model.obstacle.value = 'no-hook';
  const capture = vi.fn(async () => outcome);
  Object.defineProperty(model.session, 'canCaptureOlderPage', { value: outcome !== undefined });
  Object.defineProperty(model.session, 'captureOlderPage', { value: capture });
  const state = (
    <ModelProvider value={model}>
      <EmptyState asBar={false} />
    </ModelProvider>
  );
  const root = document.createElement('div');
  void act(() => render(state, root));
  return { model, capture, buttons: [...root.querySelectorAll('button')], text: root.textContent ?? '' };
}

test('a page that does not answer can be reloaded, and no more where the browser lets it be captured by itself', () => {
  expect(stateOf(undefined).buttons.map(({ textContent }) => textContent)).toEqual(['Reload page']);
});

test('a socket that is there without a frame is told of at once', () => {
  const world = new PanelWorld();
  const { model } = world;
  vi.spyOn(model.session, 'obstacle', 'get').mockReturnValue('none');
  model.obstacle.value = 'none';
  const root = document.createElement('div');
  const state = (
    <ModelProvider value={model}>
      <EmptyState asBar={false} />
    </ModelProvider>
  );
  void act(() => render(state, root));
  expect(root.textContent).toContain('No WebSocket yet');
  void act(() => {
    world.addSocket();
    model.touch();
    world.paint();
  });
  expect(root.textContent).toContain('No frames yet');
});

test.each([
  ['captured', 'good', 'The page is captured from now on.'],
  ['refused', 'bad', expect.stringContaining('A reload needs no permission.')],
  ['impossible', 'bad', expect.stringContaining('cannot be captured as it is')],
] as const)('or be captured as it is: that it was %s is said', async (outcome, tone, said) => {
  const { model, capture, buttons, text } = stateOf(outcome);
  expect(text).toContain('taken over when they next send');
  expect(buttons.map(({ textContent }) => textContent)).toEqual(['Reload page', 'Capture without reloading']);
  buttons[1]?.click();
  await expect.poll(() => model.notice.value).toEqual({ tone, text: said });
  expect(capture).toHaveBeenCalledOnce();
});
