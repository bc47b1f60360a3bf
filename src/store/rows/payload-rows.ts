import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import { isBinaryKind } from '../../protocol/guards.ts';
import type { BlockContent } from '../blocks/block-content.ts';
import type { BlockPairs } from '../blocks/block-pairs.ts';
import type { Blocks } from '../blocks/blocks.ts';
import type { PayloadState } from '../store-host.ts';
import { Rows } from './rows.ts';
import { placeIn, SEGMENT_ROWS } from './segment.ts';

const ABSENT = FrameFlag.pending | FrameFlag.payloadGone;

/** Access to the payloads of rows: immediate if they are in memory, else asynchronous. */
export abstract class PayloadRows extends Rows {
  protected abstract readonly blocks: Blocks;

  /** Bytes of memory that the payloads take. */
  get bytes(): number {
    return this.blocks.bytes;
  }

  /** Bytes of disk that the payloads take. */
  get diskBytes(): number {
    return this.blocks.diskBytes;
  }

  payloadState(row: number): PayloadState {
    const kind = this.kind(row);
    if (kind >= FrameKind.open || this.flags(row) & ABSENT) return 'none';
    const number = this.blockNumber(row);
    return number === 0 ? 'here' : this.blocks.state(number);
  }

  /** Requests that a payload on disk be loaded; the host is told when it is. */
  want(row: number): void {
    this.blocks.want(this.blockNumber(row));
  }

  /** The whole payload, from the disk if it is there; undefined as for {@link payload}, and where it has been let go. */
  async load(row: number): Promise<string | Uint8Array | undefined> {
    const number = this.blockNumber(row);
    const block = number === 0 ? undefined : await this.blocks.load(number);
    const isGone = this.blockNumber(row) !== number; // the row was dropped meanwhile
    return block === undefined || isGone ? this.payload(row) : this.cut(block, row, Number.POSITIVE_INFINITY);
  }

  /** The whole payload if it is in memory; undefined for events too, and where the contents are pending or gone. */
  payload(row: number): string | Uint8Array | undefined {
    return this.head(row, Number.POSITIVE_INFINITY);
  }

  /** The first `units` (UTF-16 units or bytes) of the payload, without reading the rest. */
  head(row: number, units: number): string | Uint8Array | undefined {
    const number = this.blockNumber(row);
    if (number === 0) return this.emptyPayload(row);
    const block = this.block(number);
    if (block !== undefined) return this.cut(block, row, units);
    const beginning = this.blocks.head(number);
    const end = this.blockStart(row) + Math.min(this.blockLength(row), units);
    return beginning !== undefined && end <= beginning.length ? this.cut(beginning, row, units) : undefined;
  }

  /**
   * Payloads of many rows, one after the other. The newest blocks still grow at their ends.
   * @returns undefined where it is not in memory
   */
  block(number: number): BlockContent | undefined {
    return this.blocks.content(number);
  }

  /** The pairs of characters that occur in a block; undefined if they are not known. */
  pairs(number: number): BlockPairs | undefined {
    return this.blocks.pairs(number);
  }

  /** True if there is something that {@link prepare} can do. */
  get isToPrepare(): boolean {
    return this.blocks.isToPrepare;
  }

  /** Does a small part of the work that makes searching faster; to be called when idle. */
  prepare(): void {
    this.blocks.prepare();
  }

  /** True for a block that is not in memory and can be read from the disk. */
  isAway(number: number): boolean {
    return this.blocks.state(number) === 'away';
  }

  /** As {@link block}, from the disk if it is there; it does not stay in memory for that. */
  readBlock(number: number): Promise<BlockContent | undefined> {
    return this.blocks.read(number);
  }

  /**
   * The first row from `row` on whose payload is outside a range of units of a block: earlier ones are of no interest
   * if nothing was found in that range. At most the end of the row's stretch.
   */
  outside(row: number, block: number, from: number, unit: number): number {
    const segment = this.segmentOf(row);
    if (!segment || row >= this.end) return row;
    const first = row - placeIn(row);
    const to = Math.min(this.end - first, SEGMENT_ROWS);
    return first + segment.outside(placeIn(row), to, block, from, unit);
  }

  private cut(block: BlockContent, row: number, units: number): string | Uint8Array {
    const start = this.blockStart(row);
    const end = start + Math.min(this.blockLength(row), units);
    return typeof block === 'string' ? block.slice(start, end) : block.subarray(start, end);
  }

  /** An empty message is a message, although it takes nothing from a block. */
  private emptyPayload(row: number): string | Uint8Array | undefined {
    const kind = this.kind(row);
    const isThere = kind < FrameKind.open && !(this.flags(row) & ABSENT);
    if (!isThere) return undefined;
    return isBinaryKind(kind) ? new Uint8Array() : '';
  }
}
