import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind, MAX_PAYLOAD } from '../../../../../src/protocol/frames.ts';
import { blobOf, finishReadings, type Page } from '../../../helpers/page.ts';
import { attached, HISTORY_FRAMES, MIB } from './outbox-world.ts';

describe('large payloads', () => {
  const PART = MIB / 2;

  /** The contents that have been posted of a frame, put together. */
  function contentOf(page: Page, seq: number): string | number[] {
    const parts = page.contents().filter((content) => content.seq === seq);
    const texts = parts.map(({ part }) => part).filter((part) => typeof part === 'string');
    if (texts.length > 0) return texts.join('');
    return parts.flatMap(({ part }) => (part instanceof Uint8Array ? [...part.subarray(0, 4)] : []));
  }

  test('follow their frame in parts, text unit by unit', () => {
    const { page, tap } = attached();
    const text = `\ufeff\0\ud800${'😀é'.repeat(MIB / 2)}\udfff\ufffd`;
    page.recordText(tap, text);
    page.recordText(tap, 'after it');
    page.acknowledgeAll();
    expect(page.frames()).toMatchObject([
      { seq: 1, flags: FrameFlag.pending, payload: undefined, size: 3 + 1 + 3 + 3 * MIB + 3 + 3 },
      { seq: 2, payload: 'after it' },
    ]);
    expect(contentOf(page, 1) === text).toBe(true);
    expect(page.contents().map(({ offset, total }) => [offset, total])).toEqual([
      [0, text.length],
      [PART, text.length],
      [2 * PART, text.length],
      [3 * PART, text.length],
    ]);
  });

  test('keep to the credit, and frames may come in between', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'x'.repeat(20 * MIB));
    expect(page.contents()).toHaveLength(8);
    page.forgetPosted();
    page.recordText(tap, 'in between');
    expect(page.frames().map(({ payload }) => payload)).toEqual([]);
    page.outbox.acknowledge(1, 3, 1);
    expect(page.frames().map(({ payload }) => payload)).toEqual(['in between']);
  });

  test('of a frame that was dropped meanwhile are reported as lost, and are not those of a later one', () => {
    const { page, tap } = attached();
    page.time = Date.now();
    page.recordText(tap, 'x'.repeat(6 * MIB));
    expect(contentOf(page, 1)).toHaveLength(4 * MIB);
    page.time += 121_000; // the panel has not answered for so long
    page.recordTexts(tap, 2 * HISTORY_FRAMES);
    page.forgetPosted();
    page.outbox.acknowledge(1, 9, 4 * MIB);
    page.acknowledgeAll();
    expect(page.contents()).toMatchObject([{ seq: 1, offset: 4 * MIB, part: undefined }]);
  });

  test('are split if they are bytes', () => {
    const { page, tap } = attached();
    const bytes = new Uint8Array(2 * MIB);
    for (let part = 0; part < 4; part++) bytes.fill(part + 1, part * PART, (part + 1) * PART);
    page.outbox.record(tap, FrameKind.sentBinary, 0, 0, bytes, undefined, undefined);
    page.acknowledgeAll();
    expect(contentOf(page, 1)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]);
  });

  test('are read in parts if they are Blobs', () => {
    const { page, tap } = attached();
    const bytes = new Uint8Array(3 * PART);
    for (let part = 0; part < 3; part++) bytes.fill(part + 1, part * PART, (part + 1) * PART);
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blobOf(bytes), undefined, undefined);
    finishReadings();
    page.acknowledgeAll();
    expect(contentOf(page, 1)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
  });

  test('are posted from the beginning to the next session', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'x'.repeat(20 * MIB));
    page.outbox.acknowledge(1, 4, 2 * MIB);
    page.outbox.detach();
    page.forgetPosted();
    page.outbox.attach('second', 2);
    page.acknowledgeAll();
    expect(page.contents()[0]).toMatchObject({ seq: 1, offset: 0, total: 20 * MIB });
    expect(contentOf(page, 1)).toHaveLength(20 * MIB);
  });

  test('are not posted again if the panel has them', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'x'.repeat(2 * MIB));
    page.acknowledgeAll();
    page.outbox.detach();
    page.forgetPosted();
    page.outbox.attach('second', 2);
    page.acknowledgeAll();
    expect(page.contents()).toEqual([]);
  });

  test('are reported as dropped if they were dropped before being posted', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'x'.repeat(20 * MIB)); // on its way; the panel does not answer
    page.recordTexts(tap, 250, () => 'y'.repeat(MIB));
    page.acknowledgeAll();
    expect(page.contents().at(-1)).toMatchObject({ seq: 1, part: undefined });
  });

  test('are reported as dropped even to the session after the next', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'x'.repeat(20 * MIB));
    page.recordText(tap, 'y'.repeat(240 * MIB));
    page.recordTexts(tap, 5, () => 'z'.repeat(MIB));
    // Both break before there is room for parts: the frames take all of it.
    for (const session of ['second', 'third']) {
      page.outbox.detach();
      page.forgetPosted();
      page.outbox.attach(session, 2);
    }
    expect(page.contents()).toEqual([]);
    page.acknowledgeNewest();
    expect(page.contents()[0]).toMatchObject({ seq: 1, part: undefined });
  });

  test('give no credit back if they are dropped after some parts were posted', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'x'.repeat(20 * MIB));
    page.acknowledgeNewest();
    page.recordText(tap, 'y'.repeat(240 * MIB));
    page.acknowledgeNewest();
    const end = page.contents().find(({ part }) => part === undefined);
    expect(end).toMatchObject({ seq: 1, offset: 8 * MIB });
    const bytes = page.posted.flatMap((message) => ('credit' in message ? [message.credit.bytes] : []));
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  test('are dropped if larger than 256 MiB, but not their frame with its true length', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'x'.repeat(MAX_PAYLOAD + 1));
    page.acknowledgeAll();
    expect(page.frames()).toMatchObject([
      { flags: FrameFlag.payloadGone, size: MAX_PAYLOAD + 1, payload: undefined },
    ]);
    expect(page.contents()).toEqual([]);
  });
});
