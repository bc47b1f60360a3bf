// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, expect, test } from 'vitest';
import { clearList } from '../../../../../src/panel/model/undo/clearing.ts';
import { View } from '../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
  view.update(() => {
    view.world.addSocket({ url: 'wss://example.test/feed' });
    view.world.addTexts('first', 'second', 'third');
  });
  view.press(view.one('grid', 'Frames'), 'Home');
});

/** A key and what it does at once; no picture follows. */
function pressOnly(key: string): void {
  void act(() => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    view.one('grid', 'Frames').dispatchEvent(event);
  });
}

const detail = () => view.one('tabpanel').textContent;
const selected = () => view.all('row').findIndex((row) => row.getAttribute('aria-selected') === 'true');

test('a key that selects another frame is answered before its detail is drawn', () => {
  expect(detail()).toBe('first');
  pressOnly('ArrowDown');
  const before = selected();
  expect(detail()).toBe('first');
  pressOnly('ArrowDown');
  expect(selected()).toBe(before + 1);
  expect(detail()).toBe('first');
  view.update(() => undefined);
  expect(detail()).toBe('third');
});

test('a frame that is skipped before the next picture is not drawn', () => {
  const seen: (string | null)[] = [];
  const watch = new MutationObserver(() => seen.push(detail()));
  watch.observe(view.one('tabpanel'), { childList: true, characterData: true, subtree: true });
  pressOnly('ArrowDown');
  pressOnly('ArrowDown');
  view.update(() => undefined);
  for (const _ of watch.takeRecords()) seen.push(detail());
  watch.disconnect();
  expect(detail()).toBe('third');
  expect(seen).not.toContain('second');
});

test('a selection that is restored before the next picture does not change the detail', () => {
  const drawn = view.one('tabpanel').firstElementChild;
  pressOnly('ArrowDown');
  pressOnly('ArrowUp');
  view.update(() => undefined);
  expect(view.one('tabpanel').firstElementChild).toBe(drawn);
  view.press(view.one('grid', 'Frames'), 'ArrowDown');
  expect(detail()).toBe('second');
});

test('a key that may lead into the detail finds the one of the selected frame', () => {
  pressOnly('ArrowDown');
  expect(detail()).toBe('first');
  pressOnly('F6');
  expect(detail()).toBe('second');
});

test('without a selection no frame is shown, at once', () => {
  pressOnly('Escape');
  expect(detail()).toBe('Select a frame to read it, or a socket to see its state.');
});

test('a dropped frame is not drawn, even if another one is selected before the next picture', () => {
  view.press(view.one('grid', 'Frames'), 'End');
  const { model } = view.world;
  view.update(() => view.world.addTexts('fourth'));
  void act(() => {
    clearList(model);
    view.world.addTexts('new');
    model.filter.useStore(model.store);
    model.selection.select(model.store.firstRow);
  });
  expect(detail()).toBe('new');
});

test('so is the first key after the list was cleared', () => {
  view.press(view.one('grid', 'Frames'), 'End');
  view.update(() => clearList(view.world.model));
  view.update(() => view.world.addTexts('new'));
  pressOnly('End');
  expect(selected()).toBeGreaterThan(0);
  expect(detail()).not.toContain('new');
  view.update(() => undefined);
  expect(detail()).toBe('new');
});
