import '../../helpers/browser-globals.ts';

import { afterAll, expect, test, vi } from 'vitest';

const ORIGIN = performance.timeOrigin;
let sinceOrigin = 0;
let date = 0;
vi.spyOn(performance, 'now').mockImplementation(() => sinceOrigin);
vi.spyOn(Date, 'now').mockImplementation(() => Math.floor(ORIGIN + date));
const { now } = await import('../../../../src/page/natives/natives.ts');

afterAll(() => vi.restoreAllMocks());

/** The time since the beginning of the page that the hook sees, where both clocks show these. */
function timeAt(performanceClock: number, dateClock = performanceClock): number {
  sinceOrigin = performanceClock;
  date = dateClock;
  return Number((now() - ORIGIN).toFixed(3));
}

test('has fractions, and does not follow a clock that runs a little fast or slow, or is set back', () => {
  expect(timeAt(10.25)).toBe(10.25);
  expect(timeAt(20.5, 900)).toBe(20.5);
  expect(timeAt(30.75, -3_600_000)).toBe(30.75);
});

test('follows the time of day again each time the computer has slept', () => {
  expect(timeAt(1000)).toBe(1000);
  expect(timeAt(1001.5, 28_801_001.5)).toBeCloseTo(28_801_001, -1);
  const woken = timeAt(1500, 28_801_500);
  expect(woken).toBeCloseTo(28_801_500, -1);
  expect(timeAt(1510.5, 28_801_510.5)).toBe(Number((woken + 10.5).toFixed(3)));
  expect(timeAt(1511, 57_600_000)).toBeCloseTo(57_600_000, -1);
});
