import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameStore } from '../../../src/store/frame-store.ts';
import { FrameView } from '../../../src/store/frame-view.ts';
import { batchOf } from '../helpers/frames.ts';

const SEGMENT = 16_384;
const UNHURRIED = Number.POSITIVE_INFINITY;

function appendRows(store: FrameStore, count: number): void {
  const frames = Array.from({ length: count }, () => ({ payload: 'x' }));
  store.append(batchOf(frames), 0, (id) => id);
}

/** Lets go of all segments but the newest ones that are needed for `rows`. */
function trimTo(store: FrameStore, rows: number): void {
  store.trim({ rows, bytes: Number.POSITIVE_INFINITY }, () => undefined);
}

/** A clock that moves on by 1 ms with each look at it. */
function tickingClock(): () => number {
  let now = 0;
  return () => now++;
}

const isEven = (row: number) => row % 2 === 0;

function rowsOf(view: FrameView): number[] {
  return Array.from({ length: view.length }, (_, index) => view.rowAt(index));
}

describe('without a test', () => {
  test('all rows are there at once', () => {
    const store = new FrameStore();
    const view = new FrameView(store, undefined);
    appendRows(store, 5);
    expect(view.isComplete).toBe(true);
    expect(view.extend(0)).toBe(true);
    expect(rowsOf(view)).toEqual([0, 1, 2, 3, 4]);
    expect(view.indexOf(3)).toBe(3);
  });

  test('rows that are let go leave', () => {
    const store = new FrameStore();
    appendRows(store, SEGMENT + 2);
    const view = new FrameView(store, undefined);
    trimTo(store, 2);
    expect(rowsOf(view)).toEqual([SEGMENT, SEGMENT + 1]);
    expect([view.indexOf(SEGMENT + 1), view.indexOf(0)]).toEqual([1, 0]);
  });
});

describe('with a test', () => {
  test('rows that pass are there as far as they have been looked at', () => {
    const store = new FrameStore();
    appendRows(store, 6);
    const view = new FrameView(store, isEven);
    expect([view.length, view.isComplete]).toEqual([0, false]);
    expect(view.extend(UNHURRIED)).toBe(true);
    expect(rowsOf(view)).toEqual([0, 2, 4]);
    expect(view.isComplete).toBe(true);
  });

  test('time that is up ends a step, and the next one goes on', () => {
    const store = new FrameStore();
    appendRows(store, 2000);
    const view = new FrameView(store, () => true);
    const lengths: number[] = [];
    while (!view.extend(2, tickingClock())) lengths.push(view.length);
    expect(lengths).toEqual([512, 1024, 1536]);
    expect(view.length).toBe(2000);
  });

  test('a step makes headway even if there is no time at all', () => {
    const store = new FrameStore();
    appendRows(store, 300);
    const view = new FrameView(store, () => true);
    view.extend(0, tickingClock());
    expect(view.length).toBeGreaterThan(0);
  });

  test('each row is looked at once', () => {
    const store = new FrameStore();
    const looked: number[] = [];
    const view = new FrameView(store, (row) => looked.push(row) > 0);
    for (let round = 0; round < 3; round++) {
      appendRows(store, 400);
      view.extend(UNHURRIED);
      view.extend(UNHURRIED);
    }
    expect(looked).toEqual(Array.from({ length: 1200 }, (_, row) => row));
  });

  test('the place of a row that does not pass is that of the next one that does', () => {
    const store = new FrameStore();
    appendRows(store, 10);
    const view = new FrameView(store, isEven);
    view.extend(UNHURRIED);
    expect([view.indexOf(4), view.indexOf(5), view.indexOf(9), view.indexOf(100)]).toEqual([2, 3, 5, 5]);
  });

  test('a view that is made late does not look at rows that are gone', () => {
    const store = new FrameStore();
    appendRows(store, SEGMENT + 2);
    trimTo(store, 2);
    const view = new FrameView(store, () => true);
    view.extend(UNHURRIED);
    expect(rowsOf(view)).toEqual([SEGMENT, SEGMENT + 1]);
  });
});

test('stretches in which no row passes are not looked at', () => {
  const store = new FrameStore();
  for (const socket of [1, 2, 1]) {
    const frames = Array.from({ length: SEGMENT }, () => ({ payload: 'x', socket }));
    store.append(batchOf(frames), 0, (id) => id);
  }
  store.append(batchOf([{ payload: 'x', socket: 1 }]), 0, (id) => id);
  let looks = 0;
  const isTwo = (row: number) => {
    looks++;
    return store.socket(row) === 2;
  };
  const view = new FrameView(store, isTwo, (stretch) => stretch.hasSocket(2));
  view.extend(UNHURRIED);
  expect([view.length, looks, view.isComplete]).toEqual([SEGMENT, SEGMENT, true]);
  store.append(batchOf([{ payload: 'x', socket: 2 }]), 0, (id) => id);
  view.extend(UNHURRIED);
  expect(rowsOf(view).at(-1)).toBe(3 * SEGMENT + 1);
});

test('it is always what Array.filter would give, however rows come, go and are looked at', () => {
  const step = fc.oneof(
    fc.record({ type: fc.constant('append' as const), count: fc.integer({ min: 1, max: 9000 }) }),
    fc.record({ type: fc.constant('trim' as const), rows: fc.nat(30_000) }),
    fc.record({ type: fc.constant('extend' as const), looks: fc.nat(40) }),
  );
  const divisor = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), divisor, (steps, divisor) => {
      const store = new FrameStore();
      const passes = (row: number) => (row * 7919) % divisor < divisor / 2;
      const view = new FrameView(store, passes);
      for (const one of steps) {
        if (one.type === 'append') appendRows(store, one.count);
        else if (one.type === 'trim') trimTo(store, one.rows);
        else view.extend(one.looks, tickingClock());
      }
      view.extend(UNHURRIED);
      const all = Array.from({ length: store.endRow - store.firstRow }, (_, index) => store.firstRow + index);
      const expected = all.filter(passes);
      expect(rowsOf(view)).toEqual(expected);
      for (const row of [store.firstRow, store.endRow - 1, Math.floor((store.firstRow + store.endRow) / 2)]) {
        expect(view.indexOf(row)).toBe(expected.filter((other) => other < row).length);
      }
    }),
    { numRuns: 60 },
  );
});
