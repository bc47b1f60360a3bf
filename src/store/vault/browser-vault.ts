import { VAULTS } from './disk.ts';
import { databaseName } from './indexed-disk.ts';
import type { Answer } from './messages.ts';
import { Vault, type VaultWorker } from './vault.ts';

/** ms without an answer after which a worker counts as dead; usually its lock tells at once. */
const DEAD_AFTER = 30_000;

/** A vault of this page's own. Its name is locked for as long as it is used, so that no other page clears it away. */
export function openVault(): Vault {
  const name = crypto.randomUUID();
  const vault = new Vault(name, startWorker);
  void navigator.locks.request(lockOf(name), () => vault.ended);
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
      // With its first answer the worker holds the lock; it can be ours only when the worker is dead.
      const watchLock = () => void navigator.locks.request(lock, { signal: dead.signal }, die).catch(die);
      worker.addEventListener('message', watchLock, { once: true });
    },
    onDeath: (listener) => dead.signal.addEventListener('abort', listener),
    end: () => {
      die(); // so that nobody waits for the lock any more
      watch.end();
      worker.terminate();
    },
  };
}

/** Notices if what was asked stays without an answer for too long. */
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

/** Removes what panels have left on disk that are not there any more: a browser gives no time for that when it closes one. */
export async function clearLeftovers(): Promise<void> {
  const names = await Promise.all([foldersLeft(), databasesLeft()]);
  for (const name of new Set(names.flat())) {
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (lock) await remove(name);
    });
  }
}

/** What TypeScript's types of pages do not know. */
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

/** Undefined where there is none, or no such file system at all. */
async function vaultsFolder(): Promise<Folder | undefined> {
  try {
    return (await (await navigator.storage.getDirectory()).getDirectoryHandle(VAULTS)) as Folder;
  } catch {
    return undefined;
  }
}
