import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Column, TimeColumn } from '../../../../src/store/rows/columns.ts';

const HOUR = 3_600_000;
const NOW = 1_767_225_600_000;

test('a column stores integers of any size in any order', () => {
  const size = fc.oneof(fc.nat(255), fc.nat(65_535), fc.nat(0xffff_ffff), fc.maxSafeNat());
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(19), size)), fc.boolean(), size, (writes, isSettled, first) => {
      const column = new Column(20);
      const expected = new Array<number>(20).fill(first);
      for (let at = 0; at < 20; at++) column.set(at, first);
      const set = ([at, value]: readonly [number, number]) => {
        column.set(at, value);
        expected[at] = value;
      };
      const half = writes.length >> 1;
      writes.slice(0, half).forEach(set);
      if (isSettled) column.settle();
      writes.slice(half).forEach(set);
      expect(expected.map((_, at) => column.get(at))).toEqual(expected);
    }),
  );
});

test('a settled column knows the number that all rows share', () => {
  const column = new Column(20);
  for (let at = 0; at < 20; at++) column.set(at, 300);
  column.settle();
  expect(column.common).toBe(300);
  column.set(3, 300);
  expect(column.common).toBe(300);
  column.set(3, 70_000);
  expect([column.common, column.get(2), column.get(3)]).toEqual([undefined, 300, 70_000]);
});

describe('a column of times', () => {
  function kept(times: readonly number[]): number[] {
    const column = new TimeColumn(times.length);
    for (const [at, time] of times.entries()) column.set(at, time);
    return times.map((_, at) => column.get(at));
  }

  test('is precise to a hundredth of a millisecond', () => {
    const times = [NOW + 0.005, NOW + 0.01, NOW + 7 * HOUR + 0.33];
    const errors = kept(times).map((time, at) => Math.abs(time - (times[at] ?? 0)));
    expect(Math.max(...errors)).toBeLessThanOrEqual(1 / 256);
  });

  test.each([
    { what: 'back an hour', times: [NOW, NOW - HOUR + 1, NOW + 1] },
    { what: 'back a day', times: [NOW, NOW + 1, NOW - 24 * HOUR, NOW + 2] },
    { what: 'on a year', times: [NOW, NOW + 1, NOW + 8766 * HOUR, NOW + 2] },
    { what: 'from before the epoch of computers', times: [0, NOW, 1] },
  ])('survives a clock that jumps $what', ({ times }) => {
    expect(kept(times)).toEqual(times);
  });

  test('keeps its values when it is settled, and can be changed after that', () => {
    const time = fc.double({ min: NOW, max: NOW + 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 50 }), time, (times, late) => {
        const column = new TimeColumn(times.length);
        for (const [at, one] of times.entries()) column.set(at, one);
        const before = times.map((_, at) => column.get(at));
        column.settle();
        expect(times.map((_, at) => column.get(at))).toEqual(before);
        column.set(0, late);
        expect(times.map((_, at) => column.get(at)).slice(1)).toEqual(before.slice(1));
        expect(Math.abs(column.get(0) - late)).toBeLessThanOrEqual(1 / 256);
      }),
    );
  });

  test('preserves the order of times', () => {
    const time = fc.double({ min: NOW, max: NOW + 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(time), (times) => {
        const ordered = times.toSorted((a, b) => a - b);
        const read = kept(ordered);
        expect(read.every((one, at) => at === 0 || one >= (read[at - 1] ?? 0))).toBe(true);
      }),
    );
  });
});
