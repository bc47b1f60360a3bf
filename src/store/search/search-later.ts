import type { BlockContent } from '../blocks/block-content.ts';
import type { Stretch } from '../frame-store.ts';
import { Answer } from '../query/matching/answer.ts';
import type { CompiledFilter } from '../query/matching/match.ts';
import type { Pace } from '../query/matching/pace.ts';
import { hasText, type Pattern } from '../query/matching/patterns.ts';
import { Picks } from '../query/matching/picks.ts';
import { ContentPacker, type RowContents } from '../query/matching/row-contents.ts';
import type { FrameSource } from '../query/matching/source.ts';
import { BorrowingRows } from '../rows/borrowing-rows.ts';
import type { Chunk } from './search-chunk.ts';

/** The rows that a search goes through. */
export interface SearchedRows extends FrameSource {
  /** The oldest row. */
  readonly firstRow: number;
  /** One past the newest row. */
  readonly endRow: number;
  /** Increases when earlier rows have changed or have been dropped. */
  readonly changes: number;
  /** How often stars and notes have changed. */
  readonly remarkChanges: number;
  /** Rows whose star or note has changed since then. */
  remarkedSince(changes: number): readonly number[];
  stretch(row: number): Stretch | undefined;
  /** The content of a block, from the disk if necessary; undefined if it has been lost. */
  readBlock(number: number): Promise<BlockContent | undefined>;
}

/** The outcome of running regular expressions. */
export type PatternsOutcome =
  /** 1 for a match; for each row, one value per expression */
  | { readonly type: 'done'; readonly found: Uint8Array }
  /** It took too long and was ended at this row and expression. */
  | { readonly type: 'stuck'; readonly row: number; readonly pattern: number }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'cancelled' };

/** What a search needs from its surroundings. */
export interface Helpers {
  /** Runs regular expressions in a worker, which is terminated if they take too long. */
  runPatterns(
    patterns: readonly Pattern[],
    contents: RowContents,
    signal: AbortSignal,
  ): Promise<PatternsOutcome>;
  /** Yields the thread for a moment. */
  breathe(): Promise<void>;
}

/** Why a search has failed. */
export type Stop =
  | { readonly type: 'stuck'; readonly row: number; readonly pattern: Pattern }
  | { readonly type: 'failed'; readonly reason: string };

/** UTF-16 units and bytes that are given to regular expressions at once. */
const MAX_UNITS = 1024 * 1024;
/** ms of work before yielding the thread */
const SLICE = 3;

/** Decides the rows of a chunk that could not be decided at once. */
export class LaterRows {
  private readonly picked = new Picks();
  private packer = new ContentPacker();
  private stop: Stop | undefined;
  private readonly rows: BorrowingRows;

  constructor(
    rows: SearchedRows,
    private readonly filter: CompiledFilter,
    private readonly pace: Pace,
    private readonly helpers: Helpers,
    private readonly signal: AbortSignal,
  ) {
    this.rows = new BorrowingRows(rows);
  }

  /** Adds the rows that pass to the chunk. @returns why this failed; undefined if it did not, or was cancelled */
  async decide(chunk: Chunk): Promise<Stop | undefined> {
    for (const [index, row] of chunk.later.entries()) {
      if (this.rows.isAway(this.rows.blockNumber(row))) await this.fetch(row, chunk.later, index);
      // It may have been lost since it was left undecided, or turn out to be when it is read.
      if (hasText(this.rows, row)) this.packer.add(this.rows, row);
      else await this.pick([row]);
      if (this.packer.units >= MAX_UNITS) await this.runPatterns();
      else if (this.pace.spend(this.rows.blockLength(row))) await this.breathe();
      if (this.stop || this.signal.aborted) break;
    }
    if (!this.stop && !this.signal.aborted) await this.runPatterns();
    if (this.signal.aborted) return undefined;
    this.filter.learn([], new Uint8Array()); // rows may change before they are searched again
    chunk.picked.merge(this.picked);
    return this.stop;
  }

  private async fetch(row: number, rows: readonly number[], index: number): Promise<void> {
    if (this.rows.isFull) {
      await this.runPatterns(); // earlier rows need the blocks that are about to be released
      this.filter.forget();
      this.rows.giveBack();
    }
    const number = this.rows.blockNumber(row);
    const arrived = this.rows.borrow(number);
    const next = this.nextAway(rows, index, number);
    if (next !== undefined) this.rows.expect(next);
    await arrived;
    this.pace.begin(SLICE);
  }

  /** The next block after one that has to be read as well. */
  private nextAway(rows: readonly number[], from: number, number: number): number | undefined {
    for (let index = from + 1; index < rows.length; index++) {
      const other = this.rows.blockNumber(rows[index] ?? 0);
      if (other !== number && this.rows.isAway(other)) return other;
    }
    return undefined;
  }

  private async runPatterns(): Promise<void> {
    const { filter, helpers, signal, packer } = this;
    if (packer.rows.length === 0) return;
    this.packer = new ContentPacker();
    filter.forget();
    if (filter.patterns.length === 0) return this.pick(packer.rows);
    const outcome = await helpers.runPatterns(filter.patterns, packer.pack(), signal);
    if (signal.aborted) return; // the filter may be in use by another search by now
    this.pace.begin(SLICE);
    switch (outcome.type) {
      case 'done':
        filter.learn(packer.rows, outcome.found);
        return this.pick(packer.rows);
      case 'stuck': {
        const pattern = filter.patterns[outcome.pattern];
        const row = packer.rows[outcome.row];
        if (pattern && row !== undefined) this.stop = { type: 'stuck', row, pattern };
        return;
      }
      case 'failed':
        this.stop = outcome;
        return;
      case 'cancelled':
        return;
    }
  }

  private async pick(rows: readonly number[]): Promise<void> {
    for (const row of rows) {
      let answer = this.filter.test(this.rows, row);
      while (answer === Answer.later && (await this.comesCloser(row))) {
        if (this.signal.aborted) return;
        answer = this.filter.test(this.rows, row);
      }
      if (answer === Answer.yes) this.picked.push(row);
    }
    this.filter.forget(); // blocks may have grown by then
  }

  /** Whether a row that was left undecided can be decided now: its time was up, or its block was moved to disk after patterns had run over it. */
  private async comesCloser(row: number): Promise<boolean> {
    if (this.pace.isInterrupted) {
      await this.breathe();
      return true;
    }
    const number = this.rows.blockNumber(row);
    if (!this.rows.isAway(number)) return false;
    if (this.rows.isFull) this.rows.giveBack();
    await this.rows.borrow(number);
    this.pace.begin(SLICE);
    return !this.rows.isAway(number);
  }

  private async breathe(): Promise<void> {
    this.filter.forget();
    await this.helpers.breathe();
    this.pace.begin(SLICE);
  }
}
