import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { blobOf, finishReadings, type Page } from '../../helpers/page.ts';
import { AGES, HISTORY, inSessionWorld, type LiveDocument, type SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

const MIB = 1024 * 1024;

describe('Blobs', () => {
  function receiveBlob(page: LiveDocument['page'], tap: LiveDocument['tap']) {
    const blob = blobOf(Uint8Array.of(5, 6));
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    world.deliver();
  }

  test('are rows at once and get their contents later', () => {
    const { page, tap } = world.openLive();
    receiveBlob(page, tap);
    expect(world.rows()).toEqual(['open', 'receivedBinary']);
    expect(world.store.size(1)).toBe(2);
    finishReadings();
    world.deliver();
    expect(world.store.payload(1)).toEqual(Uint8Array.of(5, 6));
  });

  test('get their contents even if the connection breaks while they are read', async () => {
    const { document, page, tap } = world.openLive();
    receiveBlob(page, tap);
    document.cut();
    await world.pass(0);
    finishReadings();
    world.deliver();
    expect(world.store.payload(1)).toEqual(Uint8Array.of(5, 6));
  });
});

describe('contents that follow their rows', () => {
  const record = (page: Page, tap: LiveDocument['tap'], byte: number) =>
    page.outbox.record(
      tap,
      FrameKind.receivedBinary,
      0,
      page.time,
      blobOf(Uint8Array.of(byte)),
      undefined,
      undefined,
    );
  const isPending = (row: number) => (world.store.flags(row) & FrameFlag.pending) !== 0;

  test('are not waited for if the page dropped them while the connection was lost', async () => {
    const { document, page, tap } = world.openLive();
    record(page, tap, 1);
    world.deliver();
    world.bridge.empty(0);
    await world.pass(AGES);
    page.time = Date.now() + AGES;
    page.recordTexts(tap, HISTORY);
    world.bridge.show(document);
    expect(isPending(1)).toBe(true);
    world.session.reconnect();
    world.deliver();
    expect(isPending(1)).toBe(false);
    record(page, tap, 2);
    world.deliver();
    finishReadings();
    world.deliver();
    expect(world.store.flags(1) & FrameFlag.payloadGone).not.toBe(0);
    expect(world.store.payload(world.store.endRow - 1)).toEqual(Uint8Array.of(2));
  });

  test('arrive even if many documents share the credit', async () => {
    const documents = Array.from({ length: 100 }, (_, index) => world.bridge.open(`${index}`, index));
    const last = documents.at(-1);
    if (!last) throw new Error('there are a hundred');
    const { tap } = last.page.watchedSocket();
    last.page.recordText(tap, 'x'.repeat(2 * MIB));
    world.deliver();
    await world.pass(10_000);
    expect(world.store.payload(0)).toHaveLength(2 * MIB);
  });
});
