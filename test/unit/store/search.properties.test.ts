import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../src/protocol/frames.ts';
import { FrameStore } from '../../../src/store/frame-store.ts';
import type { Search } from '../../../src/store/search.ts';
import { batchOf, type PlainFrame } from '../helpers/frames.ts';
import { anyExpression, expected, WORDS } from './query/plain-language.ts';
import { type Row, rowOf } from './query/rows.ts';
import { finish, foundRows, searchedRows, searchOf } from './search-world.ts';

const word = fc.constantFrom(...WORDS, 'PING', '\ud83d', '\ude00', 'x');
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(''));
const bytes = text.map((it) => new TextEncoder().encode(it));

const frame: fc.Arbitrary<PlainFrame> = fc.record({
  payload: fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 2, arbitrary: bytes },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 6 }) },
  ),
  flags: fc.constantFrom(0, FrameFlag.injected, FrameFlag.byPanel | FrameFlag.replayed, FrameFlag.discarded),
  socket: fc.integer({ min: 1, max: 2 }),
});
const absent: fc.Arbitrary<PlainFrame> = fc.record({
  kind: fc.constantFrom(
    FrameKind.sentText,
    FrameKind.sentBinary,
    FrameKind.receivedBinary,
    FrameKind.open,
    FrameKind.close,
  ),
  flags: fc.constantFrom<number>(FrameFlag.pending, FrameFlag.payloadGone),
  size: fc.nat(20),
});

type Step =
  | { readonly type: 'append'; readonly frames: readonly PlainFrame[]; readonly times: number }
  | { readonly type: 'gap' }
  | { readonly type: 'content'; readonly payload: string | undefined }
  | { readonly type: 'trim'; readonly rows: number }
  | { readonly type: 'search'; readonly looks: number }
  | { readonly type: 'suspend' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('append' as const),
    frames: fc.array(fc.oneof({ weight: 8, arbitrary: frame }, { weight: 1, arbitrary: absent }), {
      maxLength: 12,
    }),
    times: fc.oneof({ weight: 9, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: fc.nat(2000) }),
  }),
  fc.record({ type: fc.constant('gap' as const) }),
  fc.record({ type: fc.constant('content' as const), payload: fc.option(text, { nil: undefined }) }),
  fc.record({ type: fc.constant('trim' as const), rows: fc.nat(20_000) }),
  fc.record({ type: fc.constant('search' as const), looks: fc.nat(8) }),
  fc.record({ type: fc.constant('suspend' as const) }),
);

/** A row as the plain words of the language take it. */
function plainRow(store: FrameStore, row: number): Row {
  return rowOf({
    kind: store.kind(row),
    flags: store.flags(row),
    size: store.size(row),
    url: `wss://example.test/${store.socket(row)}`,
    payload: store.payload(row),
    eventText: store.gap(row)?.reason ?? '',
  });
}

function contentOf(kind: FrameKind, payload: string | undefined): string | Uint8Array | undefined {
  return kind === FrameKind.sentText || payload === undefined ? payload : new TextEncoder().encode(payload);
}

function take(store: FrameStore, search: Search, one: Step): void {
  switch (one.type) {
    case 'append':
      for (let time = 0; time < one.times; time++) store.append(batchOf(one.frames), 0, (id) => id);
      return;
    case 'gap':
      store.appendGap(1, 0, { frames: 2, bytes: 0, reason: 'paused' });
      return;
    case 'content': {
      for (let row = store.firstRow; row < store.endRow; row++) {
        if (!(store.flags(row) & FrameFlag.pending) || store.kind(row) >= FrameKind.open) continue;
        return store.setContent(row, contentOf(store.kind(row), one.payload));
      }
      return;
    }
    case 'trim': {
      const { firstRow } = store;
      store.trim({ rows: one.rows, bytes: Number.POSITIVE_INFINITY }, () => undefined);
      if (store.firstRow > firstRow) {
        store.turnIntoGap(store.firstRow, { frames: 1, bytes: 0, reason: 'memory' });
      }
      return;
    }
    case 'search':
      return search.step(one.looks);
    case 'suspend':
      return search.suspend();
  }
}

test('a search finds what the language says of each row, however rows come, change and go meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(anyExpression, fc.array(step, { maxLength: 20 }), async (expression, steps) => {
      const store = new FrameStore();
      let now = 0;
      const search = searchOf(searchedRows(store), expression, { now: () => now++ });
      for (const one of steps) {
        take(store, search, one);
        await Promise.resolve();
      }
      search.step(Number.POSITIVE_INFINITY);
      await finish(search);
      const passing: number[] = [];
      for (let row = store.firstRow; row < store.endRow; row++) {
        if (expected(expression, plainRow(store, row))) passing.push(row);
      }
      expect(foundRows(search)).toEqual(passing);
    }),
    { numRuns: 150 },
  );
}, 60_000);
