import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../src/protocol/frames.ts';
import { FrameStore } from '../../../src/store/frame-store.ts';
import { batchOf, type PlainFrame } from '../helpers/frames.ts';

/** Rows that are let go at once. */
const SEGMENT = 16_384;
const NO_LIMIT = Number.POSITIVE_INFINITY;

const sameSocket = (id: number) => id;

function append(store: FrameStore, frames: readonly PlainFrame[], skip = 0): number {
  return store.append(batchOf(frames), skip, sameSocket);
}

function storeOf(...frames: PlainFrame[]): FrameStore {
  const store = new FrameStore();
  append(store, frames);
  return store;
}

function repeated(count: number, frame: PlainFrame): PlainFrame[] {
  return Array.from({ length: count }, () => frame);
}

function payloads(store: FrameStore): unknown[] {
  return Array.from({ length: store.endRow - store.firstRow }, (_, index) =>
    store.payload(store.firstRow + index),
  );
}

describe('an appended row', () => {
  test('is numbered from 0 across all batches', () => {
    const store = new FrameStore();
    expect(append(store, [{ payload: 'a' }, { payload: 'b' }])).toBe(0);
    expect(append(store, [{ payload: 'c' }])).toBe(2);
    expect([store.firstRow, store.endRow]).toEqual([0, 3]);
    expect(payloads(store)).toEqual(['a', 'b', 'c']);
  });

  test('keeps its kind, time and marks', () => {
    const store = storeOf({
      payload: 'x',
      kind: FrameKind.sentText,
      time: 12.5,
      flags: FrameFlag.byPanel | FrameFlag.replayed,
    });
    expect(store.kind(0)).toBe(FrameKind.sentText);
    expect(store.time(0)).toBe(12.5);
    expect(store.flags(0)).toBe(FrameFlag.byPanel | FrameFlag.replayed);
  });

  test('belongs to the socket that the caller names', () => {
    const store = new FrameStore();
    store.append(
      batchOf([
        { payload: 'a', socket: 4 },
        { payload: 'b', socket: 5 },
      ]),
      0,
      (id) => id * 10,
    );
    expect([store.socket(0), store.socket(1)]).toEqual([40, 50]);
  });

  test('from the middle of a batch has the right slices and details', () => {
    const store = new FrameStore();
    const frames: PlainFrame[] = [
      { payload: 'skipped', detail: { stack: 'skipped' } },
      { payload: 'wide €' },
      { payload: Uint8Array.of(1) },
      { payload: 'kept', detail: { stack: 'kept' } },
      { payload: 'wide ∞' },
      { payload: Uint8Array.of(2, 3) },
    ];
    append(store, frames, 3);
    expect(payloads(store)).toEqual(['kept', 'wide ∞', Uint8Array.of(2, 3)]);
    expect([store.stack(0), store.stack(1)]).toEqual(['kept', undefined]);
  });

  test('may have a stack or close details', () => {
    const close = { code: 1001, reason: 'away', wasClean: true };
    const store = storeOf(
      { payload: 'x', detail: { stack: 'at a.js:1' } },
      { kind: FrameKind.close, detail: { close } },
    );
    expect([store.stack(0), store.close(0)]).toEqual(['at a.js:1', undefined]);
    expect([store.stack(1), store.close(1)]).toEqual([undefined, close]);
  });

  test('does not show whether the page sent it as wide text', () => {
    expect(storeOf({ payload: '€' }).flags(0)).toBe(0);
  });

  test('ignores details for rows that are not in the batch', () => {
    const store = new FrameStore();
    const batch = batchOf([{ payload: 'x' }]);
    store.append({ ...batch, details: [{ row: 7, stack: 'stray' }] }, 0, sameSocket);
    append(store, repeated(9, { payload: 'y' }));
    expect(store.stack(7)).toBeUndefined();
  });
});

describe('sizes in bytes on the wire', () => {
  test.each([
    { what: 'ASCII', payload: 'abc', size: 3 },
    { what: 'Latin-1', payload: 'né', size: 3 },
    { what: 'wide text', payload: '€😀', size: 7 },
    { what: 'a lone surrogate', payload: '\ud800', size: 3 },
    { what: 'bytes', payload: Uint8Array.of(1, 2, 3, 4), size: 4 },
  ])('of $what', ({ payload, size }) => {
    expect(storeOf({ payload }).size(0)).toBe(size);
    expect(storeOf({ payload: 'é' }, { payload }, { payload: 'ab' }).size(1)).toBe(size);
  });

  test('are those that the page reports for missing payloads', () => {
    const store = storeOf(
      { kind: FrameKind.receivedBinary, flags: FrameFlag.pending, size: 10 },
      { kind: FrameKind.receivedText, flags: FrameFlag.payloadGone, size: 20_000_000 },
      { kind: FrameKind.open },
    );
    expect([store.size(0), store.size(1), store.size(2)]).toEqual([10, 20_000_000, 0]);
    expect(payloads(store)).toEqual([undefined, undefined, undefined]);
  });

  test('differ from the memory taken, where wide text has two bytes a unit', () => {
    expect(storeOf({ payload: 'abc' }, { payload: '€' }, { payload: Uint8Array.of(1, 2) }).bytes).toBe(7);
  });
});

describe('the head of a payload', () => {
  test.each([
    { payload: 'abcdef', units: 3, head: 'abc' },
    { payload: 'ab', units: 3, head: 'ab' },
    { payload: Uint8Array.of(1, 2, 3), units: 2, head: Uint8Array.of(1, 2) },
  ])('of $payload is $head', ({ payload, units, head }) => {
    const store = storeOf({ payload }, { payload: 'next' }, { payload: Uint8Array.of(9, 9) });
    expect(store.head(0, units)).toEqual(head);
  });

  test('of an event is empty', () => {
    expect(storeOf({ payload: 'x' }, { kind: FrameKind.open }).head(1, 5)).toBeUndefined();
  });
});

describe('contents that arrive later', () => {
  const pending = { kind: FrameKind.receivedBinary, flags: FrameFlag.pending | FrameFlag.injected, size: 3 };

  test('are stored with their row', () => {
    const store = storeOf({ payload: 'a' }, pending, { payload: 'b' });
    store.setContent(1, Uint8Array.of(1, 2, 3));
    expect(payloads(store)).toEqual(['a', Uint8Array.of(1, 2, 3), 'b']);
    expect(store.flags(1)).toBe(FrameFlag.injected);
    expect(store.bytes).toBe(5);
  });

  test('may be empty', () => {
    const store = storeOf({ ...pending, size: 0 });
    store.setContent(0, new Uint8Array());
    expect(store.payload(0)).toEqual(new Uint8Array());
  });

  test('are marked as dropped, but keep their length, if they could not be read', () => {
    const store = storeOf(pending);
    store.setContent(0, undefined);
    expect(store.flags(0)).toBe(FrameFlag.injected | FrameFlag.payloadGone);
    expect([store.payload(0), store.size(0)]).toEqual([undefined, 3]);
  });

  test('are discarded if their row has been dropped', () => {
    const store = storeOf(pending);
    append(store, repeated(SEGMENT, { payload: 'x' }));
    store.trim({ rows: 1, bytes: NO_LIMIT }, () => undefined);
    const { bytes } = store;
    store.setContent(0, Uint8Array.of(1));
    expect([store.payload(0), store.bytes]).toEqual([undefined, bytes]);
  });
});

test('a gap is a row with the number of frames, their bytes and the reason', () => {
  const store = storeOf({ payload: 'x' });
  const gap = { frames: 12, bytes: 340, reason: 'over-credit' } as const;
  expect(store.appendGap(7, 1.5, gap)).toBe(1);
  append(store, [{ payload: 'y' }]);
  expect(store.kind(1)).toBe(FrameKind.gap);
  expect([store.socket(1), store.time(1), store.gap(1)]).toEqual([7, 1.5, gap]);
  expect(payloads(store)).toEqual(['x', undefined, 'y']);
  expect([store.gap(0), store.gap(2)]).toEqual([undefined, undefined]);
});

describe('dropping', () => {
  function filled(rows: number, frame: PlainFrame = { payload: 'ab' }): FrameStore {
    const store = new FrameStore();
    for (let left = rows; left > 0; left -= 4096) append(store, repeated(Math.min(4096, left), frame));
    return store;
  }

  test('drops the oldest rows, each reported while it can still be read', () => {
    const store = filled(3 * SEGMENT);
    const told: number[] = [];
    store.trim({ rows: 2 * SEGMENT, bytes: NO_LIMIT }, (row) => {
      if (store.payload(row) === 'ab') told.push(row);
    });
    expect(told).toEqual(Array.from({ length: SEGMENT }, (_, row) => row));
    expect([store.firstRow, store.endRow]).toEqual([SEGMENT, 3 * SEGMENT]);
  });

  test('keeps the numbers and payloads of the remaining rows', () => {
    const store = filled(SEGMENT, { payload: 'old' });
    append(store, [{ payload: 'new', time: 9 }]);
    store.trim({ rows: 1, bytes: NO_LIMIT }, () => undefined);
    expect([store.firstRow, store.payload(SEGMENT), store.time(SEGMENT)]).toEqual([SEGMENT, 'new', 9]);
    expect([store.payload(0), store.size(0)]).toEqual([undefined, 0]);
    expect(append(store, [{ payload: 'next' }])).toBe(SEGMENT + 1);
  });

  test('frees the memory', () => {
    const store = filled(4 * SEGMENT);
    store.trim({ rows: SEGMENT, bytes: NO_LIMIT }, () => undefined);
    expect(store.bytes).toBe(2 * SEGMENT);
  });

  test('drops the oldest payloads, but not their rows, when there are too many bytes', () => {
    const lost: number[] = [];
    const store = new FrameStore({
      openVault: () => undefined,
      payloadLost: (row, reason) => reason === 'memory' && lost.push(row),
      loaded: () => undefined,
      trouble: () => undefined,
    });
    for (let batch = 0; batch < 4; batch++) append(store, repeated(SEGMENT, { payload: 'ab', time: batch }));
    store.trim({ rows: NO_LIMIT, bytes: 5 * SEGMENT }, () => {
      throw new Error('a row was let go');
    });
    expect(store.bytes).toBe(4 * SEGMENT);
    expect(lost).toEqual(Array.from({ length: 2 * SEGMENT }, (_, row) => row));
    expect([store.payload(0), store.size(0), store.payloadState(0)]).toEqual([undefined, 2, 'memory']);
    const next = 2 * SEGMENT;
    expect([store.payload(next), store.payloadState(next), store.time(next)]).toEqual(['ab', 'here', 2]);
  });

  test('never drops the newest segment', () => {
    const store = filled(SEGMENT + 1);
    store.trim({ rows: 0, bytes: 0 }, () => undefined);
    expect([store.firstRow, store.endRow]).toEqual([SEGMENT, SEGMENT + 1]);
    expect(store.payload(SEGMENT)).toBe('ab');
  });

  test('drops nothing within the limits', () => {
    const store = filled(SEGMENT + 1);
    store.trim({ rows: SEGMENT + 1, bytes: NO_LIMIT }, () => {
      throw new Error('let go without need');
    });
    expect(store.firstRow).toBe(0);
  });
});
