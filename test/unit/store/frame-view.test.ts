import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameStore } from '../../../src/store/frame-store.ts';
import { AllRows, type FrameView, PickedRows } from '../../../src/store/frame-view.ts';
import { batchOf } from '../helpers/frames.ts';

const SEGMENT = 16_384;

function appendRows(store: FrameStore, count: number): void {
  const frames = Array.from({ length: count }, () => ({ payload: 'x' }));
  store.append(batchOf(frames), 0, (id) => id);
}

function rowsOf(view: FrameView): number[] {
  return Array.from({ length: view.length }, (_, index) => view.rowAt(index));
}

describe('all rows', () => {
  test('are available at once', () => {
    const store = new FrameStore();
    const view = new AllRows(store);
    appendRows(store, 5);
    expect(rowsOf(view)).toEqual([0, 1, 2, 3, 4]);
    expect([view.indexOf(3), view.shift]).toEqual([3, 0]);
  });

  test('disappear when they are dropped', () => {
    const store = new FrameStore();
    appendRows(store, SEGMENT + 2);
    const view = new AllRows(store);
    store.trim({ rows: 2, bytes: Number.POSITIVE_INFINITY }, () => undefined);
    expect(rowsOf(view)).toEqual([SEGMENT, SEGMENT + 1]);
    expect([view.indexOf(SEGMENT + 1), view.indexOf(0), view.shift]).toEqual([1, 0, SEGMENT]);
  });
});

describe('picked rows', () => {
  test('the place of a missing row is that of the next one', () => {
    const view = new PickedRows();
    view.append([0, 2, 4, 6, 8]);
    expect([view.indexOf(4), view.indexOf(5), view.indexOf(8), view.indexOf(100)]).toEqual([2, 3, 4, 5]);
    expect([view.rowAt(-1), view.rowAt(5)]).toEqual([-1, -1]);
  });

  test('report by how much earlier rows have moved', () => {
    const view = new PickedRows();
    view.append([10, 11, 12]);
    view.prepend([5, 6]);
    expect([view.shift, view.rowAt(2)]).toEqual([-2, 10]);
    view.dropBefore(11);
    expect([view.shift, view.rowAt(0)]).toEqual([1, 11]);
    view.append([20]);
    expect(view.shift).toBe(1);
  });

  const step = fc.oneof(
    fc.record({ type: fc.constantFrom('append' as const, 'prepend' as const), count: fc.nat(3000) }),
    fc.record({
      type: fc.constantFrom('insert' as const, 'remove' as const, 'drop' as const),
      row: fc.nat(20_000),
    }),
  );

  test('are always a sorted set', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const view = new PickedRows();
        let expected: number[] = [];
        for (const one of steps) {
          const [first = 10_000, last = 9_999] = [expected[0], expected.at(-1)];
          switch (one.type) {
            case 'append': {
              const rows = Array.from({ length: one.count }, (_, index) => last + 1 + index);
              view.append(rows);
              expected.push(...rows);
              break;
            }
            case 'prepend': {
              const count = Math.min(one.count, first);
              const rows = Array.from({ length: count }, (_, index) => first - count + index);
              view.prepend(rows);
              expected.unshift(...rows);
              break;
            }
            case 'insert':
              if (view.has(one.row)) break;
              view.insert(one.row);
              expected = [...expected, one.row].sort((a, b) => a - b);
              break;
            case 'remove':
              view.remove(one.row);
              expected = expected.filter((row) => row !== one.row);
              break;
            case 'drop':
              view.dropBefore(one.row);
              expected = expected.filter((row) => row >= one.row);
          }
          expect(rowsOf(view)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });
});
