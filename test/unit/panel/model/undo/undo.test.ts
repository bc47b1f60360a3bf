import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UNDO_PATIENCE, Undo } from '../../../../../src/panel/model/undo/undo.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function done() {
  return { undo: vi.fn(), forget: vi.fn() };
}

test('the last thing is undone, once, and nothing is forgotten for it', () => {
  const undo = new Undo();
  const thing = done();
  undo.add(thing);
  undo.run();
  undo.run();
  vi.advanceTimersByTime(UNDO_PATIENCE * 2);
  expect(thing.undo).toHaveBeenCalledOnce();
  expect(thing.forget).not.toHaveBeenCalled();
});

test('after a while it is forgotten', () => {
  const undo = new Undo();
  const thing = done();
  undo.add(thing);
  vi.advanceTimersByTime(UNDO_PATIENCE - 1);
  expect(thing.forget).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(thing.forget).toHaveBeenCalledOnce();
  undo.run();
  expect(thing.undo).not.toHaveBeenCalled();
});

test('so it is when something else is done, which has its own time', () => {
  const undo = new Undo();
  const [first, second] = [done(), done()];
  undo.add(first);
  vi.advanceTimersByTime(UNDO_PATIENCE - 1);
  undo.add(second);
  expect(first.forget).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(UNDO_PATIENCE - 1);
  undo.withdraw(first);
  undo.run();
  expect(second.undo).toHaveBeenCalledOnce();
  expect(first.forget).toHaveBeenCalledOnce();
});
