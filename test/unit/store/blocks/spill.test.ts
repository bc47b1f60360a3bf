import { beforeEach, describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import type { SpillTrouble } from '../../../../src/store/blocks/spill.ts';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import { FakeVaults, settle } from '../../helpers/fake-vault.ts';
import { batchOf } from '../../helpers/frames.ts';

const MIB = 1024 * 1024;
const NO_LIMIT = Number.POSITIVE_INFINITY;

let vaults: FakeVaults;
let store: FrameStore;
let lost: string[];
let troubles: SpillTrouble[];
let loads: number;

beforeEach(() => {
  vaults = new FakeVaults();
  lost = [];
  troubles = [];
  loads = 0;
  store = new FrameStore({
    openVault: () => vaults.open(),
    payloadLost: (row, reason) => lost.push(`${row} ${reason}`),
    loaded: () => loads++,
    trouble: (trouble) => troubles.push(trouble),
  });
});

const text = (row: number) => String(row).repeat(MIB);

/** Rows of one MiB each, each a block of its own. */
function append(count: number): void {
  for (let left = count; left > 0; left--) {
    store.append(batchOf([{ payload: text(store.endRow % 10) }]), 0, (id) => id);
  }
}

function trim(bytes: number, disk: number): void {
  store.trim({ bytes, disk, rows: NO_LIMIT }, () => undefined);
}

function states(): string[] {
  return Array.from({ length: store.endRow }, (_, row) => store.payloadState(row));
}

test('the oldest payloads are moved to disk and are readable throughout', async () => {
  append(5);
  trim(2 * MIB, 100 * MIB);
  expect(states()).toEqual(['here', 'here', 'here', 'here', 'here']);
  await settle();
  expect(states()).toEqual(['away', 'away', 'away', 'here', 'here']);
  expect([store.bytes, store.diskBytes]).toEqual([2 * MIB, 3 * MIB]);
  expect([store.payload(0), store.size(0), lost]).toEqual([undefined, MIB, []]);
});

test('the disk is not used while there is enough memory', async () => {
  append(5);
  trim(5 * MIB, 100 * MIB);
  await settle();
  expect(vaults.opened).toBe(0);
});

describe('a payload on disk', () => {
  beforeEach(async () => {
    append(4);
    trim(MIB, 100 * MIB);
    await settle();
  });

  test('can be loaded and is cached for a while', async () => {
    expect((await store.load(1)) === text(1)).toBe(true);
    expect([store.payload(1) === text(1), store.payloadState(1)]).toEqual([true, 'here']);
    expect(store.bytes).toBe(MIB);
  });

  test('shows its beginning without being read, if it is large', () => {
    expect([store.head(1, 241), store.head(1, 2000), loads]).toEqual(['1'.repeat(241), undefined, 0]);
  });

  test('that arrived in one large batch with others shows nothing of them', async () => {
    const payloads = ['first', 'second', 'x'.repeat(MIB), 'last'];
    const first = store.append(batchOf(payloads.map((payload) => ({ payload }))), 0, (id) => id);
    append(2);
    trim(0, 100 * MIB);
    await settle();
    expect(states().slice(first, first + 4)).toEqual(['away', 'away', 'away', 'away']);
    const heads = payloads.map((_, index) => store.head(first + index, 241));
    expect(heads).toEqual(['first', 'second', 'x'.repeat(241), undefined]);
    expect(await store.load(first + 1)).toBe('second');
  });

  test('that is requested is loaded once, and the owner is told', async () => {
    store.want(1);
    store.want(1);
    await settle();
    expect([loads, store.payloadState(1)]).toEqual([1, 'here']);
    store.want(1);
    await settle();
    expect(loads).toBe(1);
  });

  test('is not taken for an empty one when its row is dropped while it is loaded', async () => {
    const frames = Array.from({ length: 16_384 }, () => ({ payload: 'x' }));
    store.append(batchOf(frames), 0, (id) => id);
    const loaded = store.load(1);
    store.trim({ bytes: MIB, disk: 100 * MIB, rows: 1 }, () => undefined);
    expect(store.firstRow).toBe(16_384);
    expect(await loaded).toBeUndefined();
  });

  test('is not cached by a search', async () => {
    expect((await store.readBlock(store.blockNumber(2))) === text(2)).toBe(true);
    expect(store.payloadState(2)).toBe('away');
  });

  test('is evicted from the cache by others', async () => {
    append(40);
    trim(MIB, 100 * MIB);
    for (let rounds = 0; rounds < 10; rounds++) await settle();
    for (let row = 0; row < 40; row++) await store.load(row);
    const here = states().filter((state) => state === 'here').length;
    expect(here).toBeLessThan(20);
    expect([store.payloadState(0), store.payloadState(39)]).toEqual(['away', 'here']);
  });

  test('that is damaged is marked and reported once, and others are unaffected', async () => {
    vaults.disk.damage(); // hits the middle of the volume: row 1
    expect(await store.load(1)).toBeUndefined();
    expect(await store.load(1)).toBeUndefined();
    expect([states().slice(0, 3), lost, troubles]).toEqual([
      ['away', 'broken', 'away'],
      ['1 broken'],
      ['broken'],
    ]);
    expect((await store.load(2)) === text(2)).toBe(true);
  });

  test('is dropped when the disk limit is reached, the oldest first', async () => {
    trim(MIB, 2 * MIB);
    await settle();
    expect([states(), lost, troubles]).toEqual([
      ['memory', 'memory', 'memory', 'here'].slice(0, 4),
      lost,
      [],
    ]);
    expect(lost.length).toBe(3);
    expect(vaults.disk.bytes).toBe(0);
  });

  test('is removed with the store', async () => {
    store.discard();
    await settle();
    expect(vaults.disk.bytes).toBe(0);
  });
});

test('a volume is a small part of the disk limit, so that little is dropped at a time', async () => {
  append(40);
  trim(MIB, 32 * MIB);
  for (let rounds = 0; rounds < 10; rounds++) await settle();
  expect(store.diskBytes).toBeLessThanOrEqual(32 * MIB);
  expect(store.diskBytes).toBeGreaterThan(28 * MIB);
  expect(lost.length).toBeLessThan(12);
});

test("when the browser's quota is reached, the oldest payloads on disk are dropped, which is reported once", async () => {
  vaults.disk.capacity = 6 * MIB;
  append(20);
  trim(MIB, 32 * MIB);
  for (let rounds = 0; rounds < 20; rounds++) await settle();
  expect(troubles).toEqual(['quota']);
  expect(states().filter((state) => state === 'away').length).toBeGreaterThan(2);
  expect(states().slice(-1)).toEqual(['here']);
  expect(store.bytes).toBe(MIB);
});

test("when the browser's quota is reached, no payload is dropped before one that is older", async () => {
  append(20);
  for (let capacity = 6; capacity >= 2; capacity--) {
    vaults.disk.capacity = capacity * MIB;
    append(4);
    trim(MIB, 32 * MIB);
    for (let rounds = 0; rounds < 20; rounds++) await settle();
    const order = states().filter((state, row, all) => state !== all[row - 1]);
    expect(order).toEqual(['memory', 'away', 'here']);
  }
});

test('without a disk the oldest payloads are dropped, which is reported once', async () => {
  vaults.disk.isAbsent = true;
  append(5);
  trim(2 * MIB, 100 * MIB);
  await settle();
  expect([states(), troubles]).toEqual([['memory', 'memory', 'memory', 'here', 'here'], ['no-disk']]);
});

test('each row of a block is told of once when it is lost, whichever pools its neighbours are in and whenever its contents came', () => {
  const { pending } = FrameFlag;
  const later = { kind: FrameKind.receivedText, flags: pending };
  store.append(
    batchOf([{ payload: 'a' }, { payload: Uint8Array.of(1) }, later, { payload: '€' }]),
    0,
    (id) => id,
  );
  store.append(
    batchOf([{ payload: '' }, later, { payload: 'b' }, { kind: FrameKind.open }, later]),
    0,
    (id) => id,
  );
  store.setContent(5, 'late');
  store.setContent(2, 'later');
  append(1);
  store.append(batchOf(Array.from({ length: 20_000 }, () => ({ payload: 'c' }))), 0, (id) => id); // ends the blocks
  trim(0, 0);
  expect(lost.filter((row) => /^\d /.test(row)).sort()).toEqual(
    [0, 1, 2, 3, 5, 6, 9].map((row) => `${row} memory`),
  );
  expect(new Set(lost).size).toBe(lost.length);
});

describe('a worker without memory', () => {
  test('for one block that is to be written costs that block alone', async () => {
    append(4);
    vaults.disk.withoutMemory = 1;
    trim(MIB, 100 * MIB);
    await settle();
    expect([states(), lost, troubles]).toEqual([['memory', 'away', 'away', 'here'], ['0 memory'], []]);
    expect((await store.load(1)) === text(1)).toBe(true);
  });

  test('for one block that is read costs that block alone, and says so', async () => {
    append(4);
    trim(MIB, 100 * MIB);
    await settle();
    vaults.disk.withoutMemory = 1;
    expect(await store.load(1)).toBeUndefined();
    expect([states(), lost, troubles]).toEqual([
      ['away', 'broken', 'away', 'here'],
      ['1 broken'],
      ['broken'],
    ]);
    expect((await store.load(2)) === text(2)).toBe(true);
  });

  test('at all loses what does not fit into memory, and ends', async () => {
    append(4);
    vaults.disk.withoutMemory = Number.POSITIVE_INFINITY;
    trim(MIB, 100 * MIB);
    await settle();
    expect(states()).toEqual(['memory', 'memory', 'memory', 'here']);
  });
});

test('a worker that is killed while writing costs no payload', async () => {
  append(6);
  trim(MIB, 100 * MIB);
  vaults.killWorker();
  await settle();
  vaults.killWorker();
  expect((await store.load(0)) === text(0)).toBe(true);
  expect([lost, troubles]).toEqual([[], []]);
});

test('dropped rows free their space on disk', async () => {
  store.append(batchOf(Array.from({ length: 16_384 }, () => ({ payload: 'x'.repeat(100) }))), 0, (id) => id);
  append(1);
  trim(0, 100 * MIB);
  await settle();
  expect(vaults.disk.bytes).toBeGreaterThan(1_600_000);
  store.trim({ bytes: 0, disk: 100 * MIB, rows: 1 }, () => undefined);
  await settle();
  expect(store.firstRow).toBe(16_384);
  expect(store.diskBytes).toBe(store.payloadState(16_384) === 'away' ? vaults.disk.bytes : 0);
});
