import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Length } from '../../../src/decoders/bytes/bytes.ts';
import { FrameFlag, FrameKind } from '../../../src/protocol/frames.ts';
import { FrameStore } from '../../../src/store/frame-store.ts';
import { batchOf, type PlainFrame } from '../helpers/frames.ts';

type Step =
  | {
      readonly type: 'append';
      readonly frames: readonly PlainFrame[];
      readonly skip: number;
      readonly times: number;
    }
  | { readonly type: 'gap'; readonly frames: number }
  | { readonly type: 'content'; readonly which: number }
  | { readonly type: 'trim'; readonly rows: number };

const payload = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.string({ maxLength: 5, unit: 'binary' }),
  fc.uint8Array({ maxLength: 5 }),
);
/** Now and then a clock is set, to any time. */
const time = fc.oneof(
  { weight: 30, arbitrary: fc.double({ min: 1.7e12, max: 1.7e12 + 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1e15, noNaN: true }) },
);
const frame: fc.Arbitrary<PlainFrame> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      payload,
      socket: fc.oneof({ weight: 9, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(70_000) }),
      time,
      flags: fc.constantFrom(0, FrameFlag.byPanel, FrameFlag.replayed | FrameFlag.discarded),
      detail: fc.constantFrom({}, {}, { stack: 'at a.js:1' }, { stack: 'at b.js:2\nat c.js:3' }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant(FrameKind.sentText),
      flags: fc.constant(FrameFlag.payloadGone),
      size: fc.oneof(fc.nat(300), fc.maxSafeNat()),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: FrameKind.open }) },
  {
    weight: 1,
    arbitrary: fc.constant({ kind: FrameKind.receivedBinary, flags: FrameFlag.pending, size: 2 }),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('append'),
      frames: fc.array(frame, { minLength: 1, maxLength: 40 }),
      skip: fc.nat(10),
      times: fc.integer({ min: 1, max: 150 }),
    }),
  },
  // Whole segments of rows without a payload.
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('append'),
      frames: fc.constant(Array.from({ length: 1000 }, () => ({ kind: FrameKind.error }))),
      skip: fc.constant(0),
      times: fc.integer({ min: 10, max: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('gap'), frames: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('content'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('trim'), rows: fc.nat(40_000) }) },
);

/** What a store must say of a row. */
interface Expected {
  payload: string | Uint8Array | undefined;
  readonly kind: FrameKind;
  readonly socket: number;
  size: number;
  readonly time: number;
  flags: number;
  readonly stack: string | undefined;
}

/** A store and, beside it, a plain list of what it must hold. */
class Twins {
  readonly store = new FrameStore();
  readonly rows: Expected[] = [];
  private readonly pending: number[] = [];

  take(step: Step): void {
    switch (step.type) {
      case 'append':
        for (let time = 0; time < step.times; time++) this.append(step.frames, step.skip);
        return;
      case 'gap':
        this.store.appendGap(9, 0, { frames: step.frames, bytes: 0, reason: 'memory' });
        this.rows.push({
          payload: undefined,
          kind: FrameKind.gap,
          socket: 9,
          size: 0,
          time: 0,
          flags: 0,
          stack: undefined,
        });
        return;
      case 'content':
        return this.fill(step.which);
      case 'trim':
        return this.store.trim({ rows: step.rows, bytes: Number.POSITIVE_INFINITY }, () => undefined);
    }
  }

  private append(frames: readonly PlainFrame[], skip: number): void {
    this.store.append(batchOf(frames), skip, (id) => id);
    for (const { payload, kind, socket = 1, time = 0, flags = 0, size, detail } of frames.slice(skip)) {
      const expectedKind =
        kind ?? (typeof payload === 'string' ? FrameKind.receivedText : FrameKind.receivedBinary);
      if (payload === undefined && kind === FrameKind.receivedBinary) this.pending.push(this.rows.length);
      const bytes = size ?? (typeof payload === 'string' ? utf8Length(payload) : (payload?.length ?? 0));
      this.rows.push({ payload, kind: expectedKind, socket, size: bytes, time, flags, stack: detail?.stack });
    }
  }

  private fill(which: number): void {
    const [row] = this.pending.splice(which % Math.max(1, this.pending.length), 1);
    const expected = this.rows[row ?? -1];
    if (row === undefined || !expected) return;
    expected.payload = Uint8Array.of(which % 256, 1, 7);
    expected.size = 3;
    expected.flags = 0;
    this.store.setContent(row, expected.payload);
  }
}

test('a stretch reports everything that is in it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      const twins = new Twins();
      for (const one of steps) twins.take(one);
      const { store } = twins;
      const wrong: number[] = [];
      for (let row = store.firstRow; row < store.endRow; row++) {
        const stretch = store.stretch(row);
        const isTold = stretch?.hasSocket(store.socket(row)) && (stretch.kinds >> store.kind(row)) & 1;
        if (!isTold || (stretch?.end ?? 0) <= row) wrong.push(row);
      }
      expect(wrong).toEqual([]);
    }),
    { numRuns: 10 },
  );
});

test('every remaining row is unchanged, whatever is appended, filled in and dropped', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const twins = new Twins();
      for (const one of steps) twins.take(one);
      const { store, rows } = twins;
      expect(store.endRow).toBe(rows.length);
      for (let row = store.firstRow; row < store.endRow; row++) {
        const expected = rows[row];
        const actual: Expected = {
          payload: store.payload(row),
          kind: store.kind(row),
          socket: store.socket(row),
          size: store.size(row),
          time: store.time(row),
          flags: store.flags(row),
          stack: store.stack(row),
        };
        if (!isSame(actual, expected)) expect(actual, `row ${row}`).toEqual(expected);
      }
    }),
    { numRuns: 40 },
  );
});

/** `toEqual` for each of a hundred thousand rows would take minutes. */
function isSame(actual: Expected, expected: Expected | undefined): boolean {
  return (
    typeof actual.payload === typeof expected?.payload &&
    String(actual.payload) === String(expected?.payload) &&
    actual.kind === expected?.kind &&
    actual.socket === expected.socket &&
    actual.size === expected.size &&
    actual.flags === expected.flags &&
    actual.stack === expected.stack &&
    Math.abs(actual.time - expected.time) <= 1 / 200
  );
}
