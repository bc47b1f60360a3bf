import { isDeepStrictEqual as equal } from 'node:util';
import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import type { UnpackedFrame } from '../../../helpers/frames.ts';
import { Page } from '../../../helpers/page.ts';
import { attached, HISTORY_FRAMES, MIB, seqs, upTo } from './outbox-world.ts';

describe('without a panel', () => {
  test('nothing is posted', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordTexts(tap, 3);
    page.outbox.changed(tap);
    page.outbox.poll();
    expect(page.posted).toEqual([]);
  });

  test('the last 10,000 frames are kept and all others are counted as dropped', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordTexts(tap, HISTORY_FRAMES + 5, () => 'ab');
    page.outbox.attach('s', 1);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(HISTORY_FRAMES + 5, 6));
    const gone = { sent: 0, sentBytes: 0, received: 5, receivedBytes: 10, events: 0 };
    expect(page.batches()[0]?.counts).toEqual([{ socket: 1, observed: HISTORY_FRAMES + 5, gone }]);
  });

  test('a frame that takes the place of one that was dropped has nothing of it', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    const other = page.watchedSocket('wss://example.test/other').tap;
    const stack = { stack: 'Error\n  at page.js:1', isKept: true, later: undefined };
    const close = { code: 1000, reason: 'done', wasClean: true };
    page.outbox.attach('first', 1);
    for (let index = 0; index < HISTORY_FRAMES; index++)
      page.outbox.record(other, FrameKind.close, FrameFlag.injected, 5, 'größer', stack, close);
    page.acknowledgeAll();
    page.outbox.detach();
    page.forgetPosted();
    page.time = 7;
    page.recordTexts(tap, HISTORY_FRAMES, () => 'äbc');
    page.outbox.attach('second', HISTORY_FRAMES + 1);
    page.acknowledgeAll();
    const frames = page.frames();
    expect(seqs(page)).toEqual(upTo(2 * HISTORY_FRAMES, HISTORY_FRAMES + 1));
    const first = {
      socket: tap.id,
      kind: FrameKind.receivedText,
      flags: 0,
      time: 7,
      size: 4,
      payload: 'äbc',
    };
    expect(frames[0]).toMatchObject(first);
    const { seq: _, ...same } = frames[0] ?? {};
    expect(frames.filter(({ seq: __, ...frame }) => !equal(frame, same))).toEqual([]);
    expect(page.batches().flatMap(({ frames }) => frames?.details ?? [])).toEqual([]);
  });

  test('at most 8 MiB of payloads are kept: the oldest payloads are dropped, but not their frames', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordTexts(tap, 11, () => 'x'.repeat(MIB));
    page.outbox.attach('s', 1);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(11));
    const isGone = ({ flags, payload, size }: UnpackedFrame) =>
      (flags & FrameFlag.payloadGone) !== 0 && payload === undefined && size === MIB;
    expect(page.frames().map(isGone)).toEqual([true, true, true, ...new Array(8).fill(false)]);
    expect(page.batches()[0]?.counts).toMatchObject([{ observed: 11, gone: { received: 0 } }]);
  });

  test('a payload of more than 8 MiB is dropped, and no other because of it', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordText(tap, 'small');
    page.recordText(tap, 'ü'.repeat(9 * MIB));
    page.outbox.attach('s', 1);
    page.acknowledgeAll();
    expect(page.frames()).toMatchObject([
      { payload: 'small' },
      { flags: FrameFlag.payloadGone, size: 18 * MIB, payload: undefined },
    ]);
  });

  test('Blobs count towards the 8 MiB', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    for (let index = 0; index < 3; index++) {
      const blob = new Blob([new Uint8Array(4 * MIB)]);
      page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    }
    page.outbox.attach('s', 1);
    page.acknowledgeAll();
    const { payloadGone, pending } = FrameFlag;
    expect(page.frames().map(({ flags }) => flags)).toEqual([payloadGone, pending, pending]);
  });

  test('dropped frames are counted by direction, with their bytes on the wire', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    const record = (kind: FrameKind, text?: string) =>
      page.outbox.record(tap, kind, 0, 0, text, undefined, undefined);
    record(FrameKind.open);
    record(FrameKind.sentText, 'é€😀');
    record(FrameKind.receivedText, 'abc');
    page.outbox.record(tap, FrameKind.sentBinary, 0, 0, new Uint8Array(7), undefined, undefined);
    page.recordTexts(tap, HISTORY_FRAMES);
    page.outbox.attach('s', 1);
    expect(page.batches()[0]?.counts[0]?.gone).toEqual({
      sent: 2,
      sentBytes: 9 + 7,
      received: 1,
      receivedBytes: 3,
      events: 1,
    });
  });
});

describe('a panel that is gone', () => {
  test('for a moment, the page keeps all frames', () => {
    const { page, tap } = attached();
    page.outbox.detach();
    page.time = Date.now() + 9000;
    page.recordTexts(tap, 2 * HISTORY_FRAMES);
    page.outbox.attach('again', 1);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(2 * HISTORY_FRAMES));
  });

  test('after 10 s, the page keeps only what it keeps for a later panel', () => {
    const { page, tap } = attached();
    page.outbox.detach();
    page.time = Date.now() + 11_000;
    page.recordTexts(tap, 2 * HISTORY_FRAMES);
    page.outbox.attach('again', 1);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(2 * HISTORY_FRAMES, HISTORY_FRAMES + 1));
  });

  test('without detaching (after a reload of the extension), the page keeps no more than that after two minutes', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'never taken');
    page.time = Date.now() + 121_000;
    page.recordTexts(tap, 3 * HISTORY_FRAMES);
    expect(tap.gone.received).toBe(1 + 2 * HISTORY_FRAMES);
    expect(page.batches().length).toBeLessThanOrEqual(64);
  });

  test('but was only busy, it gets later frames, and the gap before them is reported', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'never taken');
    page.time = Date.now() + 121_000;
    page.recordTexts(tap, 200_000, () => '');
    page.time = 0;
    page.acknowledgeAll();
    page.recordTexts(tap, 2 * HISTORY_FRAMES, () => '');
    page.acknowledgeAll();
    expect(seqs(page).at(-1)).toBe(220_001);
    expect(page.batches().at(-1)?.observed).toBe(220_001);
  });

  test('is not assumed if there was nothing to acknowledge', () => {
    const { page, tap } = attached();
    page.time = Date.now() + 1_000_000;
    page.recordTexts(tap, 2 * HISTORY_FRAMES);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(2 * HISTORY_FRAMES));
  });
});
