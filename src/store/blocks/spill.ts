import type { Vault } from '../vault/vault.ts';
import { VaultError } from '../vault/vault-error.ts';
import type { BlockContent, BlockLimits, LossReason } from './block-content.ts';

/** Problems that are reported to the user, once each. */
export type SpillTrouble = 'quota' | 'broken' | 'no-disk';

/** Most bytes that are being written at a time; until they have been written they are in memory too. */
const UNDER_WAY = 8 * 1024 * 1024;
/** Bytes above the limit at which blocks are dropped outright, because the disk is too slow. */
const SLACK = 64 * 1024 * 1024;
/** The disk limit is at least this many volumes, so that little is dropped at a time. */
const VOLUMES = 16;
const VOLUME_SIZE = { least: 1024 * 1024, most: 64 * 1024 * 1024 };

export interface SpillHost {
  openVault(): Vault | undefined;
  contentOf(number: number): BlockContent | undefined;
  /** A block is on disk and need not be in memory any longer. */
  left(number: number): void;
  /** A block has been lost. */
  lost(number: number, reason: LossReason): void;
  /** Bytes of all blocks in memory. */
  heldBytes(): number;
  trouble(trouble: SpillTrouble): void;
}

/** Decides which blocks leave the memory: the oldest first, to disk if there is one, else they are dropped. */
export class Spill {
  /** Sizes in bytes of the blocks that may leave, by number, the oldest first. */
  private staying = new Map<number, number>();
  /** Sizes in bytes of the blocks that are being written, by number. */
  private readonly moving = new Map<number, number>();
  private movingBytes = 0;
  private readonly onDisk = new Set<number>();
  private vault: Vault | undefined;
  private isDiskless = false;
  private needsSpace = false;
  private limits: BlockLimits = { bytes: Number.POSITIVE_INFINITY };
  private readonly told = new Set<SpillTrouble>();

  constructor(private readonly host: SpillHost) {}

  get diskBytes(): number {
    return this.vault?.bytes ?? 0;
  }

  private get diskLimit(): number {
    return this.limits.disk ?? 0;
  }

  /** A block is complete and may leave. */
  add(number: number, bytes: number): void {
    this.staying.set(number, bytes);
  }

  /** A block is no longer needed, wherever it is. */
  forget(number: number): void {
    this.staying.delete(number);
    this.moving.delete(number);
    this.onDisk.delete(number);
    this.vault?.forget(number);
  }

  keepWithin(limits: BlockLimits): void {
    this.limits = limits;
    this.relieveDisk();
    for (const [number, bytes] of this.staying) {
      // Blocks being written will leave by themselves.
      const over = this.host.heldBytes() - this.movingBytes - limits.bytes;
      if (over <= 0) return;
      const vault = this.openVault();
      if (!vault) this.letGo(number);
      else if (!this.needsSpace && this.movingBytes < UNDER_WAY) this.move(vault, number, bytes);
      else if (over > SLACK) this.letGo(number);
      else return;
    }
  }

  /** The content of a block on disk; undefined if it cannot be read, which is reported. */
  async read(number: number): Promise<BlockContent | undefined> {
    const { vault } = this;
    if (!vault) return undefined;
    try {
      return await vault.read(number);
    } catch (error) {
      if (vault === this.vault) this.unreadable(number, error);
      return undefined;
    }
  }

  close(): void {
    this.isDiskless = true;
    const { vault } = this;
    this.vault = undefined;
    void vault?.close();
  }

  private openVault(): Vault | undefined {
    if (this.isDiskless || this.diskLimit <= 0) return undefined;
    this.vault ??= this.host.openVault();
    const { vault } = this;
    if (!vault) return undefined;
    const size = Math.max(VOLUME_SIZE.least, this.diskLimit / VOLUMES);
    vault.volumeSize = Math.min(VOLUME_SIZE.most, size);
    return vault;
  }

  private move(vault: Vault, number: number, bytes: number): void {
    const content = this.host.contentOf(number);
    this.staying.delete(number);
    if (content === undefined) return;
    this.moving.set(number, bytes);
    this.movingBytes += bytes;
    vault.write(number, content, bytes).then(
      () => this.moved(vault, number, bytes),
      (error) => this.notMoved(vault, number, bytes, error),
    );
  }

  private moved(vault: Vault, number: number, bytes: number): void {
    this.movingBytes -= bytes;
    if (vault !== this.vault || !this.moving.delete(number)) {
      vault.forget(number);
      return;
    }
    this.onDisk.add(number);
    this.host.left(number);
    this.goOn();
  }

  private notMoved(vault: Vault, number: number, bytes: number, error: unknown): void {
    this.movingBytes -= bytes;
    if (this.moving.delete(number)) this.takeBack(number, bytes);
    if (vault === this.vault) this.refused(number, error);
    this.goOn();
  }

  /** A block could not be written. */
  private refused(number: number, error: unknown): void {
    const trouble = error instanceof VaultError ? error.trouble : 'no-disk';
    if (trouble === 'quota') {
      this.needsSpace = true;
      this.tell('quota');
    } else if (trouble === 'no-memory') {
      if (this.staying.has(number)) this.letGo(number); // to try again at once would be in vain
    } else {
      this.loseDisk();
    }
  }

  /** To where it was: blocks that were being written beside it may have come back before it. */
  private takeBack(number: number, bytes: number): void {
    const staying = [...this.staying, [number, bytes] as const];
    this.staying = new Map(staying.sort(([one], [other]) => one - other));
  }

  /** A block has been written or not: waiting work may be possible now. */
  private goOn(): void {
    if (this.needsSpace && this.movingBytes === 0) this.makeSpace();
    this.keepWithin(this.limits);
  }

  /** The browser allows no more: the oldest blocks on disk are dropped for the oldest in memory. */
  private makeSpace(): void {
    this.needsSpace = false;
    if (this.freeOldest()) return;
    this.isDiskless = true;
    void this.vault?.close();
    this.vault = undefined;
  }

  private relieveDisk(): void {
    while (this.diskBytes > this.diskLimit && this.freeOldest());
  }

  private freeOldest(): boolean {
    const oldest = this.vault?.oldest() ?? [];
    for (const number of oldest) this.letGo(number);
    return oldest.length > 0;
  }

  private letGo(number: number): void {
    this.forget(number);
    this.host.lost(number, 'memory');
  }

  private unreadable(number: number, error: unknown): void {
    if (!(error instanceof VaultError) || error.trouble === 'no-disk') {
      this.loseDisk();
      return;
    }
    this.forget(number);
    this.host.lost(number, 'broken');
    this.tell('broken');
  }

  /** Nothing can be written or read any longer; capturing continues in memory. */
  private loseDisk(): void {
    this.isDiskless = true;
    this.vault = undefined;
    this.tell(this.onDisk.size > 0 ? 'broken' : 'no-disk');
    for (const number of this.onDisk) this.host.lost(number, 'broken');
    this.onDisk.clear();
  }

  private tell(trouble: SpillTrouble): void {
    if (this.told.has(trouble)) return;
    this.told.add(trouble);
    this.host.trouble(trouble);
  }
}
