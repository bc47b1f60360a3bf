import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import type { FakeDocument } from '../../helpers/fake-bridge.ts';
import { blobOf, finishReadings } from '../../helpers/page.ts';
import { SessionWorld } from './session-world.ts';

/** Frames that a page keeps of those that a panel has taken. */
const HISTORY = 10_000;

let first: SessionWorld;

beforeEach(() => {
  vi.useFakeTimers();
  first = new SessionWorld();
});

afterEach(() => {
  first.end();
  vi.useRealTimers();
});

/** A page with one open socket that the first panel follows. */
function followedPage() {
  const document = first.bridge.open('a');
  const { socket, tap } = document.page.watchedSocket();
  socket.serverOpens();
  first.deliver();
  return { document, page: document.page, tap };
}

/** Another panel is opened on the tab, and the document answers its roll call. */
function secondPanel(document: FakeDocument): SessionWorld {
  const second = new SessionWorld('structured-clone', first.bridge);
  first.bridge.announce(document);
  second.deliver();
  expect(first.session.obstacle).toBe('replaced');
  return second;
}

test('a panel that takes a page back reports a gap for the frames that went to the other panel', () => {
  const { document, page, tap } = followedPage();
  page.recordText(tap, 'to the first');
  first.deliver();
  const second = secondPanel(document);
  for (let round = 0; round < 4; round++) {
    page.recordTexts(tap, HISTORY / 2);
    first.deliver();
  }
  first.session.reconnect();
  first.deliver();
  expect(second.session.obstacle).toBe('replaced');
  expect(first.rows().slice(0, 3)).toEqual(['open', 'to the first', `gap of ${HISTORY}: disconnected`]);
  first.expectWholeLedger(page);
  second.end();
});

test('contents that went to the other panel are not waited for', () => {
  const { document, page, tap } = followedPage();
  const record = (byte: number) =>
    page.outbox.record(
      tap,
      FrameKind.receivedBinary,
      0,
      0,
      blobOf(Uint8Array.of(byte)),
      undefined,
      undefined,
    );
  record(1);
  first.deliver();
  const second = secondPanel(document);
  finishReadings();
  first.deliver();
  expect(second.store.payload(1)).toEqual(Uint8Array.of(1));
  first.session.reconnect();
  first.deliver();
  expect(first.store.flags(1) & FrameFlag.pending, 'pending').toBe(0);
  record(2);
  first.deliver();
  finishReadings();
  first.deliver();
  expect(first.store.payload(2)).toEqual(Uint8Array.of(2));
  second.end();
});
