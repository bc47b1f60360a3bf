// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { replaySteps } from '../../../../../src/panel/model/acting/replaying.ts';
import { Find } from '../../../../../src/panel/model/find/find.ts';
import { SETTINGS } from '../../../../../src/panel/settings/schema.ts';
import { View } from '../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
  view.update(() => {
    view.world.addSocket();
    add(0, 40);
  });
});

function add(from: number, to: number): void {
  view.world.addFrames(
    ...Array.from({ length: to - from }, (_, index) => ({
      payload: `n${from + index}`,
      time: 1000 + 10 * (from + index),
    })),
  );
  view.world.model.touch(true); // else the list of forty rows at once is followed by a pause
}

const time = () => view.one('columnheader', 'Time');
const turn = () => view.click(time());
const grid = () => view.one('grid', 'Frames');
const drawn = () => view.all('row').slice(1);
const texts = () => drawn().map((row) => row.querySelector('.data')?.textContent);
const focus = () => view.world.model.selection.focus.value;
const press = (key: string, modifiers: KeyboardEventInit = {}) => view.press(grid(), key, modifiers);

test('a click on Time reverses the list, and another one back; the order is stored', () => {
  expect(time().getAttribute('aria-sort')).toBe('ascending');
  expect(texts().at(-1)).toBe('n39');
  turn();
  expect(time().getAttribute('aria-sort')).toBe('descending');
  expect(texts().slice(0, 3)).toEqual(['n39', 'n38', 'n37']);
  expect(drawn()[0]?.getAttribute('aria-rowindex')).toBe('2');
  expect(localStorage.getItem('newest-first')).toBe('true');
  turn();
  expect(texts().at(-1)).toBe('n39');
});

test('no other header does, nor the handle of this one; its menu has both orders', () => {
  view.click(view.one('columnheader', 'Data'));
  view.click(view.one('separator', 'Width of column Time'));
  expect(time().getAttribute('aria-sort')).toBe('ascending');
  view.press(time(), 'Enter');
  view.click(view.one('menuitemradio', 'Newest first'));
  expect(texts()[0]).toBe('n39');
});

test('new rows appear at the top if the list is there; elsewhere it does not move, and a button counts them', () => {
  turn();
  view.update(() => add(40, 42));
  expect(texts().slice(0, 3)).toEqual(['n41', 'n40', 'n39']);
  press('End');
  expect(texts().at(-1)).toBe('n0');
  view.update(() => add(42, 47));
  expect(texts().at(-1)).toBe('n0');
  view.click(view.one('button', '↑ 5 new'));
  expect(texts()[0]).toBe('n46');
});

test('the button that leads to the newest rows goes, and leaves the keyboard with the list', () => {
  press('Home');
  view.update(() => add(40, 42));
  const button = view.one('button', '↓ 2 new');
  button.focus();
  view.click(button);
  expect(texts().at(-1)).toBe('n41');
  expect(view.all('button', /new/)).toEqual([]);
  expect(document.activeElement).toBe(grid());
});

test('a row that keys have led to stays where it is, be it the newest, until Escape lets go of it', () => {
  press('End');
  expect(focus()).toBe(39);
  const before = texts();
  view.update(() => add(40, 45));
  expect(texts()).toEqual(before);
  expect(view.one('button', '↓ 5 new')).toBeTruthy();
  press('End');
  press('Escape');
  view.update(() => add(45, 50));
  expect(texts().at(-1)).toBe('n49');
});

test('keys go down to older rows, the first one to the newest, and Home to the top', () => {
  turn();
  press('ArrowDown');
  expect(focus()).toBe(39);
  press('ArrowDown');
  press('ArrowDown', { shiftKey: true });
  expect(view.world.model.selection.rows(view.world.model.filter.view)).toEqual([37, 38]);
  press('End');
  expect(focus()).toBe(0);
  press('Home');
  expect(focus()).toBe(39);
});

test('a list that is turned round keeps the selected row in sight', () => {
  press('Home');
  turn();
  expect(texts().at(-1)).toBe('n0');
  expect(drawn().at(-1)?.getAttribute('aria-selected')).toBe('true');
});

test('times since the row before are those since the older one, which is below', () => {
  turn();
  press('End');
  expect(drawn().at(-1)?.querySelector('.delta')?.textContent).toBe('');
  expect(drawn().at(-2)?.querySelector('.delta')?.textContent).toBe('10');
});

test('all rows are selected from the top, while replays and files keep the order of time', async () => {
  turn();
  press('a', { ctrlKey: true });
  expect(focus()).toBe(39);
  const { model } = view.world;
  const sent = replaySteps(model).map(({ row }) => model.store.payload(row));
  expect([sent.length, sent[0], sent[39]]).toEqual([40, 'n0', 'n39']);
  let file: Blob | undefined;
  await model.transfers.export('csv', 'selection', (_, contents) => {
    file = contents;
  });
  const lines = (await file?.text())?.trim().split(/\r?\n/) ?? [];
  expect(lines).toHaveLength(41);
  expect(lines[1]).toContain('n0');
  expect(lines[40]).toContain('n39');
});

test('the next match is further down', () => {
  const { model } = view.world;
  model.settings.of(SETTINGS.newestFirst).value = true;
  const find = new Find(model);
  view.update(() => find.look({ text: 'n1', isRegex: false, matchesCase: false }));
  const go = (way: 'next' | 'previous') => {
    view.update(() => find.go(way));
    return [focus(), find.place];
  };
  expect([go('next'), go('next'), go('previous'), go('previous')]).toEqual([
    [19, 1],
    [18, 2],
    [19, 1],
    [1, 11],
  ]);
  find.close();
});
