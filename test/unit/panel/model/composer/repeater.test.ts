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
  expect(repeater.state.value).toEqual({ type: 'ended', sent: 3, problem: undefined });
});

test('goes on until it is stopped, and an answer that comes later is of no interest', async () => {
  const repeater = new Repeater();
  const send = vi.fn(() => new Promise<undefined>((resolve) => setTimeout(resolve, 30)));
  repeater.start({ interval: 100, count: undefined }, send);
  await vi.advanceTimersByTimeAsync(210);
  repeater.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(send).toHaveBeenCalledTimes(3);
  expect(repeater.state.value).toEqual({ type: 'ended', sent: 2, problem: undefined });
});

test('waits for each answer and leaves out the turns that are missed', async () => {
  const repeater = new Repeater();
  const times: number[] = [];
  const start = performance.now();
  repeater.start({ interval: 10, count: 2 }, () => {
    times.push(performance.now() - start);
    return new Promise<undefined>((resolve) => setTimeout(resolve, 35));
  });
  await vi.advanceTimersByTimeAsync(200);
  expect(times).toEqual([0, 40]);
});

test('ends with the first message that cannot be sent, and says why', async () => {
  const repeater = new Repeater();
  let sent = 0;
  repeater.start({ interval: 10, count: undefined }, async () => (++sent > 2 ? 'closed' : undefined));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(repeater.state.value).toEqual({ type: 'ended', sent: 2, problem: 'closed' });
});
