import type { Disk } from '../../../src/store/vault/disk.ts';
import { Keeper } from '../../../src/store/vault/keeper.ts';
import type { Answer, Ask } from '../../../src/store/vault/messages.ts';
import { Vault, type VaultWorker } from '../../../src/store/vault/vault.ts';

/** A disk in memory, with the faults of real ones. It outlives the workers that use it. */
class FakeDisk implements Disk {
  readonly volumes = new Map<number, Uint8Array<ArrayBuffer>>();
  /** bytes */
  capacity = Number.POSITIVE_INFINITY;
  isAbsent = false;
  /** Next requests for which there is no memory. */
  withoutMemory = 0;

  get bytes(): number {
    let sum = 0;
    for (const { length } of this.volumes.values()) sum += length;
    return sum;
  }

  async append(volume: number, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    if (this.isAbsent) throw new DOMException('gone', 'InvalidStateError');
    this.allocate();
    if (this.bytes + bytes.length > this.capacity) throw new DOMException('full', 'QuotaExceededError');
    const before = this.volumes.get(volume) ?? new Uint8Array();
    const after = new Uint8Array(before.length + bytes.length);
    after.set(before);
    after.set(bytes, before.length);
    this.volumes.set(volume, after);
    return before.length;
  }

  async read(volume: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.isAbsent) throw new DOMException('gone', 'InvalidStateError');
    this.allocate();
    return (this.volumes.get(volume) ?? new Uint8Array()).slice(offset, offset + length);
  }

  /** @throws RangeError as engines do */
  private allocate(): void {
    if (this.withoutMemory > 0 && this.withoutMemory--)
      throw new RangeError('Array buffer allocation failed');
  }

  async drop(volume: number): Promise<void> {
    this.volumes.delete(volume);
  }

  async close(): Promise<void> {
    this.volumes.clear();
  }

  /** Changes one byte of each volume. */
  damage(): void {
    for (const bytes of this.volumes.values()) {
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 0x55;
    }
  }
}

/** A worker that can be killed, on a disk. */
class FakeWorker implements VaultWorker {
  private readonly keeper: Keeper;
  private isAlive = true;
  private answered: (answer: Answer) => void = () => undefined;
  private died: () => void = () => undefined;

  constructor(disk: FakeDisk) {
    this.keeper = new Keeper(async () => {
      if (disk.isAbsent) throw new DOMException('none', 'NotSupportedError');
      return this.withLife(disk);
    });
  }

  /** What was asked of it before it died is not done any more. */
  private withLife(disk: FakeDisk): Disk {
    const alive = <T>(work: () => Promise<T>) => (this.isAlive ? work() : new Promise<T>(() => undefined));
    return {
      append: (...args) => alive(() => disk.append(...args)),
      read: (...args) => alive(() => disk.read(...args)),
      drop: (volume) => alive(() => disk.drop(volume)),
      close: () => alive(() => disk.close()),
    };
  }

  post(ask: Ask): void {
    void this.keeper.take(structuredClone(ask)).then((answer) => {
      if (this.isAlive) this.answered(structuredClone(answer));
    });
  }

  onAnswer(listener: (answer: Answer) => void): void {
    this.answered = listener;
  }

  onDeath(listener: () => void): void {
    this.died = listener;
  }

  end(): void {
    this.isAlive = false;
  }

  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.died();
  }
}

/** Vaults on one disk, with a hand on their workers. */
export class FakeVaults {
  readonly disk = new FakeDisk();
  readonly workers: FakeWorker[] = [];
  opened = 0;

  open(): Vault {
    this.opened++;
    const vault = new Vault(`panel ${this.opened}`, () => {
      const worker = new FakeWorker(this.disk);
      this.workers.push(worker);
      return worker;
    });
    // As `openVault` does.
    void vault.ended.then(() => this.disk.volumes.clear());
    return vault;
  }

  killWorker(): void {
    this.workers.at(-1)?.kill();
  }
}

/** Lets everything that is under way come to its end; nothing waits for a clock. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 200; round++) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  for (let round = 0; round < 200; round++) await Promise.resolve();
}
