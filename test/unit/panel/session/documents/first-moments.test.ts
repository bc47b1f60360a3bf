import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import type { FakeDocument } from '../../../helpers/fake-bridge.ts';
import { SessionWorld } from '../session-world.ts';

let world: SessionWorld;
const told: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  world = new SessionWorld();
  told.length = 0;
  void world.session.firstMoments.haveAsked.then(() => told.push('asked'));
  void world.session.firstMoments.haveEnded.then(() => told.push('ended'));
});

afterEach(() => {
  world.end();
  vi.useRealTimers();
});

test('of a page without documents are over with the roll call', async () => {
  await endRollCall();
  expect(told).toEqual(['asked', 'ended']);
});

test('show the frames of a single document as they arrive', async () => {
  announce(older('top', [1]));
  await endRollCall();
  expect(world.session.recorder.list.isHolding).toBe(false);
  expect(told).toEqual([]);
  await arrive();
  expect(world.rows()).toEqual(['top 1']);
  expect(told).toEqual(['asked', 'ended']);
});

test('wait for no further document once the roll has been called', async () => {
  announce(older('top', [1, 3]), older('child', [2, 4], 2));
  await endRollCall();
  expect(world.session.recorder.list.isHolding).toBe(true);
  await arrive();
  expect(world.rows()).toEqual(['top 1', 'child 2', 'top 3', 'child 4']);
  expect(told).toEqual(['asked', 'ended']);
});

test('wait for a document that answers late, as long as not all have heard the call', async () => {
  announce(older('top', [1, 3]));
  world.bridge.network.run();
  await vi.advanceTimersByTimeAsync(700);
  expect(world.session.recorder.list.isHolding).toBe(true);
  announce(older('child', [2], 2));
  await arrive();
  await endRollCall();
  expect(world.rows()).toEqual(['top 1', 'child 2', 'top 3']);
});

test('do not wait for ever for the others where a document does not answer', async () => {
  announce(older('top', [1, 3]));
  await arrive();
  await vi.advanceTimersByTimeAsync(801);
  expect(world.rows()).toEqual(['top 1', 'top 3']);
});

test('have asked before anything has been handed over', async () => {
  announce(older('top', [1]));
  await endRollCall();
  world.bridge.network.run(1); // the document says that it is there
  world.bridge.network.run(1);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['asked']);
  expect(world.rows()).toEqual([]);
});

test('hold up the rest of the panel for a second, and rows for three, whatever the documents do', async () => {
  announce(older('top', [1]), older('child', [2], 2));
  await vi.advanceTimersByTimeAsync(999);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual(['asked', 'ended']);
  await vi.advanceTimersByTimeAsync(1999);
  expect(world.session.recorder.list.isHolding).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(world.session.recorder.list.isHolding).toBe(false);
});

test('put frames that a document hands over after a second in their place by time', async () => {
  announce(older('top', [1, 3]), older('child', [2], 2));
  await vi.advanceTimersByTimeAsync(2000);
  world.deliver();
  expect(world.rows()).toEqual(['top 1', 'child 2', 'top 3']);
});

/** A document from before the panel, whose socket has sent at these times. */
function older(name: string, times: readonly number[], frameId = 0): FakeDocument {
  world.session.preserveLog = true;
  const document = world.bridge.openSilently(name, frameId);
  const { tap } = document.page.watchedSocket();
  for (const time of times) {
    const payload = `${name} ${time}`;
    document.page.outbox.record(tap, FrameKind.sentText, 0, time, payload, undefined, undefined);
  }
  return document;
}

function announce(...documents: readonly FakeDocument[]): void {
  for (const document of documents) world.bridge.announce(document);
}

async function endRollCall(): Promise<void> {
  world.bridge.endRollCall();
  await vi.advanceTimersByTimeAsync(0);
}

/** All messages arrive, in no time. */
async function arrive(): Promise<void> {
  world.bridge.network.run();
  await vi.advanceTimersByTimeAsync(0);
}
