import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import { isBinaryKind } from '../../protocol/guards.ts';
import { BlockRuns } from '../blocks/block-runs.ts';
import { Pool } from '../blocks/pool.ts';
import type { Payloads } from '../query/matching/source.ts';
import { Column, TimeColumn } from './columns.ts';
import { flagsIn, headOf, isLate, kindIn, madeLate, withFlags } from './head.ts';
import { Palette } from './palette.ts';
import type { Detail, Gap, RowParts } from './row-parts.ts';
import { Starts } from './starts.ts';
import type { Stretch } from './stretch.ts';

const SEGMENT_BITS = 14;
/** Rows of one segment; segments are made and dropped whole. */
export const SEGMENT_ROWS = 1 << SEGMENT_BITS;

/** Index of a row's segment. Rows have at most 32 bits: bit operations are many times faster than a division. */
export function segmentIndex(row: number): number {
  return row >>> SEGMENT_BITS;
}

/** A row's place in its segment. */
export function placeIn(row: number): number {
  return row & (SEGMENT_ROWS - 1);
}

/**
 * The columns of {@link SEGMENT_ROWS} rows; `at` is a place in them. About 12 bytes a row if all frames are small ASCII texts, and 3 to 6
 * once they are all there.
 */
export class Segment implements Stretch, Payloads {
  readonly end: number;
  /** One past the last row. */
  endRow: number;
  isSettled = true;
  kinds = 0;
  private readonly heads = new Column(SEGMENT_ROWS);
  private readonly times = new TimeColumn(SEGMENT_ROWS);
  private readonly sockets = new Column(SEGMENT_ROWS);
  private readonly socketNumbers = new Palette<number>();
  /** Indexes of call stacks, plus one, if there are any: a page sends from few places. */
  private stacks: Column | undefined;
  private readonly stackTexts = new Palette<string>();
  private readonly lengths = new Column(SEGMENT_ROWS);
  private readonly starts = new Starts(SEGMENT_ROWS, this.lengths);
  /** Bytes on the wire in excess of the units of the payload, if there are any. */
  private excess: Column | undefined;
  /** Blocks by pool. */
  private readonly runs = [new BlockRuns(), new BlockRuns(), new BlockRuns()] as const;
  private readonly details = new Map<number, Detail>();
  /** True while every row has a payload, and they stand in their blocks in the order of the rows. */
  private isPlain = true;
  private pools = 0;

  constructor(readonly firstRow: number) {
    this.end = firstRow + SEGMENT_ROWS;
    this.endRow = firstRow;
  }

  /** Blocks that rows of this segment have their payloads in. */
  readonly blocks = new Set<number>();

  hasSocket(socket: number): boolean {
    return this.socketNumbers.has(socket);
  }

  hasAnySocket(sockets: ReadonlySet<number>): boolean {
    return this.socketNumbers.hasAny(sockets);
  }

  set(at: number, socket: number, time: number, { kind, flags, size, length }: RowParts): void {
    this.endRow = this.firstRow + at + 1;
    this.kinds |= 1 << kind;
    this.heads.set(at, headOf(kind, flags));
    if (kind === FrameKind.error || flags & FrameFlag.pending) this.isSettled = false;
    this.sockets.set(at, this.socketNumbers.placeOf(socket));
    this.times.set(at, time);
    this.lengths.set(at, length);
    this.setSize(at, size, length);
    if (length === 0) this.isPlain = false;
  }

  /** All rows are there; from now on hardly anything changes. */
  settle(): void {
    this.socketNumbers.settle();
    this.stackTexts.settle();
    for (const column of [this.heads, this.sockets, this.lengths]) column.settle();
    this.times.settle();
    const runs = this.onlyRuns();
    if (runs) this.starts.settle(runs);
  }

  /** @returns true if no row of this segment has been in that block before */
  setPlace(at: number, pool: Pool, block: number, start: number): boolean {
    this.starts.set(at, start);
    this.pools |= 1 << pool;
    return this.runs[pool].add(at, block) && this.use(block);
  }

  /** Contents that come later than their row. */
  setLate(at: number, block: number, start: number, length: number, size: number): boolean {
    this.isPlain = false;
    this.heads.set(at, madeLate(this.heads.get(at)));
    this.starts.set(at, start);
    this.lengths.set(at, length);
    this.setSize(at, size, length);
    this.describe(at, { ...this.details.get(at), block });
    return this.use(block);
  }

  setFlags(at: number, flags: number): void {
    this.heads.set(at, withFlags(this.heads.get(at), flags));
  }

  /** Assigns the rows of one socket to another. @returns their places */
  handOver(from: number, to: number): number[] {
    const places: number[] = [];
    for (let at = 0; this.firstRow + at < this.endRow; at++) if (this.socket(at) === from) places.push(at);
    const place = this.socketNumbers.placeOf(to);
    for (const at of places) this.sockets.set(at, place);
    return places;
  }

  turnIntoGap(at: number, gap: Gap): void {
    this.kinds |= 1 << FrameKind.gap;
    this.heads.set(at, headOf(FrameKind.gap, 0));
    this.sockets.set(at, this.socketNumbers.placeOf(0));
    this.stacks?.set(at, 0);
    this.starts.unsettle();
    this.lengths.set(at, 0);
    this.isPlain = false;
    this.describe(at, { gap });
  }

  describe(at: number, detail: Detail): void {
    this.details.set(at, detail);
  }

  /** Few rows have details, so that these are found without a look at the others. */
  gapRows(): number[] {
    const rows = [...this.details].flatMap(([at, { gap }]) => (gap ? [this.firstRow + at] : []));
    return rows.sort((one, other) => one - other);
  }

  kind(at: number): FrameKind {
    return kindIn(this.heads.get(at));
  }

  flags(at: number): number {
    return flagsIn(this.heads.get(at));
  }

  socket(at: number): number {
    return this.socketNumbers.at(this.sockets.get(at)) ?? 0;
  }

  setStack(at: number, stack: string): void {
    this.stacks ??= new Column(SEGMENT_ROWS);
    this.stacks.set(at, this.stackTexts.placeOf(stack) + 1);
  }

  stack(at: number): string | undefined {
    return this.stackTexts.at((this.stacks?.get(at) ?? 0) - 1);
  }

  time(at: number): number {
    return this.times.get(at);
  }

  length(at: number): number {
    return this.lengths.get(at);
  }

  start(at: number): number {
    return this.starts.get(at);
  }

  size(at: number): number {
    if (this.kind(at) === FrameKind.gap) return this.details.get(at)?.gap?.bytes ?? 0;
    return this.lengths.get(at) + (this.excess?.get(at) ?? 0);
  }

  detail(at: number): Detail | undefined {
    return this.details.get(at);
  }

  /** Number of the block that holds the payload; 0 if there is none, or an empty one. */
  block(at: number): number {
    if (this.lengths.get(at) === 0) return 0;
    const head = this.heads.get(at);
    if (isLate(head)) return this.details.get(at)?.block ?? 0;
    if (isBinaryKind(kindIn(head))) return this.runs[Pool.bytes].find(at);
    const isWide = flagsIn(head) & FrameFlag.wide;
    return this.runs[isWide ? Pool.wide : Pool.text].find(at);
  }

  /** The rows whose payloads a block holds. */
  *rowsIn(block: number): Generator<number> {
    const isIn = (at: number, cameLate: boolean) =>
      isLate(this.heads.get(at)) === cameLate && this.block(at) === block;
    for (const runs of this.runs) {
      for (const [from, to] of runs.rangesOf(block, this.endRow - this.firstRow)) {
        for (let at = from; at < to; at++) if (isIn(at, false)) yield this.firstRow + at;
      }
    }
    for (const at of this.details.keys()) if (isIn(at, true)) yield this.firstRow + at;
  }

  blockNumber(row: number): number {
    return this.block(placeIn(row));
  }

  blockStart(row: number): number {
    return this.start(placeIn(row));
  }

  blockLength(row: number): number {
    return this.length(placeIn(row));
  }

  endOfRun(row: number): number {
    const runs = this.isPlain ? this.onlyRuns() : undefined;
    return runs ? Math.min(this.endRow, this.firstRow + runs.endOf(placeIn(row))) : row;
  }

  get isTight(): boolean {
    return this.starts.isTight;
  }

  rowOfUnit(row: number, end: number, unit: number): number {
    const { firstRow } = this;
    return firstRow + this.starts.placeOf(unit, row - firstRow, end - firstRow);
  }

  /** The first place from `at` up to `to` whose payload is outside a range of units of a block; else `to`. */
  outside(at: number, to: number, block: number, from: number, unit: number): number {
    let next = at;
    if (this.isPlain && this.block(at) === block && this.start(at) >= from) {
      const end = Math.min(to, this.onlyRuns()?.endOf(at) ?? at);
      // In steps that double until one is too wide: the place is mostly near or beyond the end.
      let step = 1;
      while (next + step <= end && this.endOf(next + step - 1) <= unit) {
        next += step;
        step *= 2;
      }
      for (; step >= 1; step = Math.floor(step / 2)) {
        if (next + step <= end && this.endOf(next + step - 1) <= unit) next += step;
      }
    }
    // A payload that arrived late may be anywhere.
    while (next < to && this.block(next) === block && this.start(next) >= from && this.endOf(next) <= unit) {
      next++;
    }
    return next;
  }

  /** The runs of the only pool with payloads; undefined if there are several. */
  private onlyRuns(): BlockRuns | undefined {
    switch (this.pools) {
      case 1 << Pool.text:
        return this.runs[Pool.text];
      case 1 << Pool.wide:
        return this.runs[Pool.wide];
      case 1 << Pool.bytes:
        return this.runs[Pool.bytes];
      default:
        return undefined;
    }
  }

  /** One past the last unit of the payload in its block. */
  private endOf(at: number): number {
    return this.starts.get(at) + this.lengths.get(at);
  }

  private use(block: number): boolean {
    if (this.blocks.has(block)) return false;
    this.blocks.add(block);
    return true;
  }

  private setSize(at: number, size: number, length: number): void {
    if (size === length && !this.excess) return;
    this.excess ??= new Column(SEGMENT_ROWS);
    this.excess.set(at, size - length);
  }
}
