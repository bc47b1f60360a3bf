import { type Disk, VAULTS } from './disk.ts';

const BLOCKS = 'blocks';

/** Name of the database of one panel. */
export function databaseName(name: string): string {
  return `${VAULTS}/${name}`;
}

/** A database, for browsers without an origin private file system. Its keys are volume and offset. */
export class IndexedDisk implements Disk {
  /** Bytes in each volume. */
  private readonly sizes = new Map<number, number>();

  private constructor(
    private readonly name: string,
    private readonly database: IDBDatabase,
  ) {}

  static async open(name: string): Promise<IndexedDisk> {
    const request = indexedDB.open(databaseName(name), 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(BLOCKS);
    });
    return new IndexedDisk(name, await result(request));
  }

  async append(volume: number, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    const offset = this.sizes.get(volume) ?? (await this.sizeOf(volume));
    const transaction = this.database.transaction(BLOCKS, 'readwrite', { durability: 'relaxed' });
    transaction.objectStore(BLOCKS).put(bytes, [volume, offset]);
    await completion(transaction);
    this.sizes.set(volume, offset + bytes.length);
    return offset;
  }

  async read(volume: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const blocks = this.database.transaction(BLOCKS).objectStore(BLOCKS);
    const found: unknown = await result(blocks.get([volume, offset]));
    return found instanceof Uint8Array ? new Uint8Array(found).subarray(0, length) : new Uint8Array();
  }

  async drop(volume: number): Promise<void> {
    const transaction = this.database.transaction(BLOCKS, 'readwrite');
    transaction.objectStore(BLOCKS).delete(keysOf(volume));
    await completion(transaction);
    this.sizes.delete(volume);
  }

  async close(): Promise<void> {
    this.database.close();
    await result(indexedDB.deleteDatabase(databaseName(this.name)));
  }

  /** A worker that replaces a dead one does not know how far that had got. */
  private async sizeOf(volume: number): Promise<number> {
    const blocks = this.database.transaction(BLOCKS).objectStore(BLOCKS);
    const cursor = await result(blocks.openCursor(keysOf(volume), 'prev'));
    const bytes: unknown = cursor?.value;
    const key: unknown = cursor?.key;
    const offset: unknown = Array.isArray(key) ? key[1] : undefined;
    return bytes instanceof Uint8Array && typeof offset === 'number' ? offset + bytes.length : 0;
  }
}

function keysOf(volume: number): IDBKeyRange {
  return IDBKeyRange.bound([volume], [volume, Number.POSITIVE_INFINITY]);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

function completion(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error));
  });
}
