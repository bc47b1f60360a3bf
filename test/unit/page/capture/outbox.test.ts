import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind, MAX_PAYLOAD } from '../../../../src/protocol/frames.ts';
import { LAST_WORDS, PROTOCOL_VERSION } from '../../../../src/protocol/version.ts';
import type { UnpackedFrame } from '../../helpers/frames.ts';
import { blobOf, finishReadings, Page, unreadableBlob } from '../../helpers/page.ts';

const MIB = 1024 * 1024;
const HISTORY_FRAMES = 10_000;
const BACKLOG_FRAMES = 500_000;
/** Frames that leave without waiting for an acknowledgement. */
const WORTH_POSTING = 2048;

const seqs = (page: Page) => page.frames().map(({ seq }) => seq);
const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** A page with one socket and a panel that has taken everything so far. */
function attached() {
  const page = new Page();
  const { tap } = page.watchedSocket();
  page.outbox.attach('s', 1);
  page.acknowledgeAll();
  page.forgetPosted();
  return { page, tap };
}

describe('without a panel', () => {
  test('nothing is posted', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordTexts(tap, 3);
    page.outbox.changed(tap);
    page.outbox.poll();
    expect(page.posted).toEqual([]);
  });

  test('the last 10,000 frames are kept, and the others are counted as gone', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordTexts(tap, HISTORY_FRAMES + 5, () => 'ab');
    page.outbox.attach('s', 1);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(HISTORY_FRAMES + 5, 6));
    const gone = { sent: 0, sentBytes: 0, received: 5, receivedBytes: 10, events: 0 };
    expect(page.batches()[0]?.counts).toEqual([{ socket: 1, observed: HISTORY_FRAMES + 5, gone }]);
  });

  test('at most 8 MiB of payload is kept: the oldest payloads go, and their rows stay', () => {
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

  test('a payload of more than 8 MiB is not kept, and costs no other its place', () => {
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

  test('so are as many Blobs as there is room for', () => {
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

  test('what is gone is counted by direction, in bytes on the wire', () => {
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

describe('attaching', () => {
  test('is answered with a greeting, then with the sockets, then with all frames in order', () => {
    const page = new Page();
    const first = page.watchedSocket('wss://example.test/a').tap;
    const second = page.watchedSocket('wss://example.test/b').tap;
    page.recordText(first, 'one');
    page.recordText(second, 'two');
    page.recordText(first, 'three', FrameKind.sentText);
    page.outbox.attach('s', 1);
    expect(page.posted[0]).toEqual({ type: 'hello', session: 's', version: PROTOCOL_VERSION });
    expect(page.batches()[0]?.sockets.map(({ url }) => url)).toEqual([
      'wss://example.test/a',
      'wss://example.test/b',
    ]);
    expect(page.frames()).toMatchObject([
      { seq: 1, socket: 1, kind: FrameKind.receivedText, payload: 'one' },
      { seq: 2, socket: 2, kind: FrameKind.receivedText, payload: 'two' },
      { seq: 3, socket: 1, kind: FrameKind.sentText, payload: 'three' },
    ]);
    expect(page.batches().at(-1)?.observed).toBe(3);
  });

  test('from a later frame brings that frame and those after it, each once', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordTexts(tap, 3);
    page.outbox.attach('first', 1);
    page.acknowledgeAll();
    page.outbox.detach();
    page.recordTexts(tap, 4);
    page.forgetPosted();
    page.outbox.attach('second', 4);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual([4, 5, 6, 7]);
  });

  test('sends again what had been posted and not taken', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.outbox.attach('first', 1);
    page.recordTexts(tap, 600);
    page.forgetPosted();
    page.outbox.attach('second', 1);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(600));
  });

  test('begins with fresh counters', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.outbox.attach('first', 1);
    page.recordTexts(tap, 3);
    page.acknowledgeAll();
    page.forgetPosted();
    page.outbox.attach('second', 4);
    page.recordText(tap, 'more');
    expect(page.batches().map(({ credit }) => credit.messages)).toEqual([1]);
  });

  test('tells how many frames of each socket there were, and how many of them are gone', () => {
    const page = new Page();
    const [first, second] = [page.watchedSocket().tap, page.watchedSocket().tap];
    page.recordTexts(first, HISTORY_FRAMES);
    page.recordTexts(second, 5);
    page.outbox.attach('s', 6);
    expect(page.batches()[0]?.counts).toMatchObject([
      { socket: 1, observed: HISTORY_FRAMES, gone: { received: 5 } },
      { socket: 2, observed: 5, gone: { received: 0 } },
    ]);
  });
});

describe('while a panel is attached', () => {
  test('a frame leaves at once when nothing is on its way', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'now');
    expect(page.frames().map(({ payload }) => payload)).toEqual(['now']);
  });

  test('frames gather while something is on its way and leave together when it has arrived', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 5);
    expect(page.batches().map(({ frames }) => frames?.kinds.length)).toEqual([1]);
    page.acknowledgeNewest();
    expect(page.batches().map(({ frames }) => frames?.kinds.length)).toEqual([1, 4]);
  });

  test('frames that gather leave without waiting when there are many or they are large', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'first');
    page.recordTexts(tap, WORTH_POSTING - 1);
    expect(page.batches()).toHaveLength(1);
    page.recordText(tap, 'one more');
    expect(page.batches()).toHaveLength(2);
    page.recordText(tap, 'x'.repeat(256 * 1024));
    expect(page.batches()).toHaveLength(3);
  });

  test('at most 64 messages are on their way', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 1 + 100 * WORTH_POSTING);
    expect(page.batches()).toHaveLength(64);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(1 + 100 * WORTH_POSTING));
  });

  test('no message is posted while 4 MiB are on their way', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 10, () => 'x'.repeat(MIB));
    expect(page.batches().map(({ credit }) => Math.floor(credit.bytes / MIB))).toEqual([1, 2, 3, 4]);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(10));
  });

  test('one acknowledgement stands for all messages before it', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 1 + 3 * WORTH_POSTING + 7);
    const last = page.batches().at(-1);
    expect(page.batches()).toHaveLength(4);
    page.outbox.acknowledge(1 + 3 * WORTH_POSTING, last?.credit.messages ?? 0, last?.credit.bytes ?? 0);
    expect(page.batches().at(-1)?.frames?.kinds).toHaveLength(7);
  });

  test('of those a panel may withhold some, from the start and with each acknowledgement; a batch may always be posted', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.outbox.attach('s', 1, 3 * MIB);
    page.recordTexts(tap, 10, () => 'x'.repeat(MIB));
    const posted = () => page.batches().map(({ credit }) => credit.bytes / MIB);
    expect(posted()).toEqual([0, 1]);
    page.outbox.acknowledge(2, 2, -3 * MIB);
    expect(posted()).toEqual([0, 1, 2]);
    page.outbox.acknowledge(3, 3, 0);
    expect(posted()).toEqual([0, 1, 2, 3, 4]);
  });

  test('a batch holds at most 4,096 frames and ends before it would take more than 1 MiB', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordTexts(tap, 5000, () => '');
    page.recordTexts(tap, 3, () => 'x'.repeat(0.4 * MIB));
    page.outbox.attach('s', 1);
    page.acknowledgeAll();
    expect(page.batches().map(({ frames }) => frames?.kinds.length)).toEqual([4096, 906, 1]);
  });

  test('every message says how many frames have been observed, those that wait included', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 3);
    page.acknowledgeNewest();
    expect(page.batches().map(({ observed }) => observed)).toEqual([1, 3]);
  });

  test('more than 500,000 waiting frames are let go from the oldest on and reported with what follows', () => {
    const { page, tap } = attached();
    const lost = 7;
    page.recordText(tap, 'first');
    const posted = 63 * WORTH_POSTING;
    // What is posted and not acknowledged counts as waiting too; it is let go first, and the panel has it already.
    page.recordTexts(tap, BACKLOG_FRAMES + posted + lost, () => '');
    page.acknowledgeAll();
    const got = seqs(page);
    const observed = 1 + BACKLOG_FRAMES + posted + lost;
    const expected = [...upTo(1 + posted), ...upTo(observed, 1 + posted + lost + 1)];
    // To compare half a million numbers as one takes Vitest many seconds.
    expect([got.length, got.findIndex((seq, at) => seq !== expected[at])]).toEqual([expected.length, -1]);
    const report = page.batches().find(({ frames }) => frames?.firstSeq === 1 + posted + lost + 1);
    expect(report?.counts[0]?.gone.received).toBe(1 + posted + lost);
  });

  test('more than 256 MiB of waiting payload is let go from the oldest on; the rows stay', () => {
    const { page, tap } = attached();
    const text = 'x'.repeat(MIB);
    page.recordTexts(tap, 262, () => text);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(262));
    const goneSeqs = page.frames().filter(({ payload }) => payload === undefined);
    // The first four were on their way at once; of the others two are too many.
    expect(goneSeqs.map(({ seq, size }) => [seq, size])).toEqual([
      [5, MIB],
      [6, MIB],
    ]);
  });

  test('detaching ends the posting', () => {
    const { page, tap } = attached();
    page.outbox.detach();
    page.recordText(tap, 'unseen');
    page.outbox.poll();
    expect(page.posted).toEqual([]);
  });

  describe('that is gone', () => {
    test('for a moment, the page keeps all that it has not taken', () => {
      const { page, tap } = attached();
      page.outbox.detach();
      page.time = Date.now() + 9000;
      page.recordTexts(tap, 2 * HISTORY_FRAMES);
      page.outbox.attach('again', 1);
      page.acknowledgeAll();
      expect(seqs(page)).toEqual(upTo(2 * HISTORY_FRAMES));
    });

    test('for longer, the page keeps what it keeps for a later one', () => {
      const { page, tap } = attached();
      page.outbox.detach();
      page.time = Date.now() + 11_000;
      page.recordTexts(tap, 2 * HISTORY_FRAMES);
      page.outbox.attach('again', 1);
      page.acknowledgeAll();
      expect(seqs(page)).toEqual(upTo(2 * HISTORY_FRAMES, HISTORY_FRAMES + 1));
    });

    test('without a word, as after a reload of the extension, the page keeps no more than that after two minutes', () => {
      const { page, tap } = attached();
      page.recordText(tap, 'never taken');
      page.time = Date.now() + 121_000;
      page.recordTexts(tap, 3 * HISTORY_FRAMES);
      expect(tap.gone.received).toBe(1 + 2 * HISTORY_FRAMES);
      expect(page.batches().length).toBeLessThanOrEqual(64);
    });

    test('but was only busy gets what comes after it answers, and the hole before is told of', () => {
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

    test('and has nothing to answer is waited for', () => {
      const { page, tap } = attached();
      page.time = Date.now() + 1_000_000;
      page.recordTexts(tap, 2 * HISTORY_FRAMES);
      page.acknowledgeAll();
      expect(seqs(page)).toEqual(upTo(2 * HISTORY_FRAMES));
    });
  });

  test('what was not taken is posted once more as the document is left, and what comes then at once', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 3);
    page.forgetPosted();
    page.outbox.leave();
    page.recordText(tap, 'bye');
    page.recordText(tap, 'good night');
    expect(seqs(page)).toEqual([1, 2, 3, 4, 5]);
    expect(page.batches().at(-1)?.observed).toBe(5);
  });

  test('a document that is left does not wait for a panel: after 4 MiB it only says how many frames there are', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 20, () => 'x'.repeat(MIB));
    page.forgetPosted();
    page.outbox.leave();
    expect(page.frames()).toHaveLength(4);
    expect(page.batches().at(-1)?.observed).toBe(20);
  });

  describe('a document that is left before a panel has found it', () => {
    test('hands over its sockets and its few frames, in a session of their own', () => {
      const page = new Page();
      page.recordText(page.watchedSocket().tap, 'hasty');
      page.outbox.leave();
      expect(page.posted[0]).toMatchObject({ type: 'hello', session: LAST_WORDS });
      expect(page.batches()[0]?.sockets).toHaveLength(1);
      expect(seqs(page)).toEqual([1]);
    });

    test('hands over nothing where there is no socket, or too much to do it for nobody in particular', () => {
      const page = new Page();
      page.outbox.leave();
      page.recordTexts(page.watchedSocket().tap, 65);
      page.outbox.leave();
      expect(page.posted).toEqual([]);
    });

    test('takes part in a session like any other once it has come back', () => {
      const page = new Page();
      const { tap } = page.watchedSocket();
      page.recordText(tap, 'before');
      page.outbox.leave();
      page.outbox.detach();
      page.recordText(tap, 'after');
      page.forgetPosted();
      page.outbox.attach('s', 2);
      expect(seqs(page)).toEqual([2]);
    });
  });

  test('answers come after the frames that led to them', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'caused by a command');
    page.outbox.reply(4, undefined);
    expect(page.posted).toMatchObject([{ type: 'batch' }, { type: 'result', id: 4 }]);
  });

  test('a poll tells of what changed without an event, and of nothing else', () => {
    const page = new Page();
    const { socket } = page.watchedSocket();
    page.watchedSocket('wss://example.test/other');
    page.outbox.attach('s', 1);
    page.acknowledgeAll();
    page.forgetPosted();
    page.outbox.poll();
    expect(page.posted).toEqual([]);
    socket.serverLetsBuffer(123);
    page.outbox.poll();
    expect(page.batches()).toMatchObject([{ sockets: [{ id: 1, bufferedAmount: 123 }], frames: undefined }]);
  });
});

describe('payloads', () => {
  test('wide text, narrow text and bytes are kept apart and come out as they went in', () => {
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

  test('the row of a Blob comes first, its contents when they have been read', () => {
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

  test('of a Blob that cannot be read the panel is told so', () => {
    const { page, tap } = attached();
    const blob = unreadableBlob(9);
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    finishReadings();
    expect(page.contents()).toMatchObject([{ seq: 1, part: undefined }]);
  });

  test('contents that are read after the panel has gone are not posted', () => {
    const { page, tap } = attached();
    const blob = blobOf(Uint8Array.of(1));
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    page.outbox.detach();
    finishReadings();
    expect(page.contents()).toEqual([]);
  });

  test('contents that were being read while the connection broke are posted to the next session', () => {
    const { page, tap } = attached();
    const blob = blobOf(Uint8Array.of(1));
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    page.acknowledgeNewest();
    page.outbox.detach();
    page.outbox.attach('second', 2);
    finishReadings();
    expect(page.contents()).toMatchObject([{ seq: 1, part: Uint8Array.of(1) }]);
  });

  test('contents count against the credit', () => {
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

  describe('that are large', () => {
    const PART = MIB / 2;

    /** The contents that have been posted of a frame, put together. */
    function contentOf(page: Page, seq: number): string | number[] {
      const parts = page.contents().filter((content) => content.seq === seq);
      const texts = parts.map(({ part }) => part).filter((part) => typeof part === 'string');
      if (texts.length > 0) return texts.join('');
      return parts.flatMap(({ part }) => (part instanceof Uint8Array ? [...part.subarray(0, 4)] : []));
    }

    test('follow their row in parts, text unit for unit', () => {
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

    test('leave room on the way: not more than 4 MiB are under way, and frames come between', () => {
      const { page, tap } = attached();
      page.recordText(tap, 'x'.repeat(20 * MIB));
      expect(page.contents()).toHaveLength(8);
      page.forgetPosted();
      page.recordText(tap, 'in between');
      expect(page.frames().map(({ payload }) => payload)).toEqual([]);
      page.outbox.acknowledge(1, 3, 1);
      expect(page.frames().map(({ payload }) => payload)).toEqual(['in between']);
    });

    test('of bytes are parts of them', () => {
      const { page, tap } = attached();
      const bytes = new Uint8Array(2 * MIB);
      for (let part = 0; part < 4; part++) bytes.fill(part + 1, part * PART, (part + 1) * PART);
      page.outbox.record(tap, FrameKind.sentBinary, 0, 0, bytes, undefined, undefined);
      page.acknowledgeAll();
      expect(contentOf(page, 1)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]);
    });

    test('of Blobs are read part by part', () => {
      const { page, tap } = attached();
      const bytes = new Uint8Array(3 * PART);
      for (let part = 0; part < 3; part++) bytes.fill(part + 1, part * PART, (part + 1) * PART);
      page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blobOf(bytes), undefined, undefined);
      finishReadings();
      page.acknowledgeAll();
      expect(contentOf(page, 1)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
    });

    test('are posted from their beginning to the next session', () => {
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

    test('that the panel has are not posted a second time', () => {
      const { page, tap } = attached();
      page.recordText(tap, 'x'.repeat(2 * MIB));
      page.acknowledgeAll();
      page.outbox.detach();
      page.forgetPosted();
      page.outbox.attach('second', 2);
      page.acknowledgeAll();
      expect(page.contents()).toEqual([]);
    });

    test('and let go before they are posted are said to be gone', () => {
      const { page, tap } = attached();
      page.recordText(tap, 'x'.repeat(20 * MIB)); // on its way; the panel does not answer
      page.recordTexts(tap, 250, () => 'y'.repeat(MIB));
      page.acknowledgeAll();
      expect(page.contents().at(-1)).toMatchObject({ seq: 1, part: undefined });
    });

    test('and let go before they are posted are said to be gone, also to the session after the next', () => {
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

    test('and let go when some parts are there give no credit back', () => {
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

    test('beyond 256 MiB are not kept, their row and true length are', () => {
      const { page, tap } = attached();
      page.recordText(tap, 'x'.repeat(MAX_PAYLOAD + 1));
      page.acknowledgeAll();
      expect(page.frames()).toMatchObject([
        { flags: FrameFlag.payloadGone, size: MAX_PAYLOAD + 1, payload: undefined },
      ]);
      expect(page.contents()).toEqual([]);
    });
  });

  test('stacks and close details travel beside their frames', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    const close = { code: 4001, reason: 'bye', wasClean: true };
    page.outbox.record(
      tap,
      FrameKind.sentText,
      FrameFlag.byPanel,
      1.5,
      'a',
      { stack: 'at play.js:3', isKept: false, next: undefined },
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
