// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, expect, test } from 'vitest';
import { View } from '../../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
  view.update(() => {
    view.world.addSocket({ url: 'wss://a.test/feed' });
    // The last two say the same.
    view.world.addTexts('{"a":{"b":1},"c":2}', '{"a":{"b":5},"d":[6]}', '{"a":{"b":5},"d":[6]}');
  });
  press('Home');
});

function press(key: string, element = view.one('grid', 'Frames')): void {
  view.press(element, key);
}

const tree = () => view.one('tree');
const lines = () => view.all('treeitem').map(({ textContent }) => textContent?.replace(/\s+/g, ' '));
const focused = () => view.all('treeitem').findIndex((line) => line.getAttribute('aria-selected') === 'true');
const searchField = () => view.one('searchbox', 'Search in this frame');

test('the tree of the next frame takes over the elements of the one before', () => {
  const before = [tree(), searchField()];
  press('ArrowDown');
  expect(lines().join()).toMatch(/b: 5.*d: /);
  const after = [tree(), searchField()];
  expect(after.map((element, index) => element === before[index])).toEqual([true, true]);
});

test('but not the state of the previous tree, even if both have the same content', () => {
  press('ArrowDown');
  press('ArrowDown', tree());
  press('ArrowLeft', tree());
  expect([lines().length, focused()]).toEqual([4, 1]);
  view.type(searchField(), '6');
  expect(view.all('status').map(({ textContent }) => textContent)).toContain('1 of 1');
  press('ArrowDown');
  expect(lines().length).toBe(5);
  expect(focused()).toBe(0);
  expect(searchField()).toHaveProperty('value', '');
  expect(view.all('status').map(({ textContent }) => textContent)).not.toContain('1 of 1');
});

test('nor what a line was said to be', () => {
  const [, line] = view.all('treeitem');
  void act(() => {
    line?.dispatchEvent(new MouseEvent('mouseenter'));
  });
  expect(line?.getAttribute('title')).toContain('$.a');
  press('ArrowDown');
  expect(view.all('treeitem').filter((item) => item.hasAttribute('title'))).toEqual([]);
});
