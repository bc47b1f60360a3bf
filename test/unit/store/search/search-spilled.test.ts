import { beforeEach, describe, expect, test } from 'vitest';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import { FakeVaults, settle } from '../../helpers/fake-vault.ts';
import { batchOf, type PlainFrame } from '../../helpers/frames.ts';
import { finish, foundRows, searchedRows, searchOf } from './search-world.ts';

const PAD = 'x'.repeat(50_000);

let vaults: FakeVaults;
let store: FrameStore;

/** A hundred rows, of text, wide text and bytes by turns, of which the newest few are in memory. */
beforeEach(async () => {
  vaults = new FakeVaults();
  store = new FrameStore({
    openVault: () => vaults.open(),
    payloadLost: () => undefined,
    loaded: () => undefined,
    trouble: () => undefined,
  });
  const frames = Array.from({ length: 100 }, (_, row): PlainFrame => {
    const text = `number ${row}.${PAD}`;
    if (row % 10 === 3) return { payload: `${text}€` };
    return { payload: row % 10 === 6 ? new TextEncoder().encode(text) : text };
  });
  for (const frame of frames) store.append(batchOf([frame]), 0, (id) => id);
  store.trim({ bytes: 0, disk: 1e9, rows: 1e9 }, () => undefined);
  for (let round = 0; round < 5; round++) await settle();
});

async function found(filter: string): Promise<number[]> {
  const search = searchOf(searchedRows(store), filter);
  await finish(search);
  return foundRows(search);
}

describe('rows whose payload is on disk', () => {
  test.each([
    { filter: 'number', rows: Array.from({ length: 100 }, (_, row) => row) },
    { filter: '"number 3."', rows: [3] },
    { filter: '"number 66."', rows: [66] },
    { filter: '/number 1[36]\\./', rows: [13, 16] },
    { filter: '-number', rows: [] },
    { filter: '/r 5\\./ or "r 6."', rows: [5, 6] },
  ])('are found by $filter', async ({ filter, rows }) => {
    expect(await found(filter)).toEqual(rows);
  });

  test('do not stay in memory after being searched', async () => {
    await found('number');
    expect(store.payloadState(0)).toBe('away');
  });

  test('are read one block ahead of the search', async () => {
    const rows = searchedRows(store);
    let underWay = 0;
    let most = 0;
    const search = searchOf(
      Object.assign(rows, {
        async readBlock(number: number) {
          most = Math.max(most, ++underWay);
          const content = await store.readBlock(number);
          underWay--;
          return content;
        },
      }),
      'number',
    );
    await finish(search);
    expect(search.view.length).toBe(100);
    expect(most).toBe(2);
  });

  test('are not found by an expression that matches an empty text, if they are damaged', async () => {
    vaults.disk.damage();
    const rows = await found('/^y*/');
    expect(rows.length).toBeLessThan(100);
    expect(rows).toEqual(rows.filter((row) => store.payloadState(row) !== 'broken'));
  });

  test('are not found, and do not block the search, if they are damaged', async () => {
    vaults.disk.damage();
    const rows = await found('number');
    expect(rows.length).toBeLessThan(100);
    expect(rows).toEqual(rows.filter((row) => store.payloadState(row) !== 'broken'));
    expect((await found('-number')).every((row) => store.payloadState(row) === 'broken')).toBe(true);
  });
});
