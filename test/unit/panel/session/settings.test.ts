import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionWorld } from './session-world.ts';

let world: SessionWorld;

beforeEach(() => {
  vi.useFakeTimers();
  world = new SessionWorld();
});

afterEach(() => vi.useRealTimers());

test('pages are told whether to record call stacks: with the attachment, and when it changes', () => {
  world.session.recordsStacks = false;
  const document = world.bridge.open('a');
  world.deliver();
  expect(document.received).toContainEqual(expect.objectContaining({ type: 'attach', stacks: false }));
  world.session.recordsStacks = true;
  world.deliver();
  expect(document.received.at(-1)).toEqual({ type: 'stacks', stacks: true });
});
