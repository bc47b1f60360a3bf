import { VAULTS } from './disk.ts';
import { databaseName } from './indexed-disk.ts';
import type { Answer } from './messages.ts';
import { Vault, type VaultWorker } from './vault.ts';

/** ms without an answer after which a worker counts as dead; usually its lock shows that at once. */
const DEAD_AFTER = 30_000;

/** A vault of this page's own. Its name is locked as long as it is in use, so that no other page removes it. */
export function openVault(): Vault {
  const name = crypto.randomUUID();
  const vault = new Vault(name, startWorker);
  // A vault whose workers have died too often could not remove its files.
  void navigator.locks
    .request(lockOf(name), () => vault.ended)
    .then(() => remove(name))
    .catch(() => undefined);
  return vault;
}

function startWorker(lock: string): VaultWorker {
  const worker = new Worker(new URL('./vault-worker.ts', import.meta.url), { type: 'module' });
  const dead = new AbortController();
  const die = () => dead.abort();
  const watch = new SilenceWatch(die);
  worker.addEventListener('error', die);
  return {
    post: (ask) => {
      watch.asked();
      worker.postMessage(ask);
    },
    onAnswer: (listener) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
        watch.answered();
        listener(data);
      });
      // Since its first answer the worker holds the lock; we can only get it when the worker is dead.
      const watchLock = () => void navigator.locks.request(lock, { signal: dead.signal }, die).catch(die);
      worker.addEventListener('message', watchLock, { once: true });
    },
    onDeath: (listener) => dead.signal.addEventListener('abort', listener),
    end: () => {
      die(); // so that nothing waits for the lock any longer
      watch.end();
      worker.terminate();
    },
  };
}

/** Notices if a request is not answered for too long. */
class SilenceWatch {
  private open = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly onSilence: () => void) {}

  asked(): void {
    this.open++;
    this.restart();
  }

  answered(): void {
    this.open--;
    this.restart();
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private restart(): void {
    clearTimeout(this.timer);
    if (this.open > 0) this.timer = setTimeout(this.onSilence, DEAD_AFTER);
  }
}

/** Removes what closed panels have left on disk: a browser gives them no time for that when it closes them. */
export async function clearLeftovers(): Promise<void> {
  const names = await Promise.all([foldersLeft(), databasesLeft()]);
  for (const name of new Set(names.flat())) {
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (lock) await remove(name);
    });
  }
}

/** Missing from TypeScript's types of pages. */
type Folder = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> };

function lockOf(name: string): string {
  return `${VAULTS}/${name}`;
}

async function foldersLeft(): Promise<string[]> {
  const folder = await vaultsFolder();
  if (!folder) return [];
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}

async function databasesLeft(): Promise<string[]> {
  const prefix = databaseName('');
  const databases = await indexedDB.databases().catch(() => []);
  return databases.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
}

async function remove(name: string): Promise<void> {
  const folder = await vaultsFolder();
  await folder?.removeEntry(name, { recursive: true }).catch(() => undefined);
  indexedDB.deleteDatabase(databaseName(name));
}

/** Undefined if there is none, or no such file system. */
async function vaultsFolder(): Promise<Folder | undefined> {
  try {
    return (await (await navigator.storage.getDirectory()).getDirectoryHandle(VAULTS)) as Folder;
  } catch {
    return undefined;
  }
}
