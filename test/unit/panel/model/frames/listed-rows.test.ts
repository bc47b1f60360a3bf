import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TurnedRows } from '../../../../../src/panel/model/frames/listed-rows.ts';
import { PickedRows } from '../../../../../src/store/frame-view.ts';

const numbers = fc.uniqueArray(fc.nat(200), { maxLength: 60 }).map((rows) => rows.sort((a, b) => a - b));

test('a list that is turned round has the same rows, and finds each where it stands', () => {
  fc.assert(
    fc.property(numbers, fc.nat(210), (rows, sought) => {
      const view = new PickedRows();
      view.append(rows);
      const turned = new TurnedRows(view);
      const expected = [...rows].reverse();
      expect(Array.from({ length: turned.length }, (_, index) => turned.rowAt(index))).toEqual(expected);
      // As in every view: the place of the row, or of the one that follows it.
      const following = expected.findIndex((row) => row <= sought);
      expect(turned.indexOf(sought)).toBe(following === -1 ? rows.length : following);
    }),
  );
});

test('a row stays at its place less the shift, whatever is added or leaves', () => {
  const view = new PickedRows();
  view.append([10, 20, 30]);
  const turned = new TurnedRows(view);
  const place = () => turned.indexOf(20) + turned.shift;
  const before = place();
  view.append([40, 50]);
  expect(place()).toBe(before);
  view.prepend([1, 2, 3]);
  expect(place()).toBe(before);
  view.dropBefore(15);
  expect(place()).toBe(before);
});
