import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  activityOf,
  overviewOf,
  peakOf,
  placeOfTime,
  spanBetween,
} from '../../../../../src/panel/model/timeline/overview.ts';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { Timeline } from '../../../../../src/store/counts/timeline.ts';

const START = 1_700_000_000_000;

function overviewOfTimes(times: readonly number[], kind: FrameKind = FrameKind.receivedText, amount = 10) {
  const timeline = new Timeline();
  for (const time of times) timeline.count(kind, amount, time, 1);
  return overviewOf(timeline.buckets(), timeline.width);
}

const each = (count: number, step: number, from = START) =>
  Array.from({ length: count }, (_, index) => from + index * step);

describe('an overview', () => {
  test('has no columns where nothing has happened', () => {
    expect(overviewOfTimes([]).columns).toEqual([]);
  });

  test('holds every frame in the column of its time, and one column begins where the one before it ends', () => {
    const minutes = fc.double({ min: START, max: START + 1e6, noNaN: true });
    const anywhere = fc.double({ min: 0, max: 1e15, noNaN: true });
    const time = fc.oneof({ weight: 30, arbitrary: minutes }, { weight: 1, arbitrary: anywhere });
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 300 }), (times) => {
        const overview = overviewOfTimes(times);
        const { columns } = overview;
        expect(activityOf(columns)).toMatchObject({
          received: times.length,
          receivedBytes: 10 * times.length,
        });
        expect(columns.length).toBeLessThan(1000);
        for (const [index, { from, to, activity }] of columns.entries()) {
          if (index > 0) expect(from).toBeCloseTo(columns[index - 1]?.to ?? Number.NaN, 0);
          if (activity.received > 0) {
            expect(times.filter((one) => one >= from && one < to)).toHaveLength(activity.received);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('folds a time that is just long enough, although columns cut a little off it', () => {
    const { columns } = overviewOfTimes([98_160, 128_128, 188_160].map((ms) => START + ms));
    expect(columns.length).toBeLessThan(600);
  });

  test('folds a long time in which nothing happened, and no short one', () => {
    const year = 365 * 86_400_000;
    const both = overviewOfTimes([...each(100, 100, START - year), ...each(100, 100)]);
    expect(both.columnWidth).toBeLessThan(100);
    expect(both.columns.filter(({ isFolded }) => isFolded)).toHaveLength(8);
    const pause = overviewOfTimes([START, START + 50_000]);
    expect(pause.columns.some(({ isFolded }) => isFolded)).toBe(false);
  });

  test('shows a hole from the last frame before a gap to the gap', () => {
    const timeline = new Timeline();
    for (const time of [START, START + 3000]) timeline.count(FrameKind.sentText, 1, time, 1);
    timeline.count(FrameKind.gap, 12, START + 2000, 1);
    const overview = overviewOf(timeline.buckets(), timeline.width);
    const isHoleAt = (ms: number) =>
      overview.columns[Math.floor(placeOfTime(overview, START + ms))]?.isHole ?? false;
    expect([0, 1000, 1999, 2500, 3000].map(isHoleAt)).toEqual([false, true, true, false, false]);
    expect(activityOf(overview.columns)).toMatchObject({ sent: 2, missing: 12 });
  });

  test('says the most there was in a second, not in a column', () => {
    expect(peakOf(overviewOfTimes([START])).received).toBeCloseTo(1, 1);
    const burst = overviewOfTimes([...each(10, 1000), ...each(300, 1, START + 20_000)]);
    expect(peakOf(burst).received).toBeGreaterThan(280);
    expect(peakOf(burst).received).toBeLessThan(310);
  });

  test('finds the time of a place and the place of a time', () => {
    const overview = overviewOfTimes(each(1000, 37));
    const span = spanBetween(overview, 80, 20);
    expect(span && placeOfTime(overview, span.from)).toBe(20);
    expect(span && placeOfTime(overview, span.to)).toBe(81);
    expect(placeOfTime(overview, 0)).toBe(0);
    expect(placeOfTime(overview, 1e15)).toBe(overview.columns.length);
    expect(spanBetween(overview, -5, 1e6)).toEqual({
      from: overview.columns[0]?.from,
      to: overview.columns.at(-1)?.to,
    });
  });
});
