import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import { blobOf, finishReadings, Page, unreadableBlob } from '../../../helpers/page.ts';
import { attached } from './outbox-world.ts';

describe('payloads', () => {
  test('wide text, narrow text and bytes travel apart and arrive unchanged', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'opens the way');
    const bytes = Uint8Array.of(0, 255, 7);
    page.recordText(tap, 'plain');
    page.recordText(tap, 'wide €');
    page.outbox.record(tap, FrameKind.sentBinary, 0, 0, bytes, undefined, undefined);
    page.recordText(tap, 'latin é');
    page.recordText(tap, '\ud800 alone');
    page.acknowledgeAll();
    expect(page.frames().map(({ payload }) => payload)).toEqual([
      'opens the way',
      'plain',
      'wide €',
      bytes,
      'latin é',
      '\ud800 alone',
    ]);
    expect(page.batches().at(-1)?.frames).toMatchObject({ text: 'plainlatin é', wide: 'wide €\ud800 alone' });
  });

  test('an ASCII batch, and one with a single letter that is not, have all texts and their true sizes', () => {
    const { page, tap } = attached();
    const plain = ['', 'a', 'plain text', ''];
    for (const texts of [plain, [...plain, 'é'], ['€', ...plain], plain]) {
      page.forgetPosted();
      page.recordText(tap, 'posted by itself');
      for (const text of texts) page.recordText(tap, text);
      page.acknowledgeAll();
      const sizes = texts.map((text) => new TextEncoder().encode(text).length);
      expect(page.batches().at(-1)?.frames).toMatchObject({ sizes: Float64Array.from(sizes) });
      expect(page.frames().slice(1)).toMatchObject(texts.map((payload) => ({ payload })));
    }
  });

  test('the frame of a Blob comes first, its contents follow once they have been read', () => {
    const { page, tap } = attached();
    const blob = blobOf(Uint8Array.of(1, 2, 3));
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    page.recordText(tap, 'after it');
    page.acknowledgeNewest();
    expect(page.frames()[0]).toMatchObject({ flags: FrameFlag.pending, size: 3, payload: undefined });
    expect(page.contents()).toEqual([]);
    finishReadings();
    expect(page.contents()).toMatchObject([{ seq: 1, part: Uint8Array.of(1, 2, 3) }]);
  });

  test('a Blob that cannot be read is reported to the panel', () => {
    const { page, tap } = attached();
    const blob = unreadableBlob(9);
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    finishReadings();
    expect(page.contents()).toMatchObject([{ seq: 1, part: undefined }]);
  });

  test('contents that have been read after detaching are not posted', () => {
    const { page, tap } = attached();
    const blob = blobOf(Uint8Array.of(1));
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    page.outbox.detach();
    finishReadings();
    expect(page.contents()).toEqual([]);
  });

  test('contents that were being read when the connection broke are posted to the next session', () => {
    const { page, tap } = attached();
    const blob = blobOf(Uint8Array.of(1));
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    page.acknowledgeNewest();
    page.outbox.detach();
    page.outbox.attach('second', 2);
    finishReadings();
    expect(page.contents()).toMatchObject([{ seq: 1, part: Uint8Array.of(1) }]);
  });

  test('contents use up credit', () => {
    const { page, tap } = attached();
    const blob = blobOf(new Uint8Array(100));
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    const before = page.batches().at(-1)?.credit;
    finishReadings();
    expect(page.contents()[0]?.credit).toEqual({
      messages: (before?.messages ?? 0) + 1,
      bytes: (before?.bytes ?? 0) + 100,
    });
  });

  test('stacks and close details travel with their frames', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    const close = { code: 4001, reason: 'bye', wasClean: true };
    page.outbox.record(
      tap,
      FrameKind.sentText,
      FrameFlag.byPanel,
      1.5,
      'a',
      { stack: 'at play.js:3', isKept: false, later: undefined },
      undefined,
    );
    page.outbox.record(tap, FrameKind.close, 0, 2.5, undefined, undefined, close);
    page.outbox.attach('s', 1);
    expect(page.frames()).toMatchObject([
      { time: 1.5, flags: FrameFlag.byPanel, detail: { row: 0, stack: 'at play.js:3' } },
      { time: 2.5, kind: FrameKind.close, detail: { row: 1, close } },
    ]);
  });
});
