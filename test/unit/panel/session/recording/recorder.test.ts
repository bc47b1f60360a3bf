import { beforeEach, describe, expect, test } from 'vitest';
import { startOfDocument } from '../../../../../src/panel/session/recording/progress.ts';
import { Recorder } from '../../../../../src/panel/session/recording/recorder.ts';
import { FrameFlag } from '../../../../../src/protocol/frames.ts';
import { tallyFrames } from '../../../../../src/store/ledger.ts';
import { batchOf, socketRecord } from '../../../helpers/frames.ts';
import { begin, document, progress, recorder, rows, take } from '../../../helpers/recorded.ts';

const NO_LIMIT = Number.POSITIVE_INFINITY;

beforeEach(() => begin());

describe('frames', () => {
  test('that have arrived before are not stored a second time', () => {
    take(1, 'a', 'b', 'c');
    take(2, 'b', 'c', 'd');
    take(1, 'a');
    expect(rows()).toEqual(['a', 'b', 'c', 'd']);
    expect(recorder.totals()).toMatchObject({ stored: 4, dropped: 0 });
    expect(progress.nextSeq).toBe(5);
  });

  test('that are missing without a word leave a hole that says so', () => {
    take(1, 'a');
    progress.gapReason = 'over-credit';
    take(4, 'd');
    expect(rows()).toEqual(['a', { frames: 2, bytes: 0, reason: 'unexplained', first: 2 }, 'd']);
    expect(recorder.totals()).toMatchObject({ stored: 2, dropped: 2 });
  });

  test('that the page reports as dropped leave a gap of just that size', () => {
    take(1, 'a');
    progress.gapReason = 'over-credit';
    progress.observed = 5;
    const gone = { sent: 0, sentBytes: 0, received: 4, receivedBytes: 40, events: 0 };
    recorder.takeCounts(document, progress, [{ socket: 1, observed: 5, gone }]);
    take(5, 'e');
    expect(rows()).toEqual(['a', { frames: 3, bytes: 39, reason: 'over-credit', first: 2 }, 'e']);
  });

  test('that a page only claims to have lost are not counted twice', () => {
    take(1, 'a');
    progress.observed = 5;
    const gone = { sent: 0, sentBytes: 0, received: 3, receivedBytes: 3, events: 0 };
    recorder.takeCounts(document, progress, [{ socket: 1, observed: 5, gone }]);
    recorder.takeCounts(document, progress, [{ socket: 1, observed: 5, gone }]);
    expect(recorder.totals().dropped).toBe(2);
  });

  test('of a socket that was never reported are stored all the same', () => {
    recorder.takeFrames(document, progress, batchOf([{ payload: 'x', socket: 77 }]));
    expect(rows()).toEqual(['x']);
    expect(recorder.store.socket(0)).toBe(0);
  });
});

test('rows dropped for lack of memory are counted with that reason', () => {
  begin(new Recorder({ rows: 20_000, bytes: NO_LIMIT }));
  for (let batch = 0; batch < 10; batch++) take(1 + batch * 4000, ...Array.from({ length: 4000 }, () => 'x'));
  const { stored, dropped, droppedBy } = recorder.totals();
  const { store } = recorder;
  expect([stored, droppedBy.get('memory')]).toEqual([store.endRow - store.firstRow - 1, dropped]);
  expect(store.gap(store.firstRow)).toEqual({ frames: dropped, bytes: dropped, reason: 'memory' });
  expect(stored + dropped).toBe(40_000);
  expect(stored).toBeLessThanOrEqual(20_000);
  const ledger = recorder.sockets.get(1)?.ledger;
  expect(ledger && tallyFrames(ledger.stored)).toBe(stored);
  expect(ledger?.droppedFrames()).toBe(dropped);
});

test('two documents may number their sockets alike', () => {
  const other = { identity: { document: 'other', frameId: 1, url: '' }, isGone: false };
  recorder.updateSockets(other, [socketRecord({ url: 'wss://example.test/other' })]);
  recorder.takeFrames(other, startOfDocument(), batchOf([{ payload: 'x' }]));
  expect(recorder.sockets.all().map(({ number, record }) => [number, record.url])).toEqual([
    [1, 'wss://example.test/feed'],
    [2, 'wss://example.test/other'],
  ]);
  expect(recorder.store.socket(0)).toBe(2);
});

describe('messages without their payload', () => {
  const absent = () => recorder.totals().withoutPayload.get('absent') ?? 0;
  const { payloadGone, pending } = FrameFlag;
  const say = (firstSeq: number, flags: readonly number[]) =>
    recorder.takeFrames(
      document,
      progress,
      batchOf(
        flags.map((one) => ({ payload: undefined, flags: one, size: 9 })),
        firstSeq,
      ),
    );

  test('are counted if the page dropped it, before or after announcing it', () => {
    say(1, [payloadGone, pending, pending, payloadGone]);
    expect(absent()).toBe(2);
    recorder.list.takeContent(progress, { seq: 2, offset: 0, total: 9, part: undefined });
    recorder.list.takeContent(progress, { seq: 3, offset: 0, total: 9, part: 'something' });
    expect(absent()).toBe(3);
  });

  test('are no longer counted once their rows have been dropped too', () => {
    begin(new Recorder({ rows: 20_000, bytes: NO_LIMIT }));
    say(1, [payloadGone]);
    expect(absent()).toBe(1);
    take(2, ...Array.from({ length: 40_000 }, () => 'x'));
    expect(absent()).toBe(0);
  });

  test.each(['nothing', 'something'])('are not counted if the row is gone that waits for %s', (part) => {
    begin(new Recorder({ rows: 20_000, bytes: NO_LIMIT }));
    take(1, ...Array.from({ length: 16_384 }, () => 'x'));
    say(16_385, [pending]); // to become the gap row
    take(16_386, ...Array.from({ length: 10_000 }, () => 'x'));
    const { store } = recorder;
    const gap = { frames: 16_385, bytes: 16_384 + 9, reason: 'memory' };
    expect([store.firstRow, store.gap(16_384)]).toEqual([16_384, gap]);
    expect(progress.pending.size).toBe(0);
    recorder.list.takeContent(progress, {
      seq: 16_385,
      offset: 0,
      total: 9,
      part: part === 'nothing' ? undefined : part,
    });
    recorder.list.end(progress);
    expect(absent()).toBe(0);
    expect([store.payload(16_384), store.flags(16_384)]).toEqual([undefined, 0]);
  });

  test('are counted again once a list that was cleared is back', () => {
    say(1, [payloadGone]);
    const cleared = recorder.list.clear();
    expect(absent()).toBe(0);
    say(2, [payloadGone, pending]);
    recorder.list.takeContent(progress, { seq: 3, offset: 0, total: 9, part: undefined });
    expect(absent()).toBe(2);
    expect(recorder.list.restore(cleared)).toBe(true);
    expect(absent()).toBe(3);
  });
});
