import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Repeater } from '../../../../../src/panel/model/composer/repeater.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('sends at once, and then by the clock, until its count is reached', async () => {
  const repeater = new Repeater();
  const times: number[] = [];
  const start = performance.now();
  repeater.start({ interval: 100, count: 3 }, async () => {
    times.push(performance.now() - start);
    return undefined;
  });
  await vi.advanceTimersByTimeAsync(150);
  expect(repeater.state.value).toMatchObject({ type: 'running', sent: 2 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(times).toEqual([0, 100, 200]);
  expect(repeater.state.value).toEqual({ type: 'ended', sent: 3, missed: 0, problem: undefined });
});

test('goes on until it is stopped; what was under way then is counted when its answer is there', async () => {
  const repeater = new Repeater();
  const send = vi.fn(() => new Promise<undefined>((resolve) => setTimeout(resolve, 30)));
  repeater.start({ interval: 100, count: undefined }, send);
  await vi.advanceTimersByTimeAsync(210);
  repeater.stop();
  expect(repeater.state.value).toEqual({ type: 'ended', sent: 2, missed: 0, problem: undefined });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(send).toHaveBeenCalledTimes(3);
  expect(repeater.state.value).toEqual({ type: 'ended', sent: 3, missed: 0, problem: undefined });
});

test('waits for each answer, and counts the turns that are missed', async () => {
  const repeater = new Repeater();
  const times: number[] = [];
  const start = performance.now();
  repeater.start({ interval: 100, count: 2 }, () => {
    times.push(performance.now() - start);
    return new Promise<undefined>((resolve) => setTimeout(resolve, 350));
  });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(times).toEqual([0, 400]);
  expect(repeater.state.value).toEqual({ type: 'ended', sent: 2, missed: 3, problem: undefined });
});

test('every millisecond, with so much under way as answers and timers take', async () => {
  const repeater = new Repeater();
  const send = vi.fn(() => new Promise<undefined>((resolve) => setTimeout(resolve, 20)));
  repeater.start({ interval: 1, count: 500 }, send);
  await vi.advanceTimersByTimeAsync(499);
  expect(send).toHaveBeenCalledTimes(500);
  await vi.advanceTimersByTimeAsync(20);
  expect(repeater.state.value).toEqual({ type: 'ended', sent: 500, missed: 0, problem: undefined });
});

test('a page that stands still does not get everything at once afterwards', async () => {
  const repeater = new Repeater();
  const send = vi.fn(() => new Promise<undefined>(() => undefined));
  repeater.start({ interval: 1, count: undefined }, send);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(send).toHaveBeenCalledTimes(50);
  repeater.stop();
  expect(repeater.state.value).toMatchObject({ type: 'ended', sent: 0, missed: 4_951 });
});

test('ends with the first message that cannot be sent, and says why', async () => {
  const repeater = new Repeater();
  let sent = 0;
  repeater.start({ interval: 10, count: undefined }, async () => (++sent > 2 ? 'closed' : undefined));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(repeater.state.value).toMatchObject({ type: 'ended', sent: 2, problem: 'closed' });
});
