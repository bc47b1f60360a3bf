// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { loadFilterEngine } from '../../../../../../src/panel/model/filter/filter-loader.ts';
import { soon, View } from '../../../../helpers/view.tsx';

let view: View;

/** Ten rows are in sight at once. */
beforeEach(async () => {
  await loadFilterEngine();
  view = new View();
  view.update(() => {
    view.world.addSocket({ url: 'wss://example.test/feed' });
    view.world.addTexts(...Array.from({ length: 100 }, (_, number) => `tick ${number}`));
  });
});

const filter = (text: string) => view.update(() => view.world.model.filter.setText(text));
const shown = () => view.all('row').flatMap((row) => /tick \d+/.exec(row.textContent ?? '')?.[0] ?? []);
const choose = (text: string) => {
  const row = view.all('row').find((each) => each.textContent?.endsWith(text));
  if (!row) throw new Error(`${text} is not in sight`);
  view.click(row);
};

test('a row found with a filter stays in view, with its neighbours, when the filter is removed', () => {
  filter('"tick 40"');
  choose('tick 40');
  filter('');
  expect(shown()).toEqual(Array.from({ length: 10 }, (_, place) => `tick ${place + 36}`));
});

test('a row that stops passing the filter is at its place once it passes again', () => {
  view.update(() => view.world.model.show(20));
  const before = shown();
  filter('"tick 99"');
  expect(shown()).toEqual(['tick 99']);
  filter('');
  expect(shown()).toContain('tick 20');
  expect(shown().length).toBe(before.length);
});

test('the frames of its socket alone are shown around a row, and all of them again', async () => {
  view.update(() => {
    view.world.addSocket({ url: 'wss://example.test/other' });
    const frames = Array.from({ length: 40 }, (_, number) => ({
      payload: `tick ${number + 100}`,
      socket: 2,
    }));
    view.world.addFrames(...frames);
    view.world.addTexts('tick 140', 'tick 141');
    view.world.model.show(99);
  });
  const take = async (entry: string) => {
    view.press(view.one('grid', 'Frames'), 'F10', { shiftKey: true });
    view.click(await soon(() => view.one('menuitem', entry)));
  };
  await take('Show only frames of this socket');
  expect(view.world.model.selection.focus.value).toBe(99);
  expect(shown().slice(-3)).toEqual(['tick 99', 'tick 140', 'tick 141']);
  await take('Show the frames of all sockets');
  expect(shown()).toEqual(expect.arrayContaining(['tick 99', 'tick 100']));
});

test('a row that was out of view is scrolled to the middle', () => {
  view.update(() => view.world.model.show(20));
  view.press(view.one('grid', 'Frames'), 'Home');
  view.update(() => view.world.model.selection.select(60));
  filter('tick');
  expect(shown()).toContain('tick 60');
});

test('a reader who follows the newest rows continues to, whatever is selected far above', () => {
  view.update(() => view.world.model.selection.select(20));
  filter('tick');
  expect(shown()).toContain('tick 99');
});
