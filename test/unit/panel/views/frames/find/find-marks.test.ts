// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { rangeIn, textPlaces } from '../../../../../../src/panel/views/frames/find/find-marks.ts';

test('places of a text, in either case or in this one alone', () => {
  const query = { text: 'ab', isRegex: false, matchesCase: false };
  const texts = ['xABab', '', 'b a'];
  expect(textPlaces(query, texts)).toEqual([
    { cell: 0, start: 1, end: 3 },
    { cell: 0, start: 3, end: 5 },
  ]);
  expect(textPlaces({ ...query, matchesCase: true }, texts)).toEqual([{ cell: 0, start: 3, end: 5 }]);
});

test('one cell has so many marks and no more', () => {
  const places = textPlaces({ text: 'a', isRegex: false, matchesCase: true }, ['a'.repeat(1000)]);
  expect(places).toHaveLength(100);
});

test('ranges go across the elements that colour a text', () => {
  const cell = document.createElement('span');
  cell.innerHTML = '<i></i>{<b>"key"</b>: <b>12</b>}';
  expect(cell.textContent).toBe('{"key": 12}');
  for (const [start, end] of [
    [0, 1],
    [1, 6],
    [5, 10],
    [0, 11],
  ] as const) {
    expect(rangeIn(cell, start, end)?.toString()).toBe('{"key": 12}'.slice(start, end));
  }
  expect(rangeIn(cell, 5, 12)).toBeUndefined();
  expect(rangeIn(undefined, 0, 1)).toBeUndefined();
});
