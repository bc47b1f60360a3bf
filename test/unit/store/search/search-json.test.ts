import { describe, expect, test } from 'vitest';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import { FakeVaults, settle } from '../../helpers/fake-vault.ts';
import { batchOf, type PlainFrame } from '../../helpers/frames.ts';
import { finish, foundRows, searchedRows, searchOf } from './search-world.ts';

async function found(store: FrameStore, filter: string): Promise<number[]> {
  const search = searchOf(searchedRows(store), filter);
  await finish(search);
  return foundRows(search);
}

function storeOf(frames: readonly PlainFrame[]): FrameStore {
  const store = new FrameStore();
  store.append(batchOf(frames), 0, (id) => id);
  return store;
}

describe('JSON in many rows', () => {
  const trade = (seq: number) =>
    JSON.stringify({ type: 'trade', data: { symbol: seq % 10 ? 'ETH' : 'BTC', price: seq } });
  const store = storeOf(
    Array.from({ length: 40_000 }, (_, row) => ({ payload: row % 4 === 3 ? 'ping "symbol"' : trade(row) })),
  );

  test.each([
    ['$.data.symbol == "BTC"', (row: number) => row % 10 === 0],
    ['$.data.price >= 39990', (row: number) => row >= 39_990],
    ['-$.data', () => false],
    ['$.symbol', () => false],
    ['$.data.symbol ~ /^b/i $.data.price < 50', (row: number) => row % 10 === 0 && row < 50],
  ])('%s', async (filter, passes) => {
    const expected = Array.from({ length: 40_000 }, (_, row) => row).filter((row) =>
      row % 4 === 3 ? filter.startsWith('-') : passes(row),
    );
    expect(await found(store, filter)).toEqual(expected);
  });
});

test('a row that is too large for one step is resumed where it was left', () => {
  const items = Array.from({ length: 200_000 }, (_, index) => ({ n: index }));
  const store = storeOf([{ payload: JSON.stringify({ items, wanted: 5 }) }, { payload: '{"wanted":6}' }]);
  let now = 0;
  const search = searchOf(searchedRows(store), '$.wanted == 5', { now: () => now++ });
  let steps = 0;
  while (!search.isComplete && steps++ < 1000) search.step(2);
  expect(search.isComplete).toBe(true);
  expect(steps).toBeGreaterThan(5);
  expect(foundRows(search)).toEqual([0]);
});

test('rows are read from disk for it', async () => {
  const vaults = new FakeVaults();
  const store = new FrameStore({
    openVault: () => vaults.open(),
    payloadLost: () => undefined,
    loaded: () => undefined,
    trouble: () => undefined,
  });
  const pad = 'x'.repeat(50_000);
  for (let row = 0; row < 50; row++) {
    const text = JSON.stringify({ pad, row });
    const payload = row % 10 === 5 ? new TextEncoder().encode(text) : text;
    store.append(batchOf([{ payload }]), 0, (id) => id);
  }
  store.trim({ bytes: 0, disk: 1e9, rows: 1e9 }, () => undefined);
  for (let round = 0; round < 5; round++) await settle();
  expect(store.payloadState(0)).toBe('away');
  expect(await found(store, '$.row < 7')).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(await found(store, '$.row ~ /^1.$/')).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
});

test.each([
  ['$.body.id == 3', [0]],
  ['$.body[*].id == 3', [1]],
  ['$.body[1].name ~ /^t/', [1]],
  ['$.body contains "id"', [0, 1]],
  ['-$.body.id', [1, 2]],
])('JSON in a string is gone into by a path: %s', async (filter, rows) => {
  const body = JSON.stringify([{ id: 1 }, { id: 3, name: 'third' }]);
  const store = storeOf([
    { payload: JSON.stringify({ body: '{"id":3}' }) },
    { payload: JSON.stringify({ body }) },
    { payload: '{"body":"none"}' },
  ]);
  expect(await found(store, filter)).toEqual(rows);
});
