import { describe, expect, test } from 'vitest';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { PROTOCOL_VERSION } from '../../../../../src/protocol/version.ts';
import { Page } from '../../../helpers/page.ts';
import { attached, HISTORY_FRAMES, MIB, seqs, upTo } from './outbox-world.ts';

const BACKLOG_FRAMES = 500_000;
/** Frames that are posted without waiting for an acknowledgement. */
const WORTH_POSTING = 2048;

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

  test('from a later frame on posts that frame and all after it, each once', () => {
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

  test('posts again what had been posted but not acknowledged', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.outbox.attach('first', 1);
    page.recordTexts(tap, 600);
    page.forgetPosted();
    page.outbox.attach('second', 1);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(600));
  });

  test('resets the counters of the credit', () => {
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

  test('reports how many frames each socket had and how many of them were dropped', () => {
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
  test('a frame is posted at once if no message is in flight', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'now');
    expect(page.frames().map(({ payload }) => payload)).toEqual(['now']);
  });

  test('frames gather while a message is in flight and are posted together once it is acknowledged', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 5);
    expect(page.batches().map(({ frames }) => frames?.kinds.length)).toEqual([1]);
    page.acknowledgeNewest();
    expect(page.batches().map(({ frames }) => frames?.kinds.length)).toEqual([1, 4]);
  });

  test('gathered frames are posted without waiting if they are many or large', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'first');
    page.recordTexts(tap, WORTH_POSTING - 1);
    expect(page.batches()).toHaveLength(1);
    page.recordText(tap, 'one more');
    expect(page.batches()).toHaveLength(2);
    page.recordText(tap, 'x'.repeat(256 * 1024));
    expect(page.batches()).toHaveLength(3);
  });

  test('at most 64 messages are in flight', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 1 + 100 * WORTH_POSTING);
    expect(page.batches()).toHaveLength(64);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(1 + 100 * WORTH_POSTING));
  });

  test('no message is posted while 4 MiB are in flight', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 10, () => 'x'.repeat(MIB));
    expect(page.batches().map(({ credit }) => Math.floor(credit.bytes / MIB))).toEqual([1, 2, 3, 4]);
    page.acknowledgeAll();
    expect(seqs(page)).toEqual(upTo(10));
  });

  test('an acknowledgement is cumulative', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 1 + 3 * WORTH_POSTING + 7);
    const last = page.batches().at(-1);
    expect(page.batches()).toHaveLength(4);
    page.outbox.acknowledge(1 + 3 * WORTH_POSTING, last?.credit.messages ?? 0, last?.credit.bytes ?? 0);
    expect(page.batches().at(-1)?.frames?.kinds).toHaveLength(7);
  });

  test('a panel may withhold part of the credit, when attaching and with each acknowledgement, but one batch is always allowed', () => {
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

  test('a batch has at most 4,096 frames and 1 MiB', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordTexts(tap, 5000, () => '');
    page.recordTexts(tap, 3, () => 'x'.repeat(0.4 * MIB));
    page.outbox.attach('s', 1);
    page.acknowledgeAll();
    expect(page.batches().map(({ frames }) => frames?.kinds.length)).toEqual([4096, 906, 1]);
  });

  test('every message reports how many frames have been observed, including those that wait', () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 3);
    page.acknowledgeNewest();
    expect(page.batches().map(({ observed }) => observed)).toEqual([1, 3]);
  });

  test('of more than 500,000 waiting frames the oldest are dropped and reported', () => {
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

  test('of more than 256 MiB of waiting payloads the oldest are dropped, but not their frames', () => {
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

  test('nothing is posted after detaching', () => {
    const { page, tap } = attached();
    page.outbox.detach();
    page.recordText(tap, 'unseen');
    page.outbox.poll();
    expect(page.posted).toEqual([]);
  });

  test('results of commands follow the frames that the commands caused', () => {
    const { page, tap } = attached();
    page.recordText(tap, 'caused by a command');
    page.outbox.reply(4, undefined);
    expect(page.posted).toMatchObject([{ type: 'batch' }, { type: 'result', id: 4 }]);
  });

  test('a poll reports only what has changed without an event', () => {
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
