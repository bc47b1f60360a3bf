/** Entry of the worker that keeps blocks on disk: writing and reading there waits, and in a panel nothing may wait. */
import type { Disk } from './disk.ts';
import { IndexedDisk } from './indexed-disk.ts';
import { Keeper } from './keeper.ts';
import type { Ask } from './messages.ts';
import { OpfsDisk } from './opfs-disk.ts';

async function openDisk(name: string): Promise<Disk> {
  return await OpfsDisk.open(name).catch(() => IndexedDisk.open(name));
}

/** The lock goes with this worker, however it ends: the panel waits for it to learn of that. Resolves when it is held. */
function holdLock(name: string): Promise<void> {
  return new Promise((resolve) => {
    void navigator.locks.request(name, () => {
      resolve();
      return new Promise(() => undefined);
    });
  });
}

const keeper = new Keeper(async (name, lock) => {
  await holdLock(lock);
  return await openDisk(name);
});

addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  void keeper.take(data).then((answer) => postMessage(answer));
});
