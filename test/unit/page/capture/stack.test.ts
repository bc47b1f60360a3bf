import '../../helpers/browser-globals.ts';

import { afterEach, expect, test } from 'vitest';
import {
  captureStack,
  formatStack,
  leaveStack,
  recordStacks,
  releaseStacks,
} from '../../../../src/page/capture/stack.ts';

/** The stack of a call from here, at a time at which the allowance is full. */
let time = 1_000_000;
function stackFromHere(): string | undefined {
  time += 10_000;
  return formatStack(captureStack(stackFromHere, time, true));
}

afterEach(() => recordStacks(true));

test('names the caller and leaves out the function that asks', () => {
  function theCaller() {
    return stackFromHere();
  }
  const stack = theCaller();
  expect(stack).toContain('theCaller');
  expect(stack).not.toContain('stackFromHere');
});

test('no stack is captured while recording is off', () => {
  recordStacks(false);
  expect(stackFromHere()).toBeUndefined();
  recordStacks(true);
  expect(stackFromHere()).toBeDefined();
});

test('a hundred may be captured at once, and one more every 5 ms', () => {
  time += 10_000;
  const takeAt = (now: number, count: number) =>
    Array.from({ length: count }, () => captureStack(takeAt, now, true)).filter(Boolean).length;
  expect(takeAt(time, 150)).toBe(100);
  expect(takeAt(time + 50, 150)).toBe(10);
  expect(takeAt(time + 60_000, 150)).toBe(100);
  time += 60_000;
});

test('of messages the last two hundred stay, of sockets all', () => {
  const take = (isKept: boolean) => {
    time += 10_000;
    return captureStack(take, time, isKept);
  };
  const ofSocket = take(true);
  const ofMessages = Array.from({ length: 250 }, () => take(false));
  const isThere = (holder: ReturnType<typeof take>) => formatStack(holder)?.includes('stack.test') === true;
  expect([isThere(ofSocket), isThere(ofMessages[49]), isThere(ofMessages[50])]).toEqual([true, false, true]);
  releaseStacks();
  expect([ofSocket, ...ofMessages.slice(50)].filter(isThere)).toHaveLength(201);
});

test('no script of the page runs: properties that it has added to Object.prototype are not read', () => {
  const asked: unknown[] = [];
  const names = ['name', 'message', 'toString'];
  const before = names.map((name) => Object.getOwnPropertyDescriptor(Object.prototype, name));
  for (const name of names) {
    Object.defineProperty(Object.prototype, name, {
      get() {
        asked.push(this);
        return undefined;
      },
      configurable: true,
    });
  }
  const stack = stackFromHere();
  names.forEach((name, index) => {
    const descriptor = before[index];
    if (descriptor) Object.defineProperty(Object.prototype, name, descriptor);
    else Reflect.deleteProperty(Object.prototype, name);
  });
  expect(asked).toEqual([]);
  expect(stack).toContain('stack.test');
});

test.each([
  ['a string', 'refused'],
  ['nothing', undefined],
  ['a frozen error', Object.freeze(new Error('refused'))],
  ['an error of its own kind', Object.assign(new TypeError('refused'), { code: 5 })],
])('what another extension throws may be %s', (_, thrown) => {
  const above = () => undefined;
  expect(() => leaveStack(thrown, ['text'], above)).not.toThrow();
});
