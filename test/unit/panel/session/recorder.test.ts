import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Progress, startOfDocument } from '../../../../src/panel/session/progress.ts';
import { Recorder } from '../../../../src/panel/session/recorder.ts';
import type { PanelDocument } from '../../../../src/panel/session/sockets.ts';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { tallyFrames } from '../../../../src/store/ledger.ts';
import { batchOf, socketRecord } from '../../helpers/frames.ts';

const NO_LIMIT = Number.POSITIVE_INFINITY;

let recorder: Recorder;
let document: PanelDocument;
let progress: Progress;

function begin(made: Recorder = new Recorder()): void {
  recorder = made;
  document = { identity: { document: 'd', frameId: 0, url: '' }, isGone: false };
  progress = startOfDocument();
  recorder.updateSockets(document, [socketRecord()]);
}

beforeEach(() => begin());

function take(firstSeq: number, ...texts: string[]): void {
  const frames = texts.map((payload) => ({ payload }));
  recorder.takeFrames(document, progress, batchOf(frames, firstSeq));
}

function rows(): unknown[] {
  const { store } = recorder;
  return Array.from({ length: store.endRow - store.firstRow }, (_, index) => {
    const row = store.firstRow + index;
    return store.payload(row) ?? store.gap(row);
  });
}

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

  test('that the page says are gone leave a hole of that size, and no other', () => {
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

test('what leaves for want of memory is dropped for that reason', () => {
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

describe('a list that was cleared', () => {
  const text = 'x'.repeat(100);

  test('comes back in front of what has come since, with its sockets, and is accounted for as before', () => {
    recorder.updateSockets(document, [socketRecord({ id: 2, readyState: 3 })]);
    take(1, 'a', 'b');
    progress.gapReason = 'over-credit';
    take(4, 'd');
    const before = recorder.totals();
    const cleared = recorder.clear();
    expect(recorder.totals()).toMatchObject({ observed: 0, stored: 0, dropped: 0 });
    expect(recorder.sockets.visible()).toHaveLength(1);
    take(5, 'e');
    cleared.recording.store.remarks.set(0, { note: 'the first' });
    recorder.store.remarks.set(0, { isStarred: true });
    expect(recorder.restore(cleared)).toBe(true);
    expect([0, 4].map((row) => recorder.store.remarks.of(row))).toEqual([
      { isStarred: false, note: 'the first' },
      { isStarred: true, note: '' },
    ]);
    expect(rows()).toEqual(['a', 'b', { frames: 1, bytes: 0, reason: 'unexplained', first: 3 }, 'd', 'e']);
    expect(recorder.totals()).toMatchObject({ observed: before.observed + 1, stored: 4, dropped: 1 });
    expect(recorder.sockets.visible()).toHaveLength(2);
    expect(recorder.restore(cleared)).toBe(false);
  });

  test('still gets contents that were under way, and so do the rows that came since', () => {
    const pending = (firstSeq: number) =>
      recorder.takeFrames(
        document,
        progress,
        batchOf([{ payload: undefined, flags: FrameFlag.pending, size: 3 }], firstSeq),
      );
    const arrive = (seq: number, part: string) =>
      recorder.takeContent(progress, { seq, offset: 0, total: part.length, part });
    pending(1);
    pending(2);
    const cleared = recorder.clear();
    pending(3);
    pending(4);
    arrive(1, 'one');
    arrive(3, 'thr');
    recorder.restore(cleared);
    arrive(2, 'two');
    arrive(4, 'fou');
    expect(rows()).toEqual(['one', 'two', 'thr', 'fou']);
  });

  test('keeps what came with its frames: stacks, close codes, what became of them', () => {
    const cleared = recorder.clear();
    const close = { code: 1000, reason: 'done', wasClean: true };
    const frames = [
      {
        payload: new Uint8Array([1, 2]),
        flags: FrameFlag.injected,
        time: 5,
        detail: { stack: 'at here', close: undefined },
      },
      { payload: 'wide €', flags: 0, time: 6 },
      { kind: FrameKind.close, payload: undefined, time: 7, detail: { stack: undefined, close } },
    ];
    recorder.takeFrames(document, progress, batchOf(frames, 1));
    recorder.restore(cleared);
    const { store } = recorder;
    expect(rows().slice(0, 2)).toEqual([new Uint8Array([1, 2]), 'wide €']);
    expect([store.flags(0), store.time(0), store.stack(0)]).toEqual([FrameFlag.injected, 5, 'at here']);
    expect([store.kind(2), store.close(2)]).toEqual([FrameKind.close, close]);
  });

  test('is forgotten when too much has come after it, and whoever could bring it back is told', () => {
    const cleared = recorder.clear();
    const gone = vi.fn();
    recorder.onClearedGone = gone;
    let seq = 1;
    const add = () => {
      take(seq, ...Array.from({ length: 10_000 }, () => text));
      seq += 10_000;
    };
    for (let batch = 0; batch < 10; batch++) add();
    expect(gone).not.toHaveBeenCalled();
    add();
    expect(gone).toHaveBeenCalledExactlyOnceWith(cleared);
    expect(recorder.restore(cleared)).toBe(false);
    expect(recorder.totals()).toMatchObject({ stored: 110_000 });
  });
});
