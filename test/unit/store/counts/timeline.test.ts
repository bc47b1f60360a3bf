import { expect, test } from 'vitest';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { Timeline } from '../../../../src/store/counts/timeline.ts';

const START = 1_700_000_000_000;

test('a clock that jumps does not coarsen the other times', () => {
  const timeline = new Timeline();
  for (const time of [START, START + 20, 0, 1e15, START + 40]) {
    timeline.count(FrameKind.receivedText, 1, time, 1);
  }
  expect(timeline.width).toBe(16);
  expect(timeline.buckets()).toHaveLength(5);
});

test('hours of frames need thousands of buckets at most, and more than a few', () => {
  const timeline = new Timeline();
  for (let time = START; time < START + 3_600_000; time += 10) {
    timeline.count(FrameKind.sentText, 1, time, 1);
  }
  expect(timeline.buckets().length).toBeLessThanOrEqual(2048);
  expect(timeline.buckets().length).toBeGreaterThan(600);
});

test('buckets of dropped rows are reused before any are merged', () => {
  const timeline = new Timeline();
  for (let second = 0; second < 100_000; second++) {
    timeline.count(FrameKind.sentText, 1, START + second * 1000, 1);
    if (second >= 1000) timeline.count(FrameKind.sentText, 1, START + (second - 1000) * 1000, -1);
  }
  expect(timeline.width).toBe(16);
  expect(timeline.buckets()).toHaveLength(1000);
});
