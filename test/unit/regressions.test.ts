import { describe, expect, test, vi } from 'vitest';
import { startOfDocument } from '../../src/panel/session/recording/progress.ts';
import { Recorder } from '../../src/panel/session/recording/recorder.ts';
import { VirtualScroll } from '../../src/panel/views/controls/virtual-scroll.ts';
import { FrameFlag, FrameKind } from '../../src/protocol/frames.ts';
import { decode } from '../../src/protocol/wire.ts';
import { FrameStore } from '../../src/store/frame-store.ts';
import { batchOf } from './helpers/frames.ts';
import { blobOf, finishReadings, Page } from './helpers/page.ts';
import { AGES, inSessionWorld, type SessionWorld } from './panel/session/session-world.ts';

const pendingBlob = { kind: FrameKind.receivedBinary, flags: FrameFlag.pending, size: 2 };

describe('store', () => {
  test('contents of a Blob begin at their beginning, whatever stood before them in the batch', () => {
    const store = new FrameStore();
    store.append(batchOf([{ payload: 'abc' }, { payload: 'def' }, pendingBlob]), 0, (id) => id);
    store.setContent(2, Uint8Array.of(1, 2));
    expect(store.payload(2)).toEqual(Uint8Array.of(1, 2));
  });

  test('an empty message has a payload: the empty one', () => {
    const store = new FrameStore();
    store.append(batchOf([{ payload: '' }]), 0, (id) => id);
    store.append(batchOf([{ payload: new Uint8Array() }]), 0, (id) => id);
    expect([store.payload(0), store.payload(1)]).toEqual(['', new Uint8Array()]);
  });

  test('letting go leaves later payloads alone where the next segment has none', () => {
    const store = new FrameStore();
    const rows = (count: number, frame: object) =>
      store.append(batchOf(Array.from({ length: count }, () => frame)), 0, (id) => id);
    rows(16_384, { payload: 'old' });
    rows(16_384, { kind: FrameKind.error });
    rows(1, { payload: 'kept' });
    store.trim({ rows: 20_000, bytes: Number.POSITIVE_INFINITY }, () => undefined);
    expect(store.payload(2 * 16_384)).toBe('kept');
  });
});

test('contents that come after the list was cleared do not end up in another row', () => {
  const recorder = new Recorder();
  const document = { identity: { document: 'd', frameId: 0, url: '' }, isGone: false };
  const progress = startOfDocument();
  recorder.takeFrames(document, progress, batchOf([pendingBlob], 1));
  recorder.list.clear();
  recorder.takeFrames(document, progress, batchOf([{ payload: 'another frame' }], 2));
  recorder.list.takeContent(progress, { seq: 1, offset: 0, total: 2, part: Uint8Array.of(1, 2) });
  expect(recorder.store.payload(0)).toBe('another frame');
});

test('contents that were on their way when the connection broke are posted again', () => {
  const page = new Page();
  const { tap } = page.watchedSocket();
  page.outbox.attach('first', 1);
  const blob = blobOf(Uint8Array.of(1));
  page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
  page.acknowledgeNewest();
  finishReadings(); // posted, and lost with the connection
  page.forgetPosted();
  page.outbox.detach();
  page.outbox.attach('second', 2);
  finishReadings();
  expect(page.contents()).toHaveLength(1);
});

describe('session', () => {
  let world: SessionWorld;
  inSessionWorld((made) => {
    world = made;
  });

  test('child frames that answer the roll call before the top frame stay', () => {
    const top = world.bridge.openSilently('top', 0);
    const child = world.bridge.openSilently('child', 3);
    child.page.watchedSocket().socket.serverOpens();
    world.bridge.announce(child);
    world.bridge.announce(top);
    world.deliver();
    expect(world.sockets().map(({ readyState }) => readyState)).toEqual([1]);
  });

  test('the backlogs of several documents are merged although the top document has just come', () => {
    const [top, child] = [world.bridge.openSilently('top'), world.bridge.openSilently('child', 2)];
    for (const [document, name, times] of [
      [top, 'top', [1, 4]],
      [child, 'child', [2, 3]],
    ] as const) {
      const { tap } = document.page.watchedSocket();
      for (const time of times) {
        const payload = `${name} ${time}`;
        document.page.outbox.record(tap, FrameKind.sentText, 0, time, payload, undefined, undefined);
      }
    }
    world.bridge.announce(top);
    world.bridge.announce(child);
    world.deliver();
    expect(world.rows()).toEqual(['top 1', 'child 2', 'child 3', 'top 4']);
  });

  test('frames that the page had observed and that never came are counted when the document ends', async () => {
    world.session.preserveLog = true;
    const before = world.bridge.open('before');
    const { tap } = before.page.watchedSocket();
    world.deliver();
    before.cut();
    before.page.recordTexts(tap, 5000);
    await vi.advanceTimersByTimeAsync(0);
    world.bridge.network.run(5); // the first batch of two: it says 5,000 and holds 4,096
    world.bridge.open('after');
    world.deliver();
    const { stored, dropped } = world.session.totals();
    expect(stored + dropped + world.session.totals().inFlight).toBe(5000);
  });

  test('frames are in flight while the connection is being taken up again', async () => {
    const document = world.bridge.open('a');
    const { tap } = document.page.watchedSocket();
    world.deliver();
    document.cut();
    document.page.recordTexts(tap, 5000);
    await vi.advanceTimersByTimeAsync(0);
    world.bridge.network.run(5);
    document.cut();
    expect(world.session.totals().stored + world.session.totals().inFlight).toBe(5000);
  });

  test('frames that the page has let go are not in flight as well', () => {
    const document = world.bridge.openSilently('a');
    const { tap } = document.page.watchedSocket();
    document.page.recordTexts(tap, 10_001); // one more than the page keeps without a panel
    world.bridge.announce(document);
    world.deliver();
    expect(world.session.totals().dropped).toBe(1);
    expect(world.session.totals().inFlight).toBe(0);
  });

  test('what is held for sorting is not counted as lost too', async () => {
    world.session.preserveLog = true; // see 6
    const document = world.bridge.open('a');
    const { tap } = document.page.watchedSocket();
    document.page.recordTexts(tap, 5);
    world.bridge.network.run();
    document.cut();
    document.page.recordTexts(tap, 10_003);
    await vi.advanceTimersByTimeAsync(0);
    world.bridge.network.run();
    await vi.advanceTimersByTimeAsync(AGES);
    world.deliver();
    const { stored, dropped } = world.session.totals();
    expect(stored + dropped).toBe(10_008);
  });

  test('clearing while paused forgets what was counted for the gap rows', () => {
    const document = world.bridge.open('a');
    const { tap } = document.page.watchedSocket();
    world.deliver();
    world.session.isPaused = true;
    document.page.recordTexts(tap, 3);
    world.deliver();
    world.session.clear();
    world.session.isPaused = false;
    expect(world.rows()).toEqual([]);
    expect(world.session.totals().dropped).toBe(0);
  });
});

test('hostile encodings are not thrown at', () => {
  for (const hostile of [
    { $array: 'Uint8Array', base64: '!' },
    { $array: 'Float64Array', base64: 'AAAA' },
    { $array: 'toString', base64: '' },
  ]) {
    expect(() => decode(hostile)).not.toThrow();
  }
});

test('the very end can be reached with the wheel, and is then followed', () => {
  const scroll = new VirtualScroll(21, true);
  scroll.resize(5_000_000, 500);
  const lowest = scroll.takeElementTop();
  scroll.scrolled(lowest - 100);
  let position = scroll.takeElementTop();
  for (let turns = 0; turns < 100; turns++) {
    scroll.scrolled(Math.min(lowest, position + 3));
    position = scroll.takeElementTop();
  }
  expect(scroll.follows).toBe(true);
});
