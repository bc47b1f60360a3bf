import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Recorder } from '../../../../../src/panel/session/recording/recorder.ts';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import { FakeVaults, settle } from '../../../helpers/fake-vault.ts';
import { batchOf, socketRecord } from '../../../helpers/frames.ts';
import { begin, document, progress, recorder, rows, take } from '../../../helpers/recorded.ts';

beforeEach(() => begin());

describe('a list that was cleared', () => {
  const text = 'x'.repeat(100);

  test('is restored before later rows, with its sockets, and accounted for as before', () => {
    recorder.updateSockets(document, [socketRecord({ id: 2, readyState: 3 })]);
    take(1, 'a', 'b');
    progress.gapReason = 'over-credit';
    take(4, 'd');
    const before = recorder.totals();
    const cleared = recorder.list.clear();
    expect(recorder.totals()).toMatchObject({ observed: 0, stored: 0, dropped: 0 });
    expect(recorder.sockets.visible()).toHaveLength(1);
    take(5, 'e');
    cleared.recording.store.remarks.set(0, { note: 'the first' });
    recorder.store.remarks.set(0, { isStarred: true });
    expect(recorder.list.restore(cleared)).toBe(true);
    expect([0, 4].map((row) => recorder.store.remarks.of(row))).toEqual([
      { isStarred: false, note: 'the first' },
      { isStarred: true, note: '' },
    ]);
    expect(rows()).toEqual(['a', 'b', { frames: 1, bytes: 0, reason: 'unexplained', first: 3 }, 'd', 'e']);
    expect(recorder.totals()).toMatchObject({ observed: before.observed + 1, stored: 4, dropped: 1 });
    expect(recorder.sockets.visible()).toHaveLength(2);
    expect(recorder.list.restore(cleared)).toBe(false);
  });

  test('still gets contents that were under way, and so do the rows that came since', () => {
    const pending = (firstSeq: number) =>
      recorder.takeFrames(
        document,
        progress,
        batchOf([{ payload: undefined, flags: FrameFlag.pending, size: 3 }], firstSeq),
      );
    const arrive = (seq: number, part: string) =>
      recorder.list.takeContent(progress, { seq, offset: 0, total: part.length, part });
    pending(1);
    pending(2);
    const cleared = recorder.list.clear();
    pending(3);
    pending(4);
    arrive(1, 'one');
    arrive(3, 'thr');
    recorder.list.restore(cleared);
    arrive(2, 'two');
    arrive(4, 'fou');
    expect(rows()).toEqual(['one', 'two', 'thr', 'fou']);
  });

  test('keeps the details of its frames: stacks, close codes and marks', () => {
    const cleared = recorder.list.clear();
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
    recorder.list.restore(cleared);
    const { store } = recorder;
    expect(rows().slice(0, 2)).toEqual([new Uint8Array([1, 2]), 'wide €']);
    expect([store.flags(0), store.time(0), store.stack(0)]).toEqual([FrameFlag.injected, 5, 'at here']);
    expect([store.kind(2), store.close(2)]).toEqual([FrameKind.close, close]);
  });

  test('is forgotten when too much has followed, and the undo is withdrawn', () => {
    const cleared = recorder.list.clear();
    const gone = vi.fn();
    recorder.list.onClearedGone = gone;
    let seq = 1;
    const add = () => {
      take(seq, ...Array.from({ length: 10_000 }, () => text));
      seq += 10_000;
    };
    for (let batch = 0; batch < 10; batch++) add();
    expect(gone).not.toHaveBeenCalled();
    add();
    expect(gone).toHaveBeenCalledExactlyOnceWith(cleared);
    expect(recorder.list.restore(cleared)).toBe(false);
    expect(recorder.totals()).toMatchObject({ stored: 110_000 });
  });

  test('is forgotten when not all that has followed is in memory any more', async () => {
    const vaults = new FakeVaults();
    begin(new Recorder({ bytes: 8_000_000, disk: 1e9, rows: 50_000 }));
    recorder.list.openVault = () => vaults.open();
    take(1, 'a');
    const cleared = recorder.list.clear();
    for (let seq = 2; seq < 102; seq++) take(seq, text.repeat(1000)); // 10 MB
    await settle();
    expect(recorder.store.payloadState(0)).toBe('away');
    expect(recorder.list.restore(cleared)).toBe(false);
    expect(await recorder.store.load(0)).toBe(text.repeat(1000));
    expect(recorder.totals()).toMatchObject({ stored: 100 });
  });

  test('is forgotten when the oldest that has followed has been dropped', () => {
    begin(new Recorder({ bytes: 8_000_000, rows: 50_000 }));
    take(1, 'a');
    const cleared = recorder.list.clear();
    take(2, ...Array.from({ length: 60_000 }, () => 'x'));
    expect(recorder.store.firstRow).toBe(16_384);
    expect(recorder.list.restore(cleared)).toBe(false);
    const { observed, stored, dropped } = recorder.totals();
    expect(stored + dropped).toBe(observed);
  });
});
