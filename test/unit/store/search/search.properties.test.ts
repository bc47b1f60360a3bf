import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import { allOf, type Expression } from '../../../../src/store/query/language/expression.ts';
import { testContents } from '../../../../src/store/query/matching/row-contents.ts';
import type { Remark } from '../../../../src/store/rows/remarks.ts';
import type { Search } from '../../../../src/store/search/search.ts';
import type { Helpers, PatternsOutcome } from '../../../../src/store/search/search-later.ts';
import { FakeVaults, settle } from '../../helpers/fake-vault.ts';
import { batchOf, type PlainFrame } from '../../helpers/frames.ts';
import { anyExpression, expected, WORDS } from '../query/plain-language.ts';
import { type Row, rowOf } from '../query/rows.ts';
import { finish, foundRows, searchedRows, searchOf } from './search-world.ts';

const word = fc.constantFrom(...WORDS, 'PING', '\ud83d', '\ude00', 'x');
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(''));
const bytes = text.map((it) => new TextEncoder().encode(it));

/** Two of them and a little fill a block. */
const large = fc.tuple(text, text).map(([head, tail]) => `${head}${'.'.repeat(130_000)}${tail}`);

const frame: fc.Arbitrary<PlainFrame> = fc.record({
  payload: fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 2, arbitrary: bytes },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 6 }) },
    { weight: 1, arbitrary: large },
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
    FrameKind.error,
  ),
  flags: fc.constantFrom<number>(FrameFlag.pending, FrameFlag.payloadGone),
  size: fc.nat(20),
});

const isLarge = ({ payload }: PlainFrame) => payload !== undefined && payload.length > 1000;

type Step =
  | { readonly type: 'append'; readonly frames: readonly PlainFrame[]; readonly times: number }
  | { readonly type: 'gap' }
  | { readonly type: 'content'; readonly payload: string | undefined }
  | { readonly type: 'trim'; readonly rows: number }
  | { readonly type: 'spill' }
  | { readonly type: 'prepare' }
  | { readonly type: 'words'; readonly text: string }
  | { readonly type: 'remark'; readonly which: number; readonly remark: Remark }
  | { readonly type: 'hand over'; readonly from: number }
  | { readonly type: 'search'; readonly looks: number }
  | { readonly type: 'help' }
  | { readonly type: 'suspend' }
  | { readonly type: 'change'; readonly to: number };

const append = fc
  .record({
    type: fc.constant('append' as const),
    frames: fc.array(fc.oneof({ weight: 4, arbitrary: frame }, { weight: 1, arbitrary: absent }), {
      minLength: 1,
      maxLength: 12,
    }),
    times: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 6 }) },
      { weight: 1, arbitrary: fc.nat(200) },
    ),
  })
  // Hundreds of megabytes tell no more than a few, and take minutes.
  .map((step) => (step.frames.some(isLarge) ? { ...step, times: Math.min(step.times, 4) } : step));
const content = fc.record({
  type: fc.constant('content' as const),
  payload: fc.oneof(fc.constantFrom('ping', 'a b', undefined), text),
});
const search = fc.record({ type: fc.constant('search' as const), looks: fc.constantFrom(0, 1, 3, 1e9) });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: append },
  { weight: 4, arbitrary: content },
  { weight: 6, arbitrary: search },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('change' as const), to: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('help' as const) }) },
  fc.record({ type: fc.constant('gap' as const) }),
  fc.record({ type: fc.constant('trim' as const), rows: fc.nat(20_000) }),
  fc.record({ type: fc.constant('spill' as const) }),
  fc.record({ type: fc.constant('prepare' as const) }),
  fc.record({ type: fc.constant('words' as const), text: fc.constantFrom('ping', '', 'a b') }),
  fc.record({ type: fc.constant('suspend' as const) }),
  fc.record({
    type: fc.constant('remark' as const),
    which: fc.nat(),
    remark: fc.record({ isStarred: fc.boolean(), note: fc.constantFrom('', 'ping') }),
  }),
  fc.record({ type: fc.constant('hand over' as const), from: fc.integer({ min: 1, max: 2 }) }),
);

/** Filters to change between; one with a regular expression waits for others in the midst of it. */
const filters = fc.tuple(
  anyExpression,
  fc.constantFrom<Expression>(
    { type: 'regex', source: '^a', flags: '' },
    { type: 'not', term: { type: 'regex', source: 'p[io]ng', flags: 'i' } },
  ),
  fc.constantFrom<Expression>(
    { type: 'text', text: 'ping' },
    { type: 'text', text: 'A b' },
    { type: 'socket', text: 'test/2' },
    { type: 'not', term: { type: 'mark', anyOf: ['starred'] } },
  ),
);

/** What a search waits for, done when a test says so. */
class SlowHelpers implements Helpers {
  isUnhurried = false;
  private readonly waiting: (() => void)[] = [];

  async runPatterns(...[patterns, contents, signal]: Parameters<Helpers['runPatterns']>) {
    await this.breathe();
    if (signal.aborted) return { type: 'cancelled' } satisfies PatternsOutcome;
    const found = testContents(patterns, contents, () => undefined);
    return { type: 'done', found } satisfies PatternsOutcome;
  }

  breathe(): Promise<void> {
    return this.isUnhurried ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  helpOnce(): void {
    this.waiting.shift()?.();
  }

  helpAlways(): void {
    this.isUnhurried = true;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/** A store that keeps a disk, whose events say what a test says, and the searches that go through it. */
class World {
  private readonly vaults = new FakeVaults();
  readonly store = new FrameStore({
    openVault: () => this.vaults.open(),
    payloadLost: () => undefined,
    loaded: () => undefined,
    trouble: () => undefined,
  });
  readonly helpers = new SlowHelpers();
  readonly searches: readonly Search[];
  private readonly words = new Map<number, string>();
  private current = 0;
  private time = 0;

  constructor(expressions: readonly Expression[]) {
    const rows = searchedRows(this.store, { eventText: (row) => this.eventText(row) });
    const parts = { now: () => this.time++, helpers: this.slowly() };
    this.searches = expressions.map((expression) => searchOf(rows, expression, parts));
  }

  async take(one: Step): Promise<void> {
    const { store } = this;
    switch (one.type) {
      case 'append':
        for (let time = 0; time < one.times; time++) store.append(batchOf(one.frames), 0, (id) => id);
        return;
      case 'gap':
        store.appendGap(1, 0, { frames: 2, bytes: 0, reason: 'paused' });
        return;
      case 'content':
        return this.fill(one.payload);
      case 'trim':
        return this.trim(one.rows);
      case 'spill':
        store.trim({ rows: Number.POSITIVE_INFINITY, bytes: 0, disk: 1e9 }, () => undefined);
        return settle();
      case 'prepare':
        while (store.isToPrepare) store.prepare();
        return;
      case 'words':
        return this.explain(one.text);
      case 'search':
        return this.searches[this.current]?.step(one.looks);
      case 'help':
        return this.helpers.helpOnce();
      case 'remark':
        return this.remark(one.which, one.remark);
      case 'hand over':
        return store.handOver(one.from, 3 - one.from);
      case 'suspend':
        return this.searches[this.current]?.suspend();
      case 'change':
        this.searches[this.current]?.suspend();
        this.current = one.to;
    }
  }

  /** Rows as the plain words of the language take them. */
  async plainRows(): Promise<readonly { readonly row: number; readonly is: Row }[]> {
    const { store } = this;
    const rows: { row: number; is: Row }[] = [];
    for (let row = store.firstRow; row < store.endRow; row++) {
      const payload =
        store.payload(row) ?? (store.payloadState(row) === 'away' ? await store.load(row) : undefined);
      const is = rowOf({
        kind: store.kind(row),
        flags: store.flags(row),
        size: store.size(row),
        url: `wss://example.test/${store.socket(row)}`,
        payload,
        eventText: this.eventText(row),
        remark: store.remarks.of(row),
      });
      rows.push({ row, is });
    }
    return rows;
  }

  private slowly(): Helpers {
    const { helpers } = this;
    return {
      runPatterns: (...args) => helpers.runPatterns(...args),
      breathe: () => helpers.breathe(),
    };
  }

  private eventText(row: number): string {
    return this.words.get(row) ?? this.store.gap(row)?.reason ?? '';
  }

  /** The oldest row that waits for its contents has them, or never will. */
  private fill(payload: string | undefined): void {
    const { store } = this;
    for (let row = store.firstRow; row < store.endRow; row++) {
      if (!(store.flags(row) & FrameFlag.pending) || store.kind(row) >= FrameKind.open) continue;
      return store.setContent(row, contentOf(store.kind(row), payload));
    }
  }

  private trim(rows: number): void {
    const { store } = this;
    const { firstRow } = store;
    store.trim({ rows, bytes: Number.POSITIVE_INFINITY, disk: 1e9 }, () => undefined);
    if (store.firstRow === firstRow) return;
    store.turnIntoGap(store.firstRow, { frames: 1, bytes: 0, reason: 'memory' });
  }

  private remark(which: number, remark: Remark): void {
    const { firstRow, endRow, remarks } = this.store;
    if (endRow > firstRow) remarks.set(firstRow + (which % (endRow - firstRow)), remark);
  }

  /** It becomes known why the newest error was one. */
  private explain(text: string): void {
    const { store } = this;
    for (let row = store.endRow - 1; row >= store.firstRow; row--) {
      if (store.kind(row) !== FrameKind.error) continue;
      this.words.set(row, text);
      return;
    }
  }
}

function contentOf(kind: FrameKind, payload: string | undefined): string | Uint8Array | undefined {
  return kind === FrameKind.sentText || payload === undefined ? payload : new TextEncoder().encode(payload);
}

test('searches find exactly the rows that match, however rows are added, changed and dropped in the meantime', async () => {
  await fc.assert(
    fc.asyncProperty(
      filters,
      fc.array(step, { minLength: 4, maxLength: 30, size: 'max' }),
      async (expressions, steps) => {
        const world = new World(expressions);
        for (const one of steps) {
          await world.take(one);
          await Promise.resolve();
        }
        world.helpers.helpAlways();
        const rows = await world.plainRows();
        for (const [index, search] of world.searches.entries()) {
          await finish(search);
          const expression = expressions[index];
          const passing = rows.filter(({ is }) => expression && expected(expression, is));
          expect(foundRows(search)).toEqual(passing.map(({ row }) => row));
        }
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

test('a payload that is moved to disk while a regular expression runs over it is found', async () => {
  const expression: Expression = {
    type: 'json-regex',
    path: [{ type: 'member', name: 'a' }],
    source: '1',
    flags: '',
  };
  const world = new World([expression]);
  const payload = `{"a":1}${'.'.repeat(130_000)}`;
  const steps: Step[] = [
    { type: 'append', times: 3, frames: [{ payload }, { payload: '' }] },
    { type: 'search', looks: 1e9 },
    { type: 'spill' },
  ];
  for (const one of steps) {
    await world.take(one);
    await Promise.resolve();
  }
  world.helpers.helpAlways();
  await world.plainRows();
  for (const search of world.searches) {
    await finish(search);
    expect(foundRows(search)).toEqual([0, 2, 4]);
  }
});

test('what a regular expression found in a row before the search was suspended is not taken for what it finds afterwards', async () => {
  const world = new World([
    { type: 'text', text: 'ping' },
    { type: 'not', term: { type: 'regex', source: 'ping', flags: '' } },
  ]);
  const steps: Step[] = [
    { type: 'append', times: 1, frames: [{ kind: FrameKind.error }, { payload: '' }] },
    { type: 'change', to: 1 },
    { type: 'search', looks: 0 },
    { type: 'words', text: 'ping' },
    { type: 'help' },
    { type: 'help' },
    { type: 'suspend' },
  ];
  for (const one of steps) {
    await world.take(one);
    await Promise.resolve();
  }
  world.helpers.helpAlways();
  const search = world.searches[1];
  if (!search) throw new Error('no search');
  await finish(search);
  expect(foundRows(search)).toEqual([1]);
});

/** Rows of one kind whose payloads stand one behind the other, of one length or of many: these are searched many at once. */
const plainRows = fc.oneof(
  fc.array(fc.constantFrom('ping', 'PING', 'pong', 'a b '), { minLength: 1, maxLength: 40 }),
  fc.array(fc.constantFrom('p', 'pi', 'ing', 'ping', 'pingping', 'xPINGx', 'a b'), {
    minLength: 1,
    maxLength: 40,
  }),
);
/** An expression, and what it asks of a payload and of whether it was sent. */
const plainFilter = fc.constantFrom<readonly [Expression, (payload: string, isSent: boolean) => boolean]>(
  [{ type: 'text', text: 'ping' }, (payload) => payload.toLowerCase().includes('ping')],
  [{ type: 'text', text: 'PI', matchesCase: true }, (payload) => payload.includes('PI')],
  [
    allOf([
      { type: 'text', text: 'i' },
      { type: 'text', text: 'P', matchesCase: true },
    ]),
    (payload) => payload.includes('PI'),
  ],
  [
    allOf([
      { type: 'direction', anyOf: ['sent'] },
      { type: 'text', text: 'gp' },
    ]),
    (payload, isSent) => isSent && payload.includes('gp'),
  ],
  [
    allOf([
      { type: 'text', text: 'N' },
      { type: 'length', min: 4, max: 6 },
    ]),
    (payload) => /n/i.test(payload) && payload.length >= 4 && payload.length <= 6,
  ],
);

test('texts are found in adjacent rows, however these are divided into steps', () => {
  fc.assert(
    fc.property(
      plainRows,
      fc.nat(2000),
      plainFilter,
      fc.constantFrom(0, 1, 3),
      fc.boolean(),
      (payloads, times, [expression, passes], budget, isPrepared) => {
        const store = new FrameStore();
        const rows = Array.from({ length: times + 1 }, () => payloads).flat();
        for (let from = 0; from < rows.length; from += 7000) {
          const frames = rows.slice(from, from + 7000).map((payload, index) => ({
            payload,
            kind: index % 3 === 0 ? FrameKind.sentText : FrameKind.receivedText,
          }));
          store.append(batchOf(frames), 0, (id) => id);
        }
        while (isPrepared && store.isToPrepare) store.prepare();
        let time = 0;
        const search = searchOf(searchedRows(store), expression, { now: () => time++ });
        while (!search.isComplete) search.step(budget);
        const passing = [...rows.keys()].filter((row) =>
          passes(rows[row] ?? '', store.kind(row) === FrameKind.sentText),
        );
        expect(foundRows(search)).toEqual(passing);
      },
    ),
    { numRuns: 40 },
  );
});
