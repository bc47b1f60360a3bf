import { utf8Length } from '../decoders/bytes.ts';
import { type CloseDetail, type FrameBatch, FrameFlag, FrameKind } from '../protocol/frames.ts';
import { isBinaryKind } from '../protocol/guards.ts';
import type { GapReason } from './ledger.ts';

/** Rows of one segment; segments are made and dropped whole. */
const SEGMENT_ROWS = 16_384;

/** Frames that are not in the store, as one row. */
export interface Gap {
  readonly frames: number;
  /** bytes on the wire; 0 where nobody knows */
  readonly bytes: number;
  readonly reason: GapReason;
}

/** What few rows have. */
interface Detail {
  readonly stack?: string | undefined;
  readonly close?: CloseDetail | undefined;
  readonly gap?: Gap | undefined;
}

/** The columns of {@link SEGMENT_ROWS} rows. */
interface Segment {
  readonly kinds: Uint8Array;
  readonly flags: Uint8Array;
  readonly sockets: Uint32Array;
  readonly times: Float64Array;
  /** bytes on the wire */
  readonly sizes: Float64Array;
  /** index of the block that holds the payload, plus one; 0 for none */
  readonly blocks: Uint32Array;
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly details: Map<number, Detail>;
}

type Block = string | Uint8Array;

/** What the store may hold before its oldest rows are let go. */
export interface StoreLimits {
  readonly rows: number;
  /** bytes of payload */
  readonly bytes: number;
}

/** Appends the rows of one batch from where it stopped up to an index, not included. */
export interface BatchAppender {
  appendUpTo(index: number): void;
}

/** Told of a frame that is let go to stay within the limits. */
export type Evicted = (row: number) => void;

/**
 * Frames in the order of their arrival, as columns over whole batch strings: a million small frames cost little more than
 * their payloads, because a payload becomes a string of its own only where it is shown. Rows are numbered from 0 on and keep
 * their number; {@link firstRow} is the oldest that is still there.
 */
export class FrameStore {
  private readonly segments: (Segment | undefined)[] = [];
  private readonly blocks: (Block | undefined)[] = [];
  private firstBlock = 0;
  private first = 0;
  private end = 0;
  private payloadBytes = 0;

  /** The oldest row that is still there. */
  get firstRow(): number {
    return this.first;
  }

  /** One past the newest row. */
  get endRow(): number {
    return this.end;
  }

  /** Bytes of payload held. */
  get bytes(): number {
    return this.payloadBytes;
  }

  /**
   * Appends the frames of a batch from index `skip` on.
   * @param socketOf panel-wide socket number for each socket id of the batch
   * @returns the first of the new rows
   */
  append(batch: FrameBatch, skip: number, socketOf: (id: number) => number): number {
    const firstNew = this.end;
    this.open(batch, skip, socketOf).appendUpTo(batch.kinds.length);
    return firstNew;
  }

  /** Takes in a batch whose rows are appended part by part, so that rows of other batches can come between. */
  open(batch: FrameBatch, skip: number, socketOf: (id: number) => number): BatchAppender {
    const reader = new PoolReader(batch, this.addPools(batch));
    const details = new Map(batch.details.map((detail) => [detail.row, detail]));
    let index = 0;
    for (; index < skip; index++) reader.read(index);
    return {
      appendUpTo: (end) => {
        for (; index < end; index++) {
          reader.read(index);
          const detail = details.get(index);
          this.push(socketOf(batch.sockets[index] ?? 0), batch.times[index] ?? 0, reader);
          if (detail) this.describe(this.end - 1, { stack: detail.stack, close: detail.close });
        }
      },
    };
  }

  /** Appends a row that stands for frames that are not there. */
  appendGap(socket: number, time: number, gap: Gap): number {
    const row = this.end;
    this.push(socket, time, {
      kind: FrameKind.gap,
      flags: 0,
      size: gap.bytes,
      block: 0,
      start: 0,
      length: 0,
    });
    this.describe(row, { gap });
    return row;
  }

  /** Makes a row that is there stand for frames that are not; it then belongs to no socket. */
  turnIntoGap(row: number, gap: Gap): void {
    const segment = this.segmentOf(row);
    if (!segment) return;
    const at = row % SEGMENT_ROWS;
    segment.kinds[at] = FrameKind.gap;
    segment.flags[at] = 0;
    segment.sockets[at] = 0;
    segment.sizes[at] = gap.bytes;
    this.describe(row, { gap });
  }

  /** Gives a row whose contents were pending its payload; undefined says that they could not be read. */
  setContent(row: number, bytes: Uint8Array | undefined): void {
    const segment = this.segmentOf(row);
    if (!segment) return;
    const at = row % SEGMENT_ROWS;
    const flags = (segment.flags[at] ?? 0) & ~FrameFlag.pending;
    segment.flags[at] = bytes ? flags : flags | FrameFlag.payloadGone;
    if (!bytes) return;
    segment.blocks[at] = this.addBlock(bytes);
    segment.starts[at] = 0;
    segment.lengths[at] = bytes.length;
    segment.sizes[at] = bytes.length;
  }

  /** Lets the oldest rows go, whole segments at a time, until the limits are kept. The newest segment always stays. */
  trim(limits: StoreLimits, evicted: Evicted): void {
    while (this.end - this.first > limits.rows || this.payloadBytes > limits.bytes) {
      const index = Math.floor(this.first / SEGMENT_ROWS);
      const next = (index + 1) * SEGMENT_ROWS;
      if (next >= this.end) return;
      for (let row = this.first; row < next; row++) evicted(row);
      this.releaseBlocks(index);
      this.segments[index] = undefined;
      this.first = next;
    }
  }

  kind(row: number): FrameKind {
    return (this.segmentOf(row)?.kinds[row % SEGMENT_ROWS] ?? FrameKind.gap) as FrameKind;
  }

  /** {@link FrameFlag} bits */
  flags(row: number): number {
    return this.segmentOf(row)?.flags[row % SEGMENT_ROWS] ?? 0;
  }

  /** Panel-wide number of the row's socket. */
  socket(row: number): number {
    return this.segmentOf(row)?.sockets[row % SEGMENT_ROWS] ?? 0;
  }

  /** ms since the epoch */
  time(row: number): number {
    return this.segmentOf(row)?.times[row % SEGMENT_ROWS] ?? 0;
  }

  /** Bytes on the wire, without framing. */
  size(row: number): number {
    return this.segmentOf(row)?.sizes[row % SEGMENT_ROWS] ?? 0;
  }

  stack(row: number): string | undefined {
    return this.detail(row)?.stack;
  }

  close(row: number): CloseDetail | undefined {
    return this.detail(row)?.close;
  }

  gap(row: number): Gap | undefined {
    return this.detail(row)?.gap;
  }

  /** The whole payload; undefined for events and where the contents are pending or gone. */
  payload(row: number): string | Uint8Array | undefined {
    return this.head(row, Number.POSITIVE_INFINITY);
  }

  /** The first `units` (UTF-16 units or bytes) of the payload, without reading the rest. */
  head(row: number, units: number): string | Uint8Array | undefined {
    const segment = this.segmentOf(row);
    const at = row % SEGMENT_ROWS;
    const number = segment?.blocks[at] ?? 0;
    if (number === 0) return this.emptyPayload(row);
    const block = this.blocks[number - 1];
    if (!segment || block === undefined) return undefined;
    const start = segment.starts[at] ?? 0;
    const end = start + Math.min(segment.lengths[at] ?? 0, units);
    return typeof block === 'string' ? block.slice(start, end) : block.subarray(start, end);
  }

  /** An empty message takes nothing from a pool, and yet is one. */
  private emptyPayload(row: number): string | Uint8Array | undefined {
    const kind = this.kind(row);
    const isThere = kind < FrameKind.open && !(this.flags(row) & (FrameFlag.pending | FrameFlag.payloadGone));
    if (!isThere) return undefined;
    return isBinaryKind(kind) ? new Uint8Array() : '';
  }

  private detail(row: number): Detail | undefined {
    return this.segmentOf(row)?.details.get(row);
  }

  private describe(row: number, detail: Detail): void {
    this.segmentOf(row)?.details.set(row, detail);
  }

  private segmentOf(row: number): Segment | undefined {
    return this.segments[Math.floor(row / SEGMENT_ROWS)];
  }

  private push(socket: number, time: number, row: RowParts): void {
    const at = this.end % SEGMENT_ROWS;
    if (at === 0 || this.segments.length === 0) this.segments.push(makeSegment());
    const segment = this.segmentOf(this.end);
    if (!segment) return;
    segment.kinds[at] = row.kind;
    segment.flags[at] = row.flags;
    segment.sockets[at] = socket;
    segment.times[at] = time;
    segment.sizes[at] = row.size;
    segment.blocks[at] = row.block;
    segment.starts[at] = row.start;
    segment.lengths[at] = row.length;
    this.end++;
  }

  private addPools({ text, wide, bytes }: FrameBatch): Pools {
    return {
      text: text ? this.addBlock(text) : 0,
      wide: wide ? this.addBlock(wide) : 0,
      bytes: bytes.length > 0 ? this.addBlock(bytes) : 0,
    };
  }

  private addBlock(block: Block): number {
    this.payloadBytes += block.length;
    return this.blocks.push(block);
  }

  /** Frees the blocks that no row after the given segment points to: blocks are filled in the order of the rows. */
  private releaseBlocks(segmentIndex: number): void {
    let last: number | undefined;
    for (let next = segmentIndex + 1; last === undefined && next < this.segments.length; next++) {
      last = lowestBlock(this.segments[next]);
    }
    last ??= this.blocks.length + 1;
    for (; this.firstBlock < last - 1; this.firstBlock++) {
      this.payloadBytes -= this.blocks[this.firstBlock]?.length ?? 0;
      this.blocks[this.firstBlock] = undefined;
    }
  }
}

/** Numbers of the blocks which a batch's pools have become. */
interface Pools {
  readonly text: number;
  readonly wide: number;
  readonly bytes: number;
}

interface RowParts {
  readonly kind: number;
  readonly flags: number;
  readonly size: number;
  readonly block: number;
  readonly start: number;
  readonly length: number;
}

/** Walks through a batch and its pools side by side. */
class PoolReader implements RowParts {
  kind = 0;
  flags = 0;
  size = 0;
  block = 0;
  start = 0;
  length = 0;
  private textAt = 0;
  private wideAt = 0;
  private bytesAt = 0;
  /** Text of one byte a character: code units are bytes on the wire. */
  private readonly isAscii: boolean;

  constructor(
    private readonly batch: FrameBatch,
    private readonly pools: Pools,
  ) {
    this.isAscii = !/[\u0080-\uffff]/.test(batch.text);
  }

  read(index: number): void {
    const { batch, pools } = this;
    this.kind = batch.kinds[index] ?? 0;
    this.length = batch.lengths[index] ?? 0;
    const flags = batch.flags[index] ?? 0;
    this.flags = flags & ~FrameFlag.wide;
    if (this.kind >= FrameKind.open || flags & (FrameFlag.payloadGone | FrameFlag.pending)) {
      this.block = 0;
      this.start = 0;
      this.size = batch.sizes[index] ?? 0;
    } else if (isBinaryKind(this.kind)) {
      this.block = pools.bytes;
      this.start = this.bytesAt;
      this.bytesAt += this.length;
      this.size = this.length;
    } else if (flags & FrameFlag.wide) {
      this.block = pools.wide;
      this.start = this.wideAt;
      this.wideAt += this.length;
      this.size = utf8Length(batch.wide.slice(this.start, this.wideAt));
    } else {
      this.block = pools.text;
      this.start = this.textAt;
      this.textAt += this.length;
      this.size = this.isAscii ? this.length : utf8Length(batch.text.slice(this.start, this.textAt));
    }
  }
}

function makeSegment(): Segment {
  return {
    kinds: new Uint8Array(SEGMENT_ROWS),
    flags: new Uint8Array(SEGMENT_ROWS),
    sockets: new Uint32Array(SEGMENT_ROWS),
    times: new Float64Array(SEGMENT_ROWS),
    sizes: new Float64Array(SEGMENT_ROWS),
    blocks: new Uint32Array(SEGMENT_ROWS),
    starts: new Uint32Array(SEGMENT_ROWS),
    lengths: new Uint32Array(SEGMENT_ROWS),
    details: new Map(),
  };
}

function lowestBlock(segment: Segment | undefined): number | undefined {
  let lowest: number | undefined;
  for (const number of segment?.blocks ?? []) {
    if (number > 0 && (lowest === undefined || number < lowest)) lowest = number;
  }
  return lowest;
}
