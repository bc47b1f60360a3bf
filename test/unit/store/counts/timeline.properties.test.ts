import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { type TimeBucket, Timeline } from '../../../../src/store/counts/timeline.ts';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import { batchOf } from '../../helpers/frames.ts';

type Sums = Omit<TimeBucket, 'start'>;

interface Counted {
  readonly kind: FrameKind;
  readonly amount: number;
  readonly time: number;
}

const NOTHING: Sums = {
  sent: 0,
  sentBytes: 0,
  received: 0,
  receivedBytes: 0,
  opens: 0,
  errors: 0,
  closes: 0,
  missing: 0,
};

function sum(parts: readonly Sums[]): Sums {
  const total = { ...NOTHING };
  for (const part of parts) {
    for (const key of Object.keys(NOTHING) as (keyof Sums)[]) total[key] += part[key];
  }
  return total;
}

/** The counts once more, as plainly as they can be said. */
function sumsOf(rows: readonly Counted[]): Sums {
  const of = (...kinds: FrameKind[]) => rows.filter(({ kind }) => kinds.includes(kind));
  const amount = (some: readonly Counted[]) => some.reduce((total, row) => total + row.amount, 0);
  const sent = of(FrameKind.sentText, FrameKind.sentBinary);
  const received = of(FrameKind.receivedText, FrameKind.receivedBinary);
  return {
    sent: sent.length,
    sentBytes: amount(sent),
    received: received.length,
    receivedBytes: amount(received),
    opens: of(FrameKind.open).length,
    errors: of(FrameKind.error).length,
    closes: of(FrameKind.close).length,
    missing: amount(of(FrameKind.gap)),
  };
}

const kind = fc.constantFrom(...Object.values(FrameKind));
const start = 1.7e12;
/** Minutes and days of frames, and now and then a clock that is nowhere near. */
const time = fc.oneof(
  { weight: 20, arbitrary: fc.double({ min: start, max: start + 100_000, noNaN: true }) },
  { weight: 5, arbitrary: fc.double({ min: start, max: start + 1e9, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1e15, noNaN: true }) },
);
const counted = fc.record({ kind, amount: fc.nat(1_000_000), time });

test('each bucket counts what happened in its time, however often buckets are merged', () => {
  fc.assert(
    fc.property(fc.array(counted, { maxLength: 8000, size: 'max' }), fc.nat(10), (rows, share) => {
      const timeline = new Timeline();
      for (const { kind, amount, time } of rows) timeline.count(kind, amount, time, 1);
      const gone = rows.filter((_, index) => index % 11 < share);
      for (const { kind, amount, time } of gone) timeline.count(kind, amount, time, -1);
      const left = rows.filter((_, index) => index % 11 >= share);

      const { width } = timeline;
      const buckets = timeline.buckets();
      const byStart = new Map<number, Counted[]>();
      for (const row of left) {
        const at = Math.floor(row.time / width) * width;
        byStart.set(at, [...(byStart.get(at) ?? []), row]);
      }
      const starts = [...byStart.keys()].sort((a, b) => a - b);
      expect(buckets).toEqual(starts.map((at) => ({ start: at, ...sumsOf(byStart.get(at) ?? []) })));
      expect(buckets.length).toBeLessThanOrEqual(2048);
    }),
    { numRuns: 30 },
  );
});

const frames = fc.array(
  fc.oneof(
    fc.record({ payload: fc.oneof(fc.string({ maxLength: 4 }), fc.uint8Array({ maxLength: 4 })), time }),
    fc.record({
      kind: fc.constantFrom(FrameKind.open, FrameKind.error, FrameKind.close),
      time,
    }),
  ),
  { minLength: 1, maxLength: 50 },
);

test('the timeline of a store counts exactly the rows that are there, even when rows are dropped, filled in and replaced', () => {
  fc.assert(
    fc.property(fc.array(frames, { minLength: 1, maxLength: 5 }), fc.nat(50_000), (batches, limit) => {
      const store = new FrameStore();
      for (const batch of batches) {
        for (let times = 0; times < 200; times++) store.append(batchOf(batch), times === 0 ? 1 : 0, () => 1);
        store.appendGap(0, start, { frames: 7, bytes: 100, reason: 'paused' });
        const pending = { kind: FrameKind.receivedBinary, flags: 16, size: 2, time: start };
        store.setContent(
          store.append(batchOf([pending]), 0, () => 1),
          Uint8Array.of(1, 2, 3),
        );
      }
      store.trim({ rows: limit, bytes: Number.POSITIVE_INFINITY, disk: 0 }, () => undefined);
      if (store.firstRow > 0) store.turnIntoGap(store.firstRow, { frames: 3, bytes: 9, reason: 'memory' });

      const rows: Counted[] = [];
      for (let row = store.firstRow; row < store.endRow; row++) {
        const amount = store.gap(row)?.frames ?? store.size(row);
        rows.push({ kind: store.kind(row), amount, time: store.time(row) });
      }
      expect(sum(store.timeline.buckets().map(({ start: _, ...sums }) => sums))).toEqual(sumsOf(rows));
    }),
    { numRuns: 20 },
  );
});
