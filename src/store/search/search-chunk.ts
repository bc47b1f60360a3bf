import { SEGMENT_ROWS } from '../rows/segment.ts';

/** Some rows on their way into a view, all together when the last of them has been decided on. */
export interface Chunk {
  /** Where they come to stand: behind the rows of the view, before them, or each where it was. */
  readonly place: 'behind' | 'before' | 'again';
  readonly rows: RowList;
  /** Place in {@link rows} of the one that is next. */
  next: number;
  /** Those that pass, in order. */
  picked: number[];
  /** Those of which that cannot be told at once, in order. */
  readonly later: number[];
}

interface RowList {
  readonly length: number;
  at(index: number): number;
  /** The place after one, if no row before another one is of interest. */
  after(index: number, row: number): number;
}

export function emptyChunk(place: Chunk['place'], rows: RowList): Chunk {
  return { place, rows, next: 0, picked: [], later: [] };
}

/** Rows from one up to another, not included. */
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
