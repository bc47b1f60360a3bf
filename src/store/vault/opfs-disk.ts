import { type Disk, VAULTS } from './disk.ts';

/** As workers have it; TypeScript's types of pages do not know it. */
interface SyncAccessHandle {
  getSize(): number;
  read(into: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(size: number): void;
  close(): void;
}

/** ms between two attempts to open a file that a worker which has just died still holds, and how many there are. */
const PATIENCE = { wait: 50, attempts: 60 };

/** Files in the origin private file system, which users do not see. */
export class OpfsDisk implements Disk {
  private readonly handles = new Map<number, SyncAccessHandle>();

  private constructor(
    private readonly parent: FileSystemDirectoryHandle,
    private readonly folder: FileSystemDirectoryHandle,
  ) {}

  /** Rejects if the browser has no such file system. */
  static async open(name: string): Promise<OpfsDisk> {
    const root = await navigator.storage.getDirectory();
    const parent = await root.getDirectoryHandle(VAULTS, { create: true });
    const disk = new OpfsDisk(parent, await parent.getDirectoryHandle(name, { create: true }));
    await disk.handleOf(0); // shows whether files can be opened at all
    return disk;
  }

  async append(volume: number, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    const handle = await this.handleOf(volume);
    const offset = handle.getSize();
    const written = handle.write(bytes, { at: offset });
    if (written === bytes.length) return offset;
    handle.truncate(offset);
    throw new DOMException('the disk is full', 'QuotaExceededError');
  }

  async read(volume: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    const read = (await this.handleOf(volume)).read(bytes, { at: offset });
    return bytes.subarray(0, read);
  }

  async drop(volume: number): Promise<void> {
    this.handles.get(volume)?.close();
    this.handles.delete(volume);
    await this.folder.removeEntry(String(volume)).catch(ignoreAbsence);
  }

  async close(): Promise<void> {
    for (const handle of this.handles.values()) handle.close();
    this.handles.clear();
    await this.parent.removeEntry(this.folder.name, { recursive: true }).catch(ignoreAbsence);
  }

  private async handleOf(volume: number): Promise<SyncAccessHandle> {
    const known = this.handles.get(volume);
    if (known) return known;
    const file = await this.folder.getFileHandle(String(volume), { create: true });
    const handle = await openPatiently(file);
    this.handles.set(volume, handle);
    return handle;
  }
}

async function openPatiently(file: FileSystemFileHandle): Promise<SyncAccessHandle> {
  const { createSyncAccessHandle } = file as { createSyncAccessHandle?: () => Promise<SyncAccessHandle> };
  if (!createSyncAccessHandle) throw new DOMException('no access handles', 'NotSupportedError');
  for (let attempt = 1; ; attempt++) {
    try {
      return await createSyncAccessHandle.call(file);
    } catch (error) {
      const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!isHeld || attempt >= PATIENCE.attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, PATIENCE.wait));
    }
  }
}

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
}
