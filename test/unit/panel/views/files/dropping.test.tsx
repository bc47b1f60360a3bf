// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, it, vi } from 'vitest';
import { App } from '../../../../../src/panel/views/app.tsx';
import { ModelProvider } from '../../../../../src/panel/views/context.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

/** Something that is held over the panel or dropped on it. */
function drag(type: string, dataTransfer: object): Event {
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer });
  document.body.dispatchEvent(event);
  return event;
}

it('takes a file that is dropped before anything that can wait is loaded', () => {
  speakEnglish();
  const { model } = new PanelWorld();
  const taken = vi.spyOn(model.transfers, 'import').mockResolvedValue();
  const root = document.createElement('div');
  document.body.append(root);
  act(() =>
    render(
      <ModelProvider value={model}>
        <App />
      </ModelProvider>,
      root,
    ),
  );
  const file = new File([''], 'early.har');
  const files = { types: ['Files'], files: [file] };
  expect(drag('dragover', files).defaultPrevented).toBe(true);
  expect(drag('drop', files).defaultPrevented).toBe(true);
  expect(taken.mock.calls).toEqual([[[file]]]);
  // Text that is dropped goes where the browser puts it, as into the filter.
  const text = { types: ['text/plain'], files: [] };
  expect(drag('dragover', text).defaultPrevented).toBe(false);
  expect(drag('drop', text).defaultPrevented).toBe(false);
  render(null, root);
  expect(drag('drop', files).defaultPrevented).toBe(false);
});
