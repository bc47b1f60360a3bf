import { describe, expect, test } from 'vitest';
import { numberInSocket } from '../../../../../src/panel/session/recording/numbers.ts';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import { blobOf, finishReadings, type Page } from '../../../helpers/page.ts';
import { AGES, inSessionWorld, SessionWorld } from '../session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

const MIB = 1024 * 1024;
/** The page's frames that are kept when nobody looks. */
const HISTORY = 10_000;

function open(page: Page, url = 'wss://example.test/feed') {
  const { socket, tap } = page.watchedSocket(url);
  socket.serverOpens();
  return { socket, tap };
}

function gaps() {
  const { store } = world;
  const all = Array.from({ length: store.endRow - store.firstRow }, (_, index) =>
    store.gap(store.firstRow + index),
  );
  return all.filter((gap) => gap !== undefined);
}

describe('what a late panel misses', () => {
  test('is shown at its place: how many frames, which numbers, how many bytes and why', () => {
    const document = world.bridge.openSilently('a');
    const [one, other] = [open(document.page), open(document.page, 'wss://example.test/other')];
    document.page.recordTexts(one.tap, 300, () => 'four');
    document.page.recordTexts(other.tap, HISTORY);
    world.bridge.announce(document);
    world.deliver();
    expect(gaps()).toEqual([{ frames: 300, bytes: 1200, reason: 'before-panel', first: 2 }]);
    world.expectWholeLedger(document.page);
  });

  test("does not include open, error and close: they are restored from the sockets' records", () => {
    const document = world.bridge.openSilently('a');
    const ended = open(document.page, 'wss://example.test/ended');
    document.page.recordTexts(ended.tap, 5);
    ended.socket.serverFails();
    ended.socket.serverCloses(1006, 'gone', false);
    const going = open(document.page, 'wss://example.test/going');
    document.page.recordTexts(going.tap, HISTORY + 2);
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows().slice(0, 7)).toEqual([
      'open',
      'gap of 5: before-panel',
      'error',
      'close',
      'open',
      'gap of 2: before-panel',
      '2',
    ]);
    expect(world.store.close(3)).toEqual({ code: 1006, reason: 'gone', wasClean: false });
    world.expectWholeLedger(document.page);
  });

  test('is no event that the page still holds either', () => {
    const document = world.bridge.openSilently('a');
    const { socket, tap } = open(document.page);
    document.page.recordTexts(tap, HISTORY);
    socket.serverCloses(1000);
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows().slice(0, 3)).toEqual(['open', 'gap of 1: before-panel', '1']);
    expect(world.rows().at(-1)).toBe('close');
    expect(world.rows().filter((row) => row === 'close')).toHaveLength(1);
    world.expectWholeLedger(document.page);
  });
});

test('each frame has a number of its socket, counted from the first one on', () => {
  const document = world.bridge.openSilently('a');
  const [one, other] = [open(document.page), open(document.page, 'wss://example.test/other')];
  document.page.recordTexts(one.tap, 20);
  document.page.recordTexts(other.tap, HISTORY);
  document.page.recordText(one.tap, 'last');
  world.bridge.announce(document);
  world.deliver();
  const numberOf = (text: string) => {
    const row = world.store.firstRow + world.rows().indexOf(text);
    return numberInSocket(world.session.recorder, row);
  };
  expect(numberOf('last')).toBe(22);
  expect(numberOf(String(HISTORY - 1))).toBe(HISTORY + 1);
  world.session.clear();
  document.page.recordText(one.tap, 'after clearing');
  world.deliver();
  expect(numberOf('after clearing')).toBe(23);
});

/** A deep comparison of millions of bytes would take seconds. */
function sameBytes(one: unknown, other: Uint8Array): boolean {
  return one instanceof Uint8Array && Buffer.compare(one, other) === 0;
}

describe('large payloads', () => {
  test.each(['structured-clone', 'json'] as const)('arrive unit for unit as %s', (carriage) => {
    world.end();
    world = new SessionWorld(carriage);
    const { page } = world.bridge.open('a');
    const { tap } = open(page);
    const text = `\ufeff\0\ud800${'é😀'.repeat(MIB / 2)}\udc00\ufffd`;
    const bytes = Uint8Array.from({ length: MIB + 5 }, (_, index) => index % 251);
    page.recordText(tap, text);
    page.outbox.record(tap, FrameKind.sentBinary, 0, 0, bytes, undefined, undefined);
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blobOf(bytes), undefined, undefined);
    page.recordText(tap, 'after them');
    world.deliver();
    finishReadings();
    world.deliver();
    expect(world.store.payload(1) === text).toBe(true);
    expect(world.store.size(1)).toBe(new TextEncoder().encode(text).length);
    expect([2, 3].map((row) => sameBytes(world.store.payload(row), bytes))).toEqual([true, true]);
    expect([1, 2, 3].map((row) => world.store.flags(row) & FrameFlag.pending)).toEqual([0, 0, 0]);
    expect(world.store.payload(4)).toBe('after them');
    world.expectWholeLedger(page);
  });

  test('that had partly arrived when the connection broke are complete afterwards', async () => {
    const document = world.bridge.open('a');
    const { tap } = open(document.page);
    world.deliver();
    const text = 'x'.repeat(12 * MIB);
    document.page.recordText(tap, text);
    world.bridge.network.run(4);
    expect(world.store.flags(1) & FrameFlag.pending).not.toBe(0);
    document.cut();
    await world.pass(100);
    expect(world.store.payload(1) === text).toBe(true);
    world.expectWholeLedger(document.page);
  });

  test('that will never arrive because their page was left are marked as dropped', () => {
    world.session.preserveLog = true;
    const document = world.bridge.open('a');
    const { tap } = open(document.page);
    world.deliver();
    document.page.recordText(tap, 'x'.repeat(12 * MIB));
    world.bridge.network.run(3);
    world.bridge.open('b');
    world.deliver();
    expect(world.store.flags(1)).toBe(FrameFlag.payloadGone);
    expect(world.store.size(1)).toBe(12 * MIB);
    world.expectTrueLedger();
  });
});

test('a page that is left with frames on their way leaves a hole for each of its sockets', async () => {
  world.session.preserveLog = true;
  const document = world.bridge.open('a');
  const [one, other] = [open(document.page), open(document.page, 'wss://example.test/other')];
  world.deliver();
  document.page.recordTexts(one.tap, 12, () => 'x'.repeat(0.9 * MIB));
  document.page.recordTexts(other.tap, 3000);
  world.bridge.network.run(10);
  world.bridge.open('b');
  world.deliver();
  await world.pass(AGES / 100);
  const left = gaps().filter(({ reason }) => reason === 'left');
  expect(left).toMatchObject([{ first: expect.any(Number) }, { frames: 3000, first: 2 }]);
  const { observed, stored, dropped } = world.session.totals();
  expect(stored + dropped).toBe(observed);
  world.expectTrueLedger();
});

test('frames of more sockets than a page keeps are counted all the same', () => {
  const document = world.bridge.openSilently('a');
  const sockets = 1500;
  for (let index = 0; index < sockets; index++) {
    const { socket } = open(document.page, `wss://example.test/${index}`);
    socket.serverCloses(1000);
  }
  world.bridge.announce(document);
  world.deliver();
  const { observed, stored, dropped, inFlight } = world.session.totals();
  expect([observed, inFlight]).toEqual([2 * sockets, 0]);
  expect(stored + dropped).toBe(observed);
  world.expectTrueLedger();
});
