import { beforeEach, describe, expect, test } from 'vitest';
import type { Vault } from '../../../../src/store/vault/vault.ts';
import { VaultError } from '../../../../src/store/vault/vault-error.ts';
import { FakeVaults, settle } from '../../helpers/fake-vault.ts';

const KB = 1000;

let vaults: FakeVaults;
let vault: Vault;

beforeEach(() => {
  vaults = new FakeVaults();
  vault = vaults.open();
  vault.volumeSize = 10 * KB;
});

function text(kilobytes: number, letter = 'x'): string {
  return letter.repeat(kilobytes * KB);
}

async function writeAll(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) await vault.write(number, text(4, String(number)), 4 * KB);
}

async function troubleOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  return error instanceof VaultError ? error.trouble : undefined;
}

test('blocks can be read back in any order', async () => {
  await writeAll(5);
  expect(await vault.read(4)).toBe(text(4, '4'));
  expect(await vault.read(1)).toBe(text(4, '1'));
  expect(vault.bytes).toBe(20 * KB);
});

test('only the part of a buffer that belongs to a block is sent', async () => {
  await vault.write(1, new Uint8Array(1000).subarray(10, 20), 10);
  expect(vaults.disk.bytes).toBe(10);
});

describe('space', () => {
  test('is freed at the end even if the worker has died', async () => {
    await writeAll(2);
    vaults.killWorker();
    await settle();
    await vault.close();
    expect(vaults.disk.bytes).toBe(0);
  });

  test('is freed as soon as no block of a volume is needed', async () => {
    await writeAll(7); // three in each volume
    expect(vault.oldest()).toEqual([1, 2, 3]);
    for (const number of vault.oldest()) vault.forget(number);
    await settle();
    expect([vault.bytes, vaults.disk.bytes]).toEqual([16 * KB, 16 * KB]);
    expect(vault.oldest()).toEqual([4, 5, 6]);
  });

  test('is taken in a new volume while an old one is being given up', async () => {
    await writeAll(1);
    const writing = vault.write(2, text(1), KB);
    vault.forget(1);
    await writing;
    vault.forget(2);
    await vault.write(3, text(1, '3'), KB);
    await settle();
    expect(await vault.read(3)).toBe(text(1, '3'));
    expect(vaults.disk.bytes).toBe(1 * KB);
  });

  test('that the browser refuses is reported', async () => {
    vaults.disk.capacity = 10 * KB;
    await writeAll(2);
    expect(await troubleOf(vault.write(3, text(4), 4 * KB))).toBe('quota');
    expect(await vault.read(2)).toBe(text(4, '2'));
  });

  test('is freed at the end', async () => {
    await writeAll(3);
    await vault.close();
    await vault.ended;
    expect(vaults.disk.bytes).toBe(0);
    expect(await troubleOf(vault.read(1))).toBe('no-disk');
  });
});

test('a block that has been altered on disk is not returned', async () => {
  await writeAll(1);
  vaults.disk.damage();
  expect(await troubleOf(vault.read(1))).toBe('broken');
});

describe('a worker that dies', () => {
  test('while writing is replaced without loss', async () => {
    await writeAll(2);
    const writing = vault.write(3, text(4, '3'), 4 * KB);
    const reading = vault.read(1);
    vaults.killWorker();
    await writing;
    expect(await reading).toBe(text(4, '1'));
    expect(await vault.read(3)).toBe(text(4, '3'));
    expect(vaults.workers).toHaveLength(2);
  });

  test('while idle is replaced with the next request', async () => {
    await writeAll(1);
    for (let death = 0; death < 10; death++) {
      vaults.killWorker();
      await settle();
    }
    expect(vaults.workers).toHaveLength(1);
    expect(await vault.read(1)).toBe(text(4, '1'));
  });

  test('repeatedly is given up', async () => {
    const writing = troubleOf(vault.write(1, text(1), KB));
    for (let death = 0; death < 10; death++) vaults.killWorker();
    expect(await writing).toBe('no-disk');
    expect(vaults.workers.length).toBeLessThan(6);
  });
});

test('without a disk the first write fails', async () => {
  vaults.disk.isAbsent = true;
  expect(await troubleOf(vault.write(1, text(1), KB))).toBe('no-disk');
});
