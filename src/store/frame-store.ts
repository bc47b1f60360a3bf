import { type FrameBatch, FrameFlag, FrameKind } from '../protocol/frames.ts';
import type { BlockContent, LossReason } from './blocks/block-content.ts';
import { Blocks, type Place } from './blocks/blocks.ts';
import { hasLatin1, narrow } from './blocks/narrow.ts';
import { Pool } from './blocks/pool.ts';
import { Timeline } from './counts/timeline.ts';
import { BatchReader } from './rows/batch-reader.ts';
import { PayloadRows } from './rows/payload-rows.ts';
import { Remarks } from './rows/remarks.ts';
import type { Gap, RowParts } from './rows/row-parts.ts';
import { placeIn, SEGMENT_ROWS, Segment, segmentIndex } from './rows/segment.ts';
import { NO_HOST, type StoreHost, type StoreLimits } from './store-host.ts';

export type { Gap } from './rows/row-parts.ts';
export type { Stretch } from './rows/stretch.ts';
export type { StoreHost, StoreLimits } from './store-host.ts';

/** Call stacks of which there is only one copy. */
const MOST_STACKS = 1000;

/** Appends the rows of one batch from where it stopped up to an index, not included. */
export interface BatchAppender {
  appendUpTo(index: number): void;
}

/** Called for each frame that is dropped to stay within the limits. */
export type Evicted = (row: number) => void;

/**
 * Frames in the order of their arrival, as columns over large blocks of payloads: a million small frames cost little more than
 * their payloads, because a payload becomes a string of its own only where it is shown. Rows are numbered from 0 on and keep
 * their number; {@link firstRow} is the oldest that is still there.
 */
export class FrameStore extends PayloadRows {
  /** Counts the rows by time. */
  readonly timeline = new Timeline();
  /** The user's stars and notes. */
  readonly remarks = new Remarks();
  protected readonly blocks: Blocks;
  private readonly stacks = new Map<string, string>();
  /** ms since the epoch of the first row that there was, whether or not it still is. */
  startTime: number | undefined;
  private changeCount = 0;

  constructor(private readonly host: StoreHost = NO_HOST) {
    super();
    this.blocks = new Blocks({
      openVault: () => host.openVault(),
      lost: (number, reason) => this.lost(number, reason),
      loaded: () => host.loaded(),
      trouble: (trouble) => host.trouble(trouble),
    });
  }

  /** Increases when earlier rows have changed or have been dropped. */
  get changes(): number {
    return this.changeCount;
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
    const reader = new BatchReader(batch);
    while (reader.index < skip) reader.advance();
    const places = this.addPools(batch, reader.read);
    const skipped = [...reader.read] as const;
    const details = new Map(batch.details.map((detail) => [detail.row, detail]));
    let last = { id: -1, number: 0 };
    const numberOf = (id: number) => {
      if (id !== last.id) last = { id, number: socketOf(id) };
      return last.number;
    };
    return {
      appendUpTo: (end) => {
        while (reader.index < end) {
          const { index } = reader;
          reader.advance();
          const at = this.push(numberOf(batch.sockets[index] ?? 0), batch.times[index] ?? 0, reader);
          if (reader.length > 0) {
            this.place(at, reader.pool, places[reader.pool], reader.start - skipped[reader.pool]);
          }
          const detail = details.get(index);
          if (detail?.close) this.newest().describe(at, { close: detail.close });
          if (detail?.stack !== undefined) this.newest().setStack(at, this.shared(detail.stack));
        }
      },
    };
  }

  /** Appends a row that stands for frames that are not there. */
  appendGap(socket: number, time: number, gap: Gap): number {
    const row = this.end;
    const at = this.push(socket, time, { kind: FrameKind.gap, flags: 0, size: 0, length: 0 });
    this.newest().describe(at, { gap });
    this.countInTime(row, 1);
    return row;
  }

  /** Makes a row that is there stand for frames that are not; it then belongs to no socket. */
  turnIntoGap(row: number, gap: Gap): void {
    const segment = this.segmentOf(row);
    if (!segment) return;
    this.changeCount++;
    this.countInTime(row, -1);
    segment.turnIntoGap(placeIn(row), gap);
    this.countInTime(row, 1);
  }

  /** Says of the rows of one socket that they are another's, by their numbers. */
  handOver(from: number, to: number): void {
    for (const segment of this.segments) {
      if (!segment?.hasSocket(from)) continue;
      this.changeCount++;
      for (const at of segment.handOver(from, to)) this.remarks.set(segment.firstRow + at, {});
    }
  }

  /** Gives a row whose contents are pending its payload; undefined says that they could not be read. Meanwhile it may have become a gap. */
  setContent(row: number, content: BlockContent | undefined): void {
    const segment = this.segmentOf(row);
    const at = placeIn(row);
    if (!segment || !(segment.flags(at) & FrameFlag.pending)) return;
    this.changeCount++;
    const flags = segment.flags(at) & ~FrameFlag.pending;
    segment.setFlags(at, content === undefined ? flags | FrameFlag.payloadGone : flags);
    if (content === undefined) {
      this.host.payloadLost(row, 'absent');
      return;
    }
    const { length } = content;
    const { block, start } = length > 0 ? this.blocks.add(poolOf(content), content) : { block: 0, start: 0 };
    const size = typeof content === 'string' ? segment.size(at) : length;
    this.countInTime(row, -1);
    if (segment.setLate(at, block, start, length, size)) this.blocks.retain(block);
    this.countInTime(row, 1);
  }

  /**
   * Moves the oldest payloads out of memory, then drops the oldest rows, whole segments at a time, until the limits are kept. The
   * newest segment always stays.
   */
  trim(limits: StoreLimits, evicted: Evicted): void {
    this.blocks.keepWithin(limits);
    while (this.end - this.first > limits.rows) {
      const index = segmentIndex(this.first);
      const next = (index + 1) * SEGMENT_ROWS;
      if (next >= this.end) return;
      for (let row = this.first; row < next; row++) {
        evicted(row);
        this.countInTime(row, -1);
      }
      for (const block of this.segments[index]?.blocks ?? []) this.blocks.release(block);
      this.segments[index] = undefined;
      this.first = next;
      this.remarks.dropBefore(next);
      this.changeCount++;
    }
  }

  /** Frees everything. */
  discard(): void {
    this.blocks.discard();
  }

  /** The text itself, or the same one that is there already. */
  private shared(stack: string): string {
    const known = this.stacks.get(stack);
    if (known !== undefined) return known;
    if (this.stacks.size >= MOST_STACKS) this.stacks.clear();
    this.stacks.set(stack, stack);
    return stack;
  }

  /** The segment of the row that was appended last. */
  private newest(): Segment {
    const segment = this.segments.at(-1);
    if (!segment) throw new RangeError('no row yet');
    return segment;
  }

  /** @returns the place of the new row in the newest segment */
  private push(socket: number, time: number, row: RowParts): number {
    const at = placeIn(this.end);
    this.startTime ??= time;
    if (at === 0) {
      this.segments.at(-1)?.settle();
      this.segments.push(new Segment(this.end));
    }
    const segment = this.newest();
    segment.set(at, socket, time, row);
    // The time as it is kept, so that the row can be taken back.
    if (row.kind !== FrameKind.gap) this.timeline.count(row.kind, row.size, segment.time(at), 1);
    this.end++;
    if (placeIn(this.end) === 0) this.blocks.closeAll(); // so that a segment that goes takes its blocks along
    return at;
  }

  private countInTime(row: number, times: 1 | -1): void {
    const gap = this.gap(row);
    this.timeline.count(this.kind(row), gap ? gap.frames : this.size(row), this.time(row), times);
  }

  private place(at: number, pool: Pool, place: Place | undefined, start: number): void {
    if (!place) return;
    if (this.newest().setPlace(at, pool, place.block, place.start + start)) this.blocks.retain(place.block);
  }

  private lost(number: number, reason: LossReason): void {
    for (let index = segmentIndex(this.first); index < this.segments.length; index++) {
      const segment = this.segments[index];
      if (!segment?.blocks.has(number)) continue;
      for (const row of segment.rowsIn(number)) this.host.payloadLost(row, reason);
    }
  }

  /** @param read units of each pool that are not needed */
  private addPools(batch: FrameBatch, read: readonly [number, number, number]) {
    const { text, wide, bytes } = batch;
    const narrowText = read[0] === 0 ? text : text.slice(read[0]);
    return [
      this.addPool(Pool.text, hasLatin1(batch) ? narrow(narrowText) : narrowText),
      this.addPool(Pool.wide, read[1] === 0 ? wide : wide.slice(read[1])),
      this.addPool(Pool.bytes, read[2] === 0 ? bytes : bytes.subarray(read[2])),
    ] as const;
  }

  private addPool(pool: Pool, piece: BlockContent): Place | undefined {
    return piece.length > 0 ? this.blocks.add(pool, piece) : undefined;
  }
}

function poolOf(content: BlockContent): Pool {
  if (typeof content !== 'string') return Pool.bytes;
  return /[\u0100-\uffff]/.test(content) ? Pool.wide : Pool.text;
}
