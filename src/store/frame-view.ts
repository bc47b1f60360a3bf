import type { FrameStore, Stretch } from './frame-store.ts';

/** Tells whether a row is to be seen. */
export type RowTest = (row: number) => boolean;

/** Tells whether any row of a stretch may pass; where none does they are not looked at one by one. */
export type StretchTest = (stretch: Stretch) => boolean;

const FIRST_CAPACITY = 1024;
/** Rows looked at between two looks at the clock. */
const STRIDE = 256;

/**
 * The rows of a store that pass a test, in order. It is brought up to date in bounded steps, so that filtering a million rows
 * never holds up the panel; without a test it costs nothing.
 */
export class FrameView {
  private rows = new Uint32Array(FIRST_CAPACITY);
  private from = 0;
  private to = 0;
  private scannedTo: number;

  constructor(
    private readonly store: FrameStore,
    private readonly test: RowTest | undefined,
    private readonly mayPass: StretchTest = () => true,
  ) {
    this.scannedTo = store.firstRow;
  }

  /** Number of rows that pass, as far as they have been looked at. */
  get length(): number {
    return this.test ? this.to - this.from : this.store.endRow - this.store.firstRow;
  }

  get isComplete(): boolean {
    return !this.test || this.scannedTo >= this.store.endRow;
  }

  /** The row at a place of this view. */
  rowAt(index: number): number {
    return this.test ? (this.rows[this.from + index] ?? -1) : this.store.firstRow + index;
  }

  /** The place of a row in this view, or of the one that follows it. */
  indexOf(row: number): number {
    if (!this.test) return Math.max(0, row - this.store.firstRow);
    let low = this.from;
    let high = this.to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.rows[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low - this.from;
  }

  /**
   * Looks at new rows until all are seen or the time is up.
   * @param budget ms
   * @returns true if all rows have been seen
   */
  extend(budget: number, now: () => number = () => performance.now()): boolean {
    this.dropEvicted();
    const { test, store } = this;
    if (!test) return true;
    const deadline = now() + budget;
    while (this.scannedTo < store.endRow) {
      const stretch = store.stretch(this.scannedTo);
      const stretchEnd = Math.min(store.endRow, stretch?.end ?? store.endRow);
      if (stretch && !this.mayPass(stretch)) {
        this.scannedTo = stretchEnd;
        continue;
      }
      const stop = Math.min(stretchEnd, this.scannedTo + STRIDE);
      for (let row = this.scannedTo; row < stop; row++) if (test(row)) this.push(row);
      this.scannedTo = stop;
      if (now() >= deadline) break;
    }
    return this.isComplete;
  }

  private dropEvicted(): void {
    const { firstRow } = this.store;
    this.scannedTo = Math.max(this.scannedTo, firstRow);
    while (this.from < this.to && (this.rows[this.from] ?? 0) < firstRow) this.from++;
  }

  private push(row: number): void {
    if (this.to === this.rows.length) this.grow();
    this.rows[this.to++] = row;
  }

  private grow(): void {
    const live = this.rows.subarray(this.from, this.to);
    const rows = new Uint32Array(Math.max(FIRST_CAPACITY, live.length * 2));
    rows.set(live);
    this.rows = rows;
    this.to = live.length;
    this.from = 0;
  }
}
