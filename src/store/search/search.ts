import { PickedRows } from '../frame-view.ts';
import { Answer } from '../query/matching/answer.ts';
import type { CompiledFilter } from '../query/matching/match.ts';
import type { Pace } from '../query/matching/pace.ts';
import { SEGMENT_ROWS } from '../rows/segment.ts';
import { type Chunk, emptyChunk, endOfSegment, listOf, rangeOf, startOfSegment } from './search-chunk.ts';
import { type Helpers, LaterRows, type SearchedRows, type Stop } from './search-later.ts';
import { UnsettledRows } from './unsettled-rows.ts';

/** Name of the performance mark that is set when all rows have been searched. */
const SEARCHED = 'framescope-searched';
/** Rows searched at once at first, so that the newest appear immediately; later up to a segment. */
const FIRST_CHUNK = 1024;
/** Rows between two checks of the clock: a filter may have two hundred terms for each. */
const STRIDE = 64;
/** Cost of a row besides its text, in units of {@link Pace.spend}: on its own, and among many. */
const ROW_COST = 2048;
const COLLECTED_COST = 1;

/**
 * The rows of a store that pass a filter. It begins at the newest row and goes back from there, because that is where its reader is; rows
 * that come meanwhile, and contents that come later than their row, have precedence. It works in steps of bounded time, so that
 * a million rows never hold up the panel.
 */
export class Search {
  readonly view = new PickedRows();
  /** Why the search has failed for good, if it has. */
  stop: Stop | undefined;
  /** Rows from here up to {@link newest} have been searched. */
  private oldest: number;
  private newest: number;
  /** True once all rows have been searched for the first time. */
  wasComplete = false;
  private chunk: Chunk | undefined;
  private chunkSize = FIRST_CHUNK;
  private readonly unsettled: UnsettledRows;
  private first: number;
  private waits: AbortController | undefined;
  /** {@link SearchedRows.remarkChanges} as of the last step. */
  private remarks: number;

  /**
   * @param onProgress called when what the search waited for has arrived, and the next step can be done
   */
  constructor(
    private readonly rows: SearchedRows,
    private readonly filter: CompiledFilter,
    private readonly pace: Pace,
    private readonly helpers: Helpers,
    private readonly onProgress: () => void,
  ) {
    this.oldest = rows.endRow;
    this.newest = rows.endRow;
    this.first = rows.firstRow;
    this.unsettled = new UnsettledRows(rows);
    this.remarks = rows.remarkChanges;
  }

  /** True if all rows have been searched in their present state. */
  get isComplete(): boolean {
    const isThrough = this.oldest <= this.rows.firstRow && this.newest >= this.rows.endRow;
    const isAsSaid = this.remarks === this.rows.remarkChanges;
    return !this.stop && !this.chunk && isThrough && isAsSaid && !this.unsettled.hasChanged;
  }

  /** True if all rows have been searched except some that have just arrived. */
  get isCurrent(): boolean {
    return !this.stop && this.wasComplete && this.rows.endRow - this.newest < SEGMENT_ROWS;
  }

  /** The share of the rows that has been searched. */
  get progress(): number {
    const { firstRow, endRow } = this.rows;
    return endRow === firstRow ? 1 : (this.newest - Math.max(firstRow, this.oldest)) / (endRow - firstRow);
  }

  /** True while the search waits for a worker or the disk; {@link step} then does nothing. */
  get isWaiting(): boolean {
    return this.waits !== undefined;
  }

  /**
   * Searches rows until all are done, the time is up, or something has to be waited for.
   * @param budget ms
   */
  step(budget: number): void {
    this.dropEvicted();
    if (this.waits || this.stop) return;
    this.pace.begin(budget);
    let isOver = false;
    while (!isOver && !this.waits) {
      this.chunk ??= this.nextChunk();
      if (!this.chunk) break;
      isOver = this.lookAt(this.chunk);
    }
    this.noteCompletion();
    this.filter.forget();
  }

  /** Cancels what it waits for; the next step starts it again. */
  suspend(): void {
    this.waits?.abort();
    this.waits = undefined;
    // Rows may change before the next step.
    this.filter.learn([], new Uint8Array());
    this.filter.forget();
    if (this.chunk) this.chunk = emptyChunk(this.chunk.place, this.chunk.rows);
  }

  private noteCompletion(): void {
    if (this.wasComplete || !this.isComplete) return;
    this.wasComplete = true;
    performance.clearMarks(SEARCHED);
    performance.mark(SEARCHED); // for benchmarks
  }

  private nextChunk(): Chunk | undefined {
    this.takeRemarks();
    const again = this.unsettled.takeChanged().filter((row) => row >= this.rows.firstRow);
    if (again.length > 0) return emptyChunk('again', listOf(again));
    this.passOver();
    const { firstRow, endRow } = this.rows;
    if (this.newest < endRow) {
      const from = this.newest;
      this.newest = Math.min(endRow, endOfSegment(from));
      return emptyChunk('behind', rangeOf(from, this.newest));
    }
    if (this.oldest <= firstRow) return undefined;
    const to = this.oldest;
    this.oldest = Math.max(firstRow, startOfSegment(to - 1), to - this.chunkSize);
    this.chunkSize = Math.min(SEGMENT_ROWS, 2 * this.chunkSize);
    return emptyChunk('before', rangeOf(this.oldest, to));
  }

  /** Stars and notes of rows that have been searched; later rows are read as they are then. */
  private takeRemarks(): void {
    for (const row of this.rows.remarkedSince(this.remarks)) {
      if (row >= this.oldest && row < this.newest) this.unsettled.add(row);
    }
    this.remarks = this.rows.remarkChanges;
  }

  /** Skips whole segments in which no row can pass. */
  private passOver(): void {
    const { firstRow, endRow } = this.rows;
    this.newest = Math.max(this.newest, firstRow);
    while (this.newest < endRow && !this.mayPass(this.newest)) {
      this.newest = Math.min(endRow, endOfSegment(this.newest));
    }
    while (this.oldest > firstRow && !this.mayPass(this.oldest - 1)) {
      this.oldest = startOfSegment(this.oldest - 1);
    }
  }

  private mayPass(row: number): boolean {
    const stretch = this.rows.stretch(row);
    return !stretch || this.filter.mayPass(stretch);
  }

  private dropEvicted(): void {
    const { firstRow } = this.rows;
    if (firstRow === this.first) return;
    this.first = firstRow;
    this.view.dropBefore(firstRow);
    if (this.oldest <= firstRow && firstRow < this.newest) this.unsettled.add(firstRow); // it may have become the gap for the dropped rows
  }

  /** @returns true if the time was up */
  private lookAt(chunk: Chunk): boolean {
    const { length } = chunk.rows;
    const mayChange = this.mayChange(chunk);
    let isOver = false;
    while (!isOver && chunk.next < length) {
      isOver = !mayChange && this.collect(chunk);
      if (isOver) break;
      // With a filter of many terms, a few rows may take all the time.
      for (let looks = 0; looks < STRIDE && chunk.next < length && !this.pace.isOver; looks++) {
        if (!this.lookAtNext(chunk, mayChange)) return true;
      }
      isOver = this.pace.spend(STRIDE * ROW_COST);
    }
    if (chunk.next >= length) this.finish(chunk);
    return isOver;
  }

  /** Searches many rows at once, as far as the filter can. @returns true if the time was up */
  private collect(chunk: Chunk): boolean {
    const { rows, picked, next } = chunk;
    if (chunk.place === 'again' || !this.filter.collect || next >= rows.length) return false;
    const from = rows.at(next);
    const reached = this.filter.collect(this.rows, from, from + rows.length - next, picked);
    chunk.next += reached - from;
    return this.pace.spend((reached - from) * COLLECTED_COST);
  }

  /** Whether rows of a chunk may still change in a way that matters to the filter. */
  private mayChange({ place, rows }: Chunk): boolean {
    if (!this.filter.readsContent) return false;
    return place === 'again' || this.rows.stretch(rows.at(0))?.isSettled === false;
  }

  /** @returns false if the time was up within the row */
  private lookAtNext(chunk: Chunk, mayChange: boolean): boolean {
    const { rows, filter } = this;
    const row = chunk.rows.at(chunk.next);
    const answer = filter.test(rows, row);
    if (answer === Answer.later && this.pace.isInterrupted) return false;
    if (mayChange) this.unsettled.watch(row);
    if (answer === Answer.no) {
      chunk.next = chunk.rows.after(chunk.next, filter.skip(rows, row));
      return true;
    }
    if (answer === Answer.yes) chunk.picked.push(row);
    else chunk.later.push(row);
    chunk.next++;
    return true;
  }

  private finish(chunk: Chunk): void {
    if (chunk.later.length > 0) {
      void this.wait(chunk);
      return;
    }
    this.chunk = undefined;
    this.take(chunk);
  }

  private async wait(chunk: Chunk): Promise<void> {
    const waits = new AbortController();
    this.waits = waits;
    const later = new LaterRows(this.rows, this.filter, this.pace, this.helpers, waits.signal);
    const stop = await later.decide(chunk);
    if (waits.signal.aborted) return;
    this.waits = undefined;
    this.stop = stop;
    this.chunk = undefined;
    this.dropEvicted();
    this.take(chunk);
    this.noteCompletion();
    this.onProgress();
  }

  private take({ place, rows, picked }: Chunk): void {
    const { firstRow } = this.rows;
    const all = picked.rows;
    const there = (all[0] ?? firstRow) < firstRow ? all.filter((row) => row >= firstRow) : all;
    switch (place) {
      case 'behind':
        return this.view.append(there);
      case 'before':
        return this.view.prepend(there);
      case 'again': {
        const passing = new Set(there);
        for (let index = 0; index < rows.length; index++) {
          const row = rows.at(index);
          if (passing.has(row) === this.view.has(row)) continue;
          if (passing.has(row)) this.view.insert(row);
          else this.view.remove(row);
        }
      }
    }
  }
}
