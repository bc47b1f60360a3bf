import type { Vault } from '../vault/vault.ts';
import { BlockCache } from './block-cache.ts';
import {
  type BlockContent,
  type BlockLimits,
  type BlockState,
  joined,
  type LossReason,
  ownCopy,
} from './block-content.ts';
import { BlockPairs, MOST_PAIRED } from './block-pairs.ts';
import { bytesOf, Pool } from './pool.ts';
import { Spill, type SpillTrouble } from './spill.ts';

/** Where a payload is stored. */
export interface Place {
  /** Number of its block, from 1. */
  readonly block: number;
  /** Offset within the block, in units. */
  readonly start: number;
}

/** What the owner of the blocks provides and is told. */
export interface BlocksHost {
  /** Opens storage on disk; undefined if nothing may be written there. */
  openVault(): Vault | undefined;
  /** A block has been lost with all its payloads. */
  lost(number: number, reason: LossReason): void;
  /** A requested block has been read into memory. */
  loaded(): void;
  trouble(trouble: SpillTrouble): void;
}

/** Units at the beginning of a large piece that stay in memory when the rest is moved to disk. */
const HEAD = 1024;

/** Units at which a block is full. */
const FULL = 256 * 1024;
/** A payload of so many units or more is a block of its own: under load, most of the time would otherwise go into joining payloads. */
const WHOLE = FULL / 2;

interface Block {
  readonly pool: Pool;
  /** In order; joined into a single one when the block is full; undefined if they are not in memory. */
  pieces: BlockContent[] | undefined;
  state: BlockState;
  /** The beginning of a large piece that is not in memory: enough to draw the row of a large payload without reading the disk. */
  head: BlockContent | undefined;
  units: number;
  /** Undefined until {@link Blocks.prepare} has computed it. */
  pairs: BlockPairs | undefined;
  /** A large payload, or all those of a large batch. */
  readonly isLarge: boolean;
  /** Segments with rows in it. */
  users: number;
}

/**
 * The payloads of all rows, as few large strings and arrays: what arrives in small pieces is joined. A block grows at its end
 * until it is full; its content does not move. When memory is short, the oldest full blocks are moved to disk.
 */
export class Blocks {
  private readonly blocks = new Map<number, Block>();
  private readonly growing: (number | undefined)[] = [];
  private readonly cache = new BlockCache();
  private readonly reading = new Map<number, Promise<BlockContent | undefined>>();
  private readonly spill: Spill;
  /** Blocks whose pairs of characters are not known yet, the oldest first. */
  private readonly unpaired: number[] = [];
  private lastPairs: BlockPairs | undefined;
  private last = 0;
  private heldBytes = 0;

  constructor(private readonly host: BlocksHost) {
    this.spill = new Spill({
      openVault: () => host.openVault(),
      contentOf: (number) => this.content(number),
      left: (number) => this.leave(number, 'away'),
      lost: (number, reason) => this.lose(number, reason),
      heldBytes: () => this.heldBytes,
      trouble: (trouble) => host.trouble(trouble),
    });
  }

  /** Bytes of memory that the contents take. */
  get bytes(): number {
    return this.heldBytes;
  }

  get diskBytes(): number {
    return this.spill.diskBytes;
  }

  add(pool: Pool, piece: BlockContent): Place {
    this.heldBytes += bytesOf(pool, piece.length);
    if (piece.length >= WHOLE) {
      const number = this.begin(pool, piece);
      this.settle(number, bytesOf(pool, piece.length));
      return { block: number, start: 0 };
    }
    const number = this.growing[pool];
    const block = number === undefined ? undefined : this.blocks.get(number);
    if (number === undefined || !block?.pieces) {
      const begun = this.begin(pool, piece);
      this.growing[pool] = begun;
      return { block: begun, start: 0 };
    }
    const start = block.units;
    block.pieces.push(piece);
    block.units += piece.length;
    if (block.units >= FULL) this.close(pool);
    return { block: number, start };
  }

  /** Ends the blocks that still grow. */
  closeAll(): void {
    for (const pool of Object.values(Pool)) this.close(pool);
  }

  /** Undefined where it is not in memory. */
  content(number: number): BlockContent | undefined {
    const block = this.blocks.get(number);
    if (!block?.pieces) return this.cache.get(number);
    if (block.pieces.length > 1) block.pieces = [joined(block.pieces)];
    return block.pieces[0];
  }

  /** The pairs of characters that a full block holds; undefined until they have been computed. */
  pairs(number: number): BlockPairs | undefined {
    return this.blocks.get(number)?.pairs;
  }

  /** True if there are blocks that {@link prepare} can do something for. */
  get isToPrepare(): boolean {
    return this.unpaired.length > 0;
  }

  /** Prepares a block, the newest first, so that it can be searched faster. Takes less than 1 ms, for large blocks a few. */
  prepare(): void {
    const number = this.unpaired.pop();
    if (number !== undefined) this.pair(number);
  }

  /** The beginning of a large block which is on disk. */
  head(number: number): BlockContent | undefined {
    return this.blocks.get(number)?.head;
  }

  state(number: number): BlockState {
    const state = this.blocks.get(number)?.state ?? 'memory';
    return state === 'away' && this.cache.has(number) ? 'here' : state;
  }

  /** Reads a block back, if need be; it does not stay in memory for that. */
  async read(number: number): Promise<BlockContent | undefined> {
    const content = this.content(number);
    if (content !== undefined || this.state(number) !== 'away') return content;
    const reading = this.reading.get(number) ?? this.spill.read(number);
    this.reading.set(number, reading);
    try {
      return await reading;
    } finally {
      this.reading.delete(number);
    }
  }

  /** Reads a block back, if need be, and keeps it for a while. */
  async load(number: number): Promise<BlockContent | undefined> {
    const content = await this.read(number);
    if (content !== undefined && this.state(number) === 'away') this.cache.put(number, content);
    return content;
  }

  /** Requests that a block be read into memory; the host is told when it is. */
  want(number: number): void {
    if (this.state(number) !== 'away' || this.reading.has(number)) return;
    void this.load(number).then(() => this.host.loaded());
  }

  /** One more segment has rows in a block. */
  retain(number: number): void {
    const block = this.blocks.get(number);
    if (block) block.users++;
  }

  /** A segment with rows in a block is gone; the block goes with the last one. */
  release(number: number): void {
    const block = this.blocks.get(number);
    if (!block || --block.users > 0) return;
    if (block.pieces) this.heldBytes -= bytesOf(block.pool, block.units);
    this.blocks.delete(number);
    this.cache.delete(number);
    this.spill.forget(number);
    if (this.growing[block.pool] === number) this.growing[block.pool] = undefined;
  }

  /** Moves the oldest blocks to the disk, or drops them, until the limits are kept. */
  keepWithin(limits: BlockLimits): void {
    this.spill.keepWithin(limits);
  }

  /** Frees everything. */
  discard(): void {
    this.spill.close();
  }

  private begin(pool: Pool, piece: BlockContent): number {
    this.blocks.set(++this.last, {
      pool,
      pieces: [piece],
      state: 'here',
      head: undefined,
      units: piece.length,
      pairs: undefined,
      isLarge: piece.length >= FULL,
      users: 0,
    });
    return this.last;
  }

  private close(pool: Pool): void {
    const number = this.growing[pool];
    this.growing[pool] = undefined;
    const block = number === undefined ? undefined : this.blocks.get(number);
    if (number === undefined || !block) return;
    this.content(number);
    this.settle(number, bytesOf(pool, block.units));
  }

  /** A block has its whole content. */
  private settle(number: number, bytes: number): void {
    this.spill.add(number, bytes);
    this.unpaired.push(number);
  }

  private pair(number: number): void {
    const block = this.blocks.get(number);
    if (!block || block.pairs || block.units > MOST_PAIRED) return;
    const content = block.pieces?.[0];
    if (content === undefined) return;
    block.pairs = BlockPairs.of(content, this.lastPairs);
    this.lastPairs = block.pairs;
  }

  private leave(number: number, state: BlockState): void {
    const block = this.blocks.get(number);
    if (!block) return;
    if (state === 'away') this.pair(number);
    const [piece, more] = block.pieces ?? [];
    const hasHead = state === 'away' && piece !== undefined && more === undefined && block.isLarge;
    block.head = hasHead ? ownCopy(piece.slice(0, HEAD)) : undefined;
    if (block.pieces) this.heldBytes -= bytesOf(block.pool, block.units);
    block.pieces = undefined;
    block.state = state;
  }

  private lose(number: number, reason: LossReason): void {
    this.leave(number, reason);
    this.cache.delete(number);
    if (this.blocks.has(number)) this.host.lost(number, reason);
  }
}
