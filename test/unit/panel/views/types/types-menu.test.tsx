// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { SETTINGS } from '../../../../../src/panel/settings/schema.ts';
import { HiddenTypes } from '../../../../../src/panel/views/types/hidden-types.tsx';
import { TypesMenu } from '../../../../../src/panel/views/types/types-menu.tsx';
import { soon, View } from '../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View(
    <>
      <TypesMenu />
      <HiddenTypes />
    </>,
  );
  view.world.addSocket();
});

const lines = () => [...document.querySelectorAll('.type-lines label')].map((line) => line.textContent);
const add = (...types: string[]) => {
  view.update(() => view.world.addTexts(...types.map((type) => JSON.stringify({ type }))));
  view.update(() => undefined); // what has been drawn asks for turns
  view.update(() => undefined);
};

test('types are listed with their counts, the most frequent first, and hidden by their boxes', () => {
  add('trade', 'ping', 'trade');
  expect(lines()).toEqual(['trade2 messages32 B', 'ping1 message15 B']);
  view.click(view.one('checkbox', /ping/));
  view.update(() => undefined);
  expect(view.world.model.settings.of(SETTINGS.shownTypes).value.hidden).toEqual(['ping']);
  expect(view.world.shown()).toHaveLength(2);
  expect(lines()).toHaveLength(2); // so that it can be shown again
  view.click(view.one('button', '1 type hidden — Show all types'));
  expect(view.world.shown()).toHaveLength(3);
});

test('heartbeats are hidden by one click, and one type alone is shown by another', () => {
  add('trade', 'ping', 'order');
  view.click(view.one('button', 'Hide heartbeats'));
  expect(view.world.shown()).toHaveLength(2);
  expect(view.one('button', 'Hide heartbeats').getAttribute('aria-pressed')).toBe('true');
  view.click(view.one('button', 'Only order'));
  expect(view.world.shown()).toEqual(['{"type":"order"}']);
  view.click(view.one('button', 'Show all types'));
  expect(view.world.shown()).toHaveLength(3);
});

test('lines do not move while the user is about to act on them', () => {
  add('a', 'a', 'b');
  const list = document.querySelector('.type-lines');
  view.update(() => list?.dispatchEvent(new MouseEvent('mouseenter')));
  add('b', 'b', 'c');
  expect(lines().map((line) => line?.[0])).toEqual(['a', 'b', 'c']);
  view.update(() => list?.dispatchEvent(new MouseEvent('mouseleave')));
  view.update(() => undefined);
  expect(lines().map((line) => line?.[0])).toEqual(['b', 'a', 'c']);
});

test('arrow keys lead from line to line, and from the box to its button', () => {
  add('a', 'a', 'b');
  const [first, second] = view.all('checkbox');
  first?.focus();
  if (first) view.press(first, 'ArrowDown');
  expect(document.activeElement).toBe(second);
  if (second) view.press(second, 'ArrowRight');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Only b');
  expect(view.all('checkbox').map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
});

test('a field helps to find one of many', async () => {
  add(...Array.from({ length: 150 }, (_, number) => `type-${number}`));
  await soon(() => {
    view.update(() => undefined); // a flood is not drawn at once
    expect(lines()).toHaveLength(100);
  });
  expect(document.body.textContent).toContain('More types: 50.');
  view.type(view.one('searchbox', 'Find a type'), 'TYPE-149');
  expect(lines()).toEqual(['type-1491 message19 B']);
});
