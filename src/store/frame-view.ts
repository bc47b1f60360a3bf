import type { FrameStore } from './frame-store.ts';

/** The rows that are shown, in the order of their numbers. */
export interface FrameView {
  readonly length: number;
  /**
   * Rows that have left at the front, less those that have come to stand there: what was at a place is now so many places
   * further to the front.
   */
  readonly shift: number;
  /** The row at a place of this view. */
  rowAt(index: number): number;
  /** The place of a row in this view, or of the one that follows it. */
  indexOf(row: number): number;
}

/** All rows of a store; costs nothing. */
export class AllRows implements FrameView {
  constructor(private readonly store: FrameStore) {}

  get length(): number {
    return this.store.endRow - this.store.firstRow;
  }

  get shift(): number {
    return this.store.firstRow;
  }

  rowAt(index: number): number {
    return this.store.firstRow + index;
  }

  indexOf(row: number): number {
    return Math.max(0, row - this.store.firstRow);
  }
}

const FIRST_CAPACITY = 1024;

/** Rows that were picked out of a store. They may be added at both ends. */
export class PickedRows implements FrameView {
  private rows = new Uint32Array(FIRST_CAPACITY);
  private from = FIRST_CAPACITY / 2;
  private to = FIRST_CAPACITY / 2;
  private left = 0;

  get length(): number {
    return this.to - this.from;
  }

  get shift(): number {
    return this.left;
  }

  rowAt(index: number): number {
    return index < 0 || index >= this.length ? -1 : (this.rows[this.from + index] ?? -1);
  }

  indexOf(row: number): number {
    let low = this.from;
    let high = this.to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.rows[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low - this.from;
  }

  has(row: number): boolean {
    return this.rowAt(this.indexOf(row)) === row;
  }

  /** @param rows in order, after all that are there */
  append(rows: ArrayLike<number>): void {
    this.makeRoom(rows.length);
    this.rows.set(rows, this.to);
    this.to += rows.length;
  }

  /** @param rows in order, before all that are there */
  prepend(rows: ArrayLike<number>): void {
    this.makeRoom(rows.length);
    this.from -= rows.length;
    this.rows.set(rows, this.from);
    this.left -= rows.length;
  }

  insert(row: number): void {
    this.makeRoom(1);
    const at = this.from + this.indexOf(row);
    this.rows.copyWithin(at + 1, at, this.to++);
    this.rows[at] = row;
  }

  remove(row: number): void {
    if (!this.has(row)) return;
    const at = this.from + this.indexOf(row);
    this.rows.copyWithin(at, at + 1, this.to--);
  }

  /** Drops the rows before this one. */
  dropBefore(row: number): void {
    const count = this.indexOf(row);
    this.from += count;
    this.left += count;
  }

  /** Sees to it that there is room for so many rows at either end. */
  private makeRoom(count: number): void {
    if (this.from >= count && this.to + count <= this.rows.length) return;
    const live = this.rows.subarray(this.from, this.to);
    const spare = Math.max(FIRST_CAPACITY / 2, live.length / 2, count) | 0;
    const rows = new Uint32Array(live.length + 2 * spare);
    rows.set(live, spare);
    this.rows = rows;
    this.from = spare;
    this.to = spare + live.length;
  }
}
