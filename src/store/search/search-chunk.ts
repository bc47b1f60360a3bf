import { Picks } from '../query/matching/picks.ts';
import { SEGMENT_ROWS } from '../rows/segment.ts';

/** Rows that enter a view together, once all of them have been decided. */
export interface Chunk {
  /** Where they are inserted: after the rows of the view, before them, or each at its own place. */
  readonly place: 'behind' | 'before' | 'again';
  readonly rows: RowList;
  /** Index in {@link rows} of the next one. */
  next: number;
  /** Rows that pass, in order. */
  readonly picked: Picks;
  /** Rows that cannot be decided at once, in order. */
  readonly later: number[];
}

interface RowList {
  readonly length: number;
  at(index: number): number;
  /** The next index after `index`, skipping rows before `row`. */
  after(index: number, row: number): number;
}

export function emptyChunk(place: Chunk['place'], rows: RowList): Chunk {
  return { place, rows, next: 0, picked: new Picks(), later: [] };
}

/** Rows from one up to, but not including, another. */
export function rangeOf(from: number, to: number): RowList {
  return { length: to - from, at: (index) => from + index, after: (_, row) => row - from };
}

/** A list of rows, in order. */
export function listOf(rows: readonly number[]): RowList {
  return { length: rows.length, at: (index) => rows[index] ?? 0, after: (index) => index + 1 };
}

/** The first row of a row's segment. */
export function startOfSegment(row: number): number {
  return Math.floor(row / SEGMENT_ROWS) * SEGMENT_ROWS;
}

/** One past the last row of a row's segment, whether or not that is there. */
export function endOfSegment(row: number): number {
  return startOfSegment(row) + SEGMENT_ROWS;
}
