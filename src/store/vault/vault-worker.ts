/** Entry of the worker that keeps blocks on disk: reading and writing block, which must not happen in a panel. */
import type { Disk } from './disk.ts';
import { IndexedDisk } from './indexed-disk.ts';
import { Keeper } from './keeper.ts';
import type { Ask } from './messages.ts';
import { OpfsDisk } from './opfs-disk.ts';

async function openDisk(name: string): Promise<Disk> {
  return await OpfsDisk.open(name).catch(() => IndexedDisk.open(name));
}

/** The lock is released when this worker ends, for whatever reason; the panel waits for it to notice that. Resolves when it is held. */
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
