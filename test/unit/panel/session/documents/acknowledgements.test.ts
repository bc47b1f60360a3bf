import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Acknowledgements } from '../../../../../src/panel/session/documents/acknowledgements.ts';
import type { Credit } from '../../../../../src/protocol/messages.ts';

let told: number[];
let isAwaited: boolean;
let acknowledgements: Acknowledgements;
let arrived: Credit;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.advanceTimersByTime(1000);
  told = [];
  isAwaited = false;
  arrived = { messages: 0, bytes: 0 };
  acknowledgements = new Acknowledgements(
    () => isAwaited,
    ({ messages }) => told.push(messages),
  );
});

afterEach(() => {
  vi.useRealTimers();
});

function arrive(frames: number, bytes = 100): void {
  arrived = { messages: arrived.messages + 1, bytes: arrived.bytes + bytes };
  acknowledgements.countBatch(frames);
  acknowledgements.take(arrived);
}

test('a single message is acknowledged at once', () => {
  arrive(1);
  vi.advanceTimersByTime(100);
  arrive(1);
  expect(told).toEqual([1, 2]);
});

test('the messages after it are acknowledged together a moment later', () => {
  arrive(1);
  arrive(1);
  arrive(1);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(16);
  expect(told).toEqual([1, 3]);
});

test('in a flood the moment is longer, whatever the size of its batches', () => {
  arrive(1);
  arrive(20);
  vi.advanceTimersByTime(16);
  expect(told).toEqual([1, 2]);
  arrive(30);
  vi.advanceTimersByTime(90);
  expect(told).toEqual([1, 2]);
  vi.advanceTimersByTime(10);
  expect(told).toEqual([1, 2, 3]);
});

test('after a flood it is as short as before', () => {
  arrive(1000);
  arrive(1000);
  vi.advanceTimersByTime(100);
  arrive(50);
  vi.advanceTimersByTime(100);
  arrive(50);
  vi.advanceTimersByTime(16);
  expect(told).toEqual([1, 2, 3, 4]);
});

test('many messages, or many bytes, are acknowledged without waiting', () => {
  for (let message = 0; message < 17; message++) arrive(1000);
  expect(told).toEqual([1, 17]);
  arrive(1000, 1024 * 1024);
  expect(told).toEqual([1, 17, 18]);
});

test('the rest of what was acknowledged without waiting waits for a short moment each time', () => {
  arrive(1);
  arrive(20_000, 1024 * 1024);
  arrive(2048);
  expect(told).toEqual([1, 2]);
  vi.advanceTimersByTime(6);
  expect(told).toEqual([1, 2, 3]);
  arrive(500);
  vi.advanceTimersByTime(16);
  expect(told).toEqual([1, 2, 3, 4]);
});

test('an answer that was to come later is not sent as well once all has been acknowledged without waiting', () => {
  arrive(1);
  arrive(20);
  arrive(20_000, 1024 * 1024);
  expect(told).toEqual([1, 3]);
  vi.advanceTimersByTime(10);
  arrive(1);
  expect(told).toEqual([1, 3, 4]);
  arrive(1);
  vi.advanceTimersByTime(15);
  expect(told).toEqual([1, 3, 4]);
});

test('nothing is delayed while the rest is being waited for', () => {
  isAwaited = true;
  arrive(1000);
  arrive(1000);
  expect(told).toEqual([1, 2]);
});

test('acknowledgements due on one connection are not sent on the next', () => {
  arrive(1);
  arrive(1);
  acknowledgements.begin();
  vi.advanceTimersByTime(100);
  expect(told).toEqual([1]);
});
