// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import type { WorkerSwitch, WorkerSwitchState } from '../../../../../src/panel/session/browser/bridge.ts';
import { ModelProvider } from '../../../../../src/panel/views/context.ts';
import { UnseenNote } from '../../../../../src/panel/views/sockets/unseen-note.tsx';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

speakEnglish();

/** What stands below the list: its title, and the text when that is opened. */
function noteWith(
  scope: WorkerSwitch['scope'] | undefined,
  workers: WorkerSwitchState | undefined,
  since?: number,
) {
  const { model } = new PanelWorld();
  Object.defineProperty(model.session, 'capturedSince', { value: since });
  Object.defineProperty(model, 'workerSwitch', { value: scope && { scope } });
  model.workers.value = workers;
  const note = (
    <ModelProvider value={model}>
      <UnseenNote />
    </ModelProvider>
  );
  const root = document.createElement('div');
  void act(() => render(note, root));
  const [title, ...texts] = root.querySelectorAll('.unseen-note > *');
  return title && [title.textContent, texts.map(({ textContent }) => textContent).join(' ')];
}

test('Chrome: shared workers, whatever is switched on', () => {
  const note = ['Not seen: shared workers', expect.stringContaining('chrome://inspect/#workers')];
  expect(noteWith('site', undefined)).toEqual(note);
  expect(noteWith('site', { isOn: true, site: 'https://example.test' })).toEqual(note);
});

test('Firefox: shared workers too while workers are switched off', () => {
  const off = ['Not seen: shared and service workers', expect.stringContaining('While Workers is off')];
  expect(noteWith('all', { isOn: false })).toEqual(off);
  const on = ['Not seen: service workers', expect.stringMatching(/about:debugging.*blob:/)];
  expect(noteWith('all', { isOn: true })).toEqual(on);
});

test('nothing is claimed before it is known', () => {
  expect(noteWith('all', undefined)).toBeUndefined();
  expect(noteWith(undefined, undefined)).toBeUndefined();
});

test('a page that was captured late: since when, and what that means in each browser', () => {
  const since = new Date(2026, 1, 3, 4, 5, 6).getTime();
  const chrome = ['Captured since 2026-02-03 04:05:06.000', expect.stringContaining('read-only')];
  expect(noteWith('site', undefined, since)?.slice(0, 2)).toEqual(chrome);
  const firefox = [
    'Captured since 2026-02-03 04:05:06.000',
    expect.stringContaining('until then they are not seen'),
  ];
  expect(noteWith('all', undefined, since)).toEqual(firefox);
});
