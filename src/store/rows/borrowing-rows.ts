import type { ReadingChoice } from '../../decoders/protocol-signs.ts';
import type { FrameKind } from '../../protocol/frames.ts';
import type { BlockContent } from '../blocks/block-content.ts';
import type { BlockPairs } from '../blocks/block-pairs.ts';
import type { FrameSource, Payloads } from '../query/matching/source.ts';
import type { Remark } from './remarks.ts';

/** Blocks held at a time: adjacent rows may alternate between text, wide text and bytes. */
const MOST = 4;

interface Lender extends FrameSource {
  readBlock(number: number): Promise<BlockContent | undefined>;
}

/** Rows with access to blocks on disk, which are held for a while without displacing others in the cache. */
export class BorrowingRows implements FrameSource {
  private readonly borrowed = new Map<number, BlockContent>();

  private ahead: { readonly number: number; readonly content: Promise<BlockContent | undefined> } | undefined;

  constructor(private readonly rows: Lender) {}

  get isFull(): boolean {
    return this.borrowed.size >= MOST;
  }

  /** A block will be needed next: it is read while the previous one is searched. */
  expect(number: number): void {
    if (number !== this.ahead?.number) this.ahead = { number, content: this.rows.readBlock(number) };
  }

  async borrow(number: number): Promise<void> {
    const { ahead } = this;
    this.ahead = undefined;
    const content = await (ahead?.number === number ? ahead.content : this.rows.readBlock(number));
    if (content !== undefined) this.borrowed.set(number, content);
  }

  giveBack(): void {
    this.borrowed.clear();
  }

  block(number: number): BlockContent | undefined {
    return this.borrowed.get(number) ?? this.rows.block(number);
  }

  isAway(number: number): boolean {
    return !this.borrowed.has(number) && this.rows.isAway(number);
  }

  payload(row: number): string | Uint8Array | undefined {
    const block = this.borrowed.get(this.rows.blockNumber(row));
    if (block === undefined) return this.rows.payload(row);
    const start = this.rows.blockStart(row);
    const end = start + this.rows.blockLength(row);
    return typeof block === 'string' ? block.slice(start, end) : block.subarray(start, end);
  }

  reading(row: number): ReadingChoice | undefined {
    return this.rows.reading(row);
  }

  kind(row: number): FrameKind {
    return this.rows.kind(row);
  }

  flags(row: number): number {
    return this.rows.flags(row);
  }

  size(row: number): number {
    return this.rows.size(row);
  }

  remark(row: number): Remark {
    return this.rows.remark(row);
  }

  time(row: number): number {
    return this.rows.time(row);
  }

  socket(row: number): number {
    return this.rows.socket(row);
  }

  url(row: number): string {
    return this.rows.url(row);
  }

  protocol(row: number): string {
    return this.rows.protocol(row);
  }

  eventText(row: number): string {
    return this.rows.eventText(row);
  }

  blockNumber(row: number): number {
    return this.rows.blockNumber(row);
  }

  blockStart(row: number): number {
    return this.rows.blockStart(row);
  }

  blockLength(row: number): number {
    return this.rows.blockLength(row);
  }

  payloads(row: number): Payloads | undefined {
    return this.rows.payloads(row);
  }

  pairs(number: number): BlockPairs | undefined {
    return this.rows.pairs(number);
  }

  outside(row: number, block: number, from: number, unit: number): number {
    return this.rows.outside(row, block, from, unit);
  }
}
