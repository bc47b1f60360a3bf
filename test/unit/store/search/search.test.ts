import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import type { PatternsOutcome } from '../../../../src/store/search/search-later.ts';
import { batchOf, type PlainFrame } from '../../helpers/frames.ts';
import { finish, foundRows, searchedRows, searchOf, UNHURRIED } from './search-world.ts';

const SEGMENT = 16_384;

function storeOf(...frames: PlainFrame[]): FrameStore {
  const store = new FrameStore();
  append(store, frames);
  return store;
}

function append(store: FrameStore, frames: readonly PlainFrame[]): void {
  store.append(batchOf(frames), 0, (id) => id);
}

function texts(
  count: number,
  payload: (index: number) => string = (index) => (index % 2 === 0 ? 'even' : 'odd'),
): PlainFrame[] {
  return Array.from({ length: count }, (_, index) => ({ payload: payload(index) }));
}

/** Lets go of all segments but the newest ones that are needed for `rows`. */
function trimTo(store: FrameStore, rows: number): void {
  store.trim({ rows, bytes: Number.POSITIVE_INFINITY }, () => undefined);
}

/** A clock that moves on by 1 ms with each look at it. */
function tickingClock(): () => number {
  let now = 0;
  return () => now++;
}

describe('the order', () => {
  test('the newest rows are found first and older ones are put before them', () => {
    const store = storeOf(...texts(50_000, String));
    const search = searchOf(searchedRows(store), '7', { now: tickingClock() });
    search.step(2);
    expect(search.isComplete).toBe(false);
    expect(foundRows(search).at(-1)).toBe(49_997);
    expect(search.view.shift).toBe(-search.view.length);
    const [oldest = 0] = foundRows(search);
    expect(oldest).toBeGreaterThan(30_000);
    search.step(UNHURRIED);
    expect(search.isComplete).toBe(true);
    expect(foundRows(search)).toEqual(
      Array.from({ length: 50_000 }, (_, row) => row).filter((row) => String(row).includes('7')),
    );
  });

  test('rows that arrive in the meantime take precedence', () => {
    const store = storeOf(...texts(50_000));
    const search = searchOf(searchedRows(store), 'even', { now: tickingClock() });
    search.step(2);
    append(store, [{ payload: 'even' }]);
    search.step(6);
    expect(search.isComplete).toBe(false);
    expect(foundRows(search).at(-1)).toBe(50_000);
  });
});

describe('steps', () => {
  test('end when the time is up, and the next one continues', () => {
    const store = storeOf(...texts(50_000));
    const search = searchOf(searchedRows(store), 'even', { now: tickingClock() });
    const lengths: number[] = [];
    while (!search.isComplete) {
      search.step(2);
      lengths.push(search.view.length);
    }
    expect(lengths.length).toBeGreaterThan(5);
    expect(lengths.at(-1)).toBe(25_000);
  });

  test('check the clock every few rows, as each may take long', () => {
    const store = storeOf(...texts(20_000));
    let rowsAtOnce = 0;
    let most = 0;
    const rows = searchedRows(store, {
      time: (row) => {
        most = Math.max(most, ++rowsAtOnce);
        return store.time(row);
      },
    });
    const now = () => {
      rowsAtOnce = 0;
      return 0;
    };
    searchOf(rows, { type: 'span', from: 1, to: 2 }, { now }).step(UNHURRIED);
    expect([most > 0, most <= 64]).toEqual([true, true]);
  });

  test('report the end as soon as the last row is done', () => {
    for (let budget = 1; budget < 12; budget++) {
      const search = searchOf(searchedRows(storeOf(...texts(3000))), 'even', { now: tickingClock() });
      while (!search.isComplete) search.step(budget);
      expect([search.wasComplete, search.isCurrent]).toEqual([true, true]);
    }
  });

  test('make progress even without any time', () => {
    const search = searchOf(searchedRows(storeOf(...texts(300))), 'even', { now: tickingClock() });
    for (let step = 0; step < 5; step++) search.step(0);
    expect(search.view.length).toBeGreaterThan(0);
  });

  test('may end within a payload and continue there', () => {
    const store = storeOf({ payload: `${'x'.repeat(3_000_000)}needle` }, { payload: 'needle' });
    const search = searchOf(searchedRows(store), '-needle or needle', { now: tickingClock() });
    let steps = 0;
    for (; !search.isComplete; steps++) search.step(1);
    expect(steps).toBeGreaterThan(5);
    expect(foundRows(search)).toEqual([0, 1]);
  });

  test('keep no block between them: each asks for blocks anew', () => {
    const store = storeOf(...texts(10));
    let asked = 0;
    const rows = searchedRows(store, {
      block: (number) => {
        asked++;
        return store.block(number);
      },
    });
    const search = searchOf(rows, 'even');
    search.step(UNHURRIED);
    expect(asked).toBe(1);
    append(store, texts(2));
    search.step(UNHURRIED);
    expect(asked).toBe(2);
    expect(search.view.length).toBe(6);
  });

  test('skip stretches without the socket', () => {
    const store = new FrameStore();
    for (const socket of [1, 2, 1]) {
      append(
        store,
        texts(SEGMENT).map((frame) => ({ ...frame, socket })),
      );
    }
    append(store, [{ payload: 'x', socket: 1 }]);
    let looks = 0;
    const rows = searchedRows(store, {
      socket: (row) => {
        looks++;
        return store.socket(row);
      },
    });
    const search = searchOf(rows, { type: 'socket-number', anyOf: [2] });
    search.step(UNHURRIED);
    expect([search.view.length, looks, search.isComplete]).toEqual([SEGMENT, SEGMENT, true]);
    append(store, [{ payload: 'x', socket: 2 }]);
    search.step(UNHURRIED);
    expect(foundRows(search).at(-1)).toBe(3 * SEGMENT + 1);
  });
});

test('the socket of a row is looked up once, however many sockets are searched for', () => {
  const store = storeOf(...Array.from({ length: 3000 }, (_, index) => ({ payload: 'x', socket: index + 1 })));
  let looks = 0;
  const rows = searchedRows(store, {
    socket: (row) => {
      looks++;
      return store.socket(row);
    },
  });
  const anyOf = Array.from({ length: 2000 }, (_, index) => 2 * index + 1);
  const search = searchOf(rows, { type: 'socket-number', anyOf });
  search.step(UNHURRIED);
  expect([search.view.length, looks]).toEqual([1500, 3000]);
});

describe('changes during a search', () => {
  test('dropped rows are removed, and those not yet searched are skipped', () => {
    const store = storeOf(...texts(SEGMENT + 4));
    const done = searchOf(searchedRows(store), 'even');
    const begun = searchOf(searchedRows(store), 'even', { now: tickingClock() });
    done.step(UNHURRIED);
    begun.step(1);
    trimTo(store, 4);
    for (const search of [done, begun]) {
      search.step(UNHURRIED);
      expect(search.isComplete).toBe(true);
      expect(foundRows(search)).toEqual([SEGMENT, SEGMENT + 2]);
    }
  });

  test('the oldest row is searched again once it is the gap for the dropped ones', () => {
    const store = storeOf(...texts(SEGMENT + 4));
    const search = searchOf(searchedRows(store), 'is:dropped or even');
    const plain = searchOf(searchedRows(store), 'even');
    search.step(UNHURRIED);
    plain.step(UNHURRIED);
    trimTo(store, 4);
    store.turnIntoGap(SEGMENT, { frames: SEGMENT, bytes: 0, reason: 'memory' });
    search.step(UNHURRIED);
    plain.step(UNHURRIED);
    expect(foundRows(search)).toEqual([SEGMENT, SEGMENT + 2]);
    expect(foundRows(plain)).toEqual([SEGMENT + 2]);
  });

  test('late contents are searched once they have arrived', async () => {
    const pending = { kind: FrameKind.receivedBinary, flags: FrameFlag.pending, size: 4 };
    const store = storeOf({ payload: 'ping' }, pending, pending, { payload: 'ping' });
    const filters = ['ping', '-ping', '/^p/', 'type:binary'].map((filter) =>
      searchOf(searchedRows(store), filter),
    );
    for (const search of filters) await finish(search);
    expect(filters.map(foundRows)).toEqual([
      [0, 3],
      [1, 2],
      [0, 3],
      [1, 2],
    ]);
    store.setContent(2, new TextEncoder().encode('ping'));
    store.setContent(1, undefined);
    for (const search of filters) {
      search.step(UNHURRIED);
      await finish(search);
    }
    expect(filters.map(foundRows)).toEqual([[0, 2, 3], [1], [0, 2, 3], [1, 2]]);
  });
});

test('a row without a payload does not hide the events that follow it', () => {
  const store = storeOf({ kind: FrameKind.receivedBinary, flags: FrameFlag.payloadGone, size: 1 });
  store.appendGap(1, 0, { frames: 1, bytes: 0, reason: 'paused' });
  const search = searchOf(searchedRows(store), 'paused');
  search.step(UNHURRIED);
  expect(foundRows(search)).toEqual([1]);
});

test('late contents do not hide rows that precede them in their block', () => {
  const pending = { kind: FrameKind.receivedBinary, flags: FrameFlag.pending, size: 1 };
  const store = storeOf(pending, { payload: new TextEncoder().encode('ping') });
  store.setContent(0, new TextEncoder().encode('x'));
  const search = searchOf(searchedRows(store), 'ping');
  search.step(UNHURRIED);
  expect(foundRows(search)).toEqual([1]);
});

test('an error row is searched again once its cause is known', async () => {
  const errors = Array.from({ length: 100 }, () => ({ kind: FrameKind.error }));
  const store = storeOf({ payload: '403' }, ...errors);
  const words = new Map<number, string>();
  const eventText = (row: number) => words.get(row) ?? 'failed';
  const refused = searchOf(searchedRows(store, { eventText }), '403');
  const other = searchOf(searchedRows(store, { eventText }), '-403');
  const pattern = searchOf(searchedRows(store, { eventText }), '/4\\d3/');
  const all = Array.from({ length: 100 }, (_, index) => index + 1);
  for (const search of [refused, other, pattern]) await finish(search);
  expect([foundRows(refused), foundRows(other), foundRows(pattern)]).toEqual([[0], all, [0]]);
  words.set(97, 'refused: 403');
  words.set(100, 'refused: 403');
  for (const search of [refused, other, pattern]) {
    search.step(UNHURRIED);
    await finish(search);
  }
  expect([foundRows(refused), foundRows(other), foundRows(pattern)]).toEqual([
    [0, 97, 100],
    all.filter((row) => row !== 97 && row !== 100),
    [0, 97, 100],
  ]);
});

describe('regular expressions', () => {
  test('find contents that arrive while they run over other rows', async () => {
    const pending = { kind: FrameKind.sentText, flags: FrameFlag.pending, size: 3 };
    const store = storeOf(pending, { payload: new Uint8Array() });
    const search = searchOf(searchedRows(store), '/^a/');
    search.step(0);
    store.setContent(0, 'a b');
    await finish(search);
    expect(foundRows(search)).toEqual([0]);
  });

  test('run in a worker, and only for rows that no other term has decided', async () => {
    const store = storeOf(
      { payload: 'ping 1' },
      { payload: 'pong' },
      { payload: 'ping' },
      { kind: FrameKind.open },
    );
    const asked: string[] = [];
    const search = searchOf(searchedRows(store), '/\\d/ ping', {
      helpers: {
        runPatterns: async (_, { text, lengths }) => {
          asked.push(text);
          return { type: 'done', found: Uint8Array.from(lengths, (length) => (length === 6 ? 1 : 0)) };
        },
      },
    });
    search.step(UNHURRIED);
    expect([search.isWaiting, search.view.length]).toEqual([true, 0]);
    await finish(search);
    expect(asked).toEqual(['ping 1ping']);
    expect(foundRows(search)).toEqual([0]);
  });

  test('combined with texts: late contents in a block already searched are found', async () => {
    const store = storeOf({ payload: 'dir:sent' });
    const search = searchOf(searchedRows(store), '/nothing/ or ping');
    await finish(search);
    append(store, [{ payload: 'ping' }]);
    await finish(search);
    expect(foundRows(search)).toEqual([1]);
  });

  test('report when the next step can be done', async () => {
    const search = await new Promise<ReturnType<typeof searchOf>>((resolve) => {
      const search = searchOf(searchedRows(storeOf(...texts(3))), '/odd/', {
        onProgress: () => resolve(search),
      });
      search.step(UNHURRIED);
    });
    expect([search.isComplete, foundRows(search)]).toEqual([true, [1]]);
  });

  test('end the search if they hang; rows found before stay', async () => {
    const store = storeOf(...texts(SEGMENT * 2));
    let runs = 0;
    const search = searchOf(searchedRows(store), '/e/', {
      helpers: {
        runPatterns: async (_, { lengths }): Promise<PatternsOutcome> =>
          ++runs > 3
            ? { type: 'stuck', row: 2, pattern: 0 }
            : { type: 'done', found: new Uint8Array(lengths.length).fill(1) },
      },
    });
    await finish(search);
    expect(search.stop).toMatchObject({ type: 'stuck', pattern: { source: 'e', flags: '' } });
    expect([search.isComplete, search.isCurrent, search.wasComplete]).toEqual([false, false, false]);
    const found = foundRows(search);
    expect(found.length).toBeGreaterThan(1000);
    append(store, texts(1));
    search.step(UNHURRIED);
    expect(foundRows(search)).toEqual(found);
  });

  test('name the row in which they hang', async () => {
    const store = storeOf({ payload: 'a' }, { payload: 'b', kind: FrameKind.sentText }, { payload: 'c' });
    const search = searchOf(searchedRows(store), 'dir:received (/x/ or /y/)', {
      helpers: { runPatterns: async () => ({ type: 'stuck', row: 1, pattern: 1 }) },
    });
    await finish(search);
    expect(search.stop).toEqual({ type: 'stuck', row: 2, pattern: { source: 'y', flags: '' } });
  });

  test('are cancelled when the search is suspended, and run again when it resumes', async () => {
    const store = storeOf(...texts(4));
    const signals: AbortSignal[] = [];
    const search = searchOf(searchedRows(store), '/even/', {
      helpers: {
        runPatterns: (_, { lengths }, signal) => {
          signals.push(signal);
          if (signals.length === 1) {
            return new Promise((resolve) =>
              signal.addEventListener('abort', () => resolve({ type: 'cancelled' })),
            );
          }
          return Promise.resolve({
            type: 'done',
            found: Uint8Array.from(lengths, (length) => (length === 4 ? 1 : 0)),
          });
        },
      },
    });
    search.step(UNHURRIED);
    search.suspend();
    expect(signals[0]?.aborted).toBe(true);
    expect(search.isWaiting).toBe(false);
    await finish(search);
    expect(foundRows(search)).toEqual([0, 2]);
  });
});
