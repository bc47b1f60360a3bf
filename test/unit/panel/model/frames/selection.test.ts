import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { Selection } from '../../../../../src/panel/model/frames/selection.ts';
import { type FrameView, PickedRows } from '../../../../../src/store/frame-view.ts';

function viewOf(rows: readonly number[]): FrameView {
  const view = new PickedRows();
  view.append(rows);
  return view;
}

const ROWS = Array.from({ length: 20 }, (_, row) => row);
const all = viewOf(ROWS);
const even = viewOf(ROWS.filter((row) => row % 2 === 0));

let selection: Selection;

beforeEach(() => {
  selection = new Selection();
});

describe('a selection', () => {
  test('is empty at first', () => {
    expect(selection.isEmpty).toBe(true);
    expect(selection.rows(all)).toEqual([]);
    expect(selection.focus.value).toBeUndefined();
  });

  test('of one row takes the place of any other', () => {
    selection.select(3);
    selection.select(7);
    expect(selection.rows(all)).toEqual([7]);
    expect(selection.focus.value).toBe(7);
  });

  test('extends from where it was begun, to either side', () => {
    selection.select(5);
    selection.extendTo(8);
    expect(selection.rows(all)).toEqual([5, 6, 7, 8]);
    selection.extendTo(3);
    expect(selection.rows(all)).toEqual([3, 4, 5]);
    expect(selection.focus.value).toBe(3);
  });

  test('can be begun by extending', () => {
    selection.extendTo(4);
    expect(selection.rows(all)).toEqual([4]);
  });

  test('takes single rows in and out', () => {
    selection.select(2);
    selection.toggle(9);
    selection.toggle(5);
    expect(selection.rows(all)).toEqual([2, 5, 9]);
    selection.toggle(5);
    expect(selection.rows(all)).toEqual([2, 9]);
  });

  test('can have a hole', () => {
    selection.select(2);
    selection.extendTo(6);
    selection.toggle(4);
    expect(selection.rows(all)).toEqual([2, 3, 5, 6]);
    selection.toggle(2);
    selection.toggle(6);
    expect(selection.rows(all)).toEqual([3, 5]);
  });

  test('of all covers the rows that are there, not those that come', () => {
    selection.selectAll(even);
    expect(selection.rows(even)).toEqual(Array.from({ length: 10 }, (_, index) => index * 2));
    expect(selection.has(19)).toBe(false);
    expect(selection.focus.value).toBe(0);
  });

  test('of all leaves the focus where it is', () => {
    selection.select(4);
    selection.selectAll(all);
    expect(selection.focus.value).toBe(4);
  });

  test('of all in an empty view is none', () => {
    selection.selectAll(viewOf([]));
    expect(selection.isEmpty).toBe(true);
  });

  test('holds only what the view shows', () => {
    selection.select(3);
    selection.extendTo(8);
    expect(selection.rows(even)).toEqual([4, 6, 8]);
    expect(selection.count(even)).toBe(3);
  });

  test('of what a filter shows does not grow when the filter goes', () => {
    selection.select(2);
    selection.extendTo(8, even);
    expect(selection.rows(all)).toEqual([2, 4, 6, 8]);
    expect(selection.count(all)).toBe(4);
    expect(ROWS.filter((row) => selection.has(row))).toEqual([2, 4, 6, 8]);
    selection.selectAll(even);
    expect(selection.count(all)).toBe(10);
    expect(selection.has(3)).toBe(false);
  });

  test('takes a row that a filter had hidden, in the order of the list', () => {
    selection.select(2);
    selection.extendTo(8, even);
    selection.toggle(5);
    expect(selection.rows(all)).toEqual([2, 4, 5, 6, 8]);
    selection.toggle(4);
    selection.toggle(5);
    expect(selection.rows(all)).toEqual([2, 6, 8]);
    expect(selection.count(all)).toBe(3);
    for (const row of [2, 6, 8]) selection.toggle(row);
    expect(selection.isEmpty).toBe(true);
  });

  test('is counted anew once rows of it are gone', () => {
    const shown = new PickedRows();
    shown.append(ROWS);
    selection.selectAll(even);
    expect(selection.count(shown)).toBe(10);
    shown.dropBefore(5);
    expect(selection.count(shown)).toBe(7);
    shown.append([20, 22]);
    expect(selection.count(shown)).toBe(7);
  });

  test('is gone when it is cleared', () => {
    selection.select(3);
    selection.clear();
    expect(selection.isEmpty).toBe(true);
    expect(selection.focus.value).toBeUndefined();
    selection.extendTo(6);
    expect(selection.rows(all)).toEqual([6]);
  });
});

test('it is what a set of rows would be, whatever is done to it', () => {
  const step = fc.record({
    type: fc.constantFrom('select', 'extend', 'toggle'),
    row: fc.nat(19),
    view: fc.constantFrom(all, even),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const selection = new Selection();
      let rows = new Set<number>();
      let anchor: number | undefined;
      for (const { type, row, view } of steps) {
        if (type === 'select') {
          rows = new Set([row]);
          anchor = row;
          selection.select(row);
        } else if (type === 'extend') {
          anchor ??= row;
          const [from, to] = [Math.min(anchor, row), Math.max(anchor, row)];
          const shown = view === even ? ROWS.filter((one) => one % 2 === 0) : ROWS;
          rows = new Set(shown.filter((one) => from <= one && one <= to));
          selection.extendTo(row, view);
        } else {
          anchor = row;
          if (!rows.delete(row)) rows.add(row);
          selection.toggle(row);
        }
      }
      const expected = [...rows].sort((a, b) => a - b);
      expect(selection.rows(all)).toEqual(expected);
      expect(selection.count(all)).toBe(expected.length);
      expect(ROWS.filter((row) => selection.has(row))).toEqual(expected);
      expect(selection.rows(even)).toEqual(expected.filter((row) => row % 2 === 0));
      expect(selection.count(even)).toBe(selection.rows(even).length);
    }),
  );
});
