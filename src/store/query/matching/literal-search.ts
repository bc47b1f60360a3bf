import { FrameKind } from '../../../protocol/frames.ts';
import { SEGMENT_ROWS } from '../../rows/segment.ts';
import type { Needle } from '../language/text-test.ts';
import { Answer, answerOf } from './answer.ts';
import { BlockCursor } from './block-cursor.ts';
import type { Pace } from './pace.ts';
import type { Picks } from './picks.ts';
import { MAX_DECODED_BYTES, readLatin1, readUtf8 } from './row-text.ts';
import type { FrameSource, Payloads } from './source.ts';

/** Cost of a row besides its text, in units of {@link Pace.spend}. */
const ROW_COST = 128;

/** Up to this many rows between two with the text are walked one by one rather than looked up. */
const NEAR = 16;

/** After this many consecutive rows of other blocks, no more rows of the same block are looked for. */
const MOST_STRANGERS = 16;

/**
 * Determines whether rows contain a text. While rows are asked for in order, more and more of the following ones are
 * looked at along with them, in one go.
 */
export class LiteralSearch {
  private readonly cursor: BlockCursor;
  /** What is known of rows from {@link first} up to {@link end}; `later` of those that have to be asked for by themselves. */
  private readonly answers = new Uint8Array(SEGMENT_ROWS);
  private first = 0;
  private end = 0;
  /** Number of rows to be searched together. */
  private ahead = 1;

  constructor(
    private readonly needle: Needle,
    private readonly pace: Pace,
  ) {
    this.cursor = new BlockCursor(needle, pace);
  }

  test(source: FrameSource, row: number): Answer {
    const known = this.known(row);
    if (known !== Answer.later) return known;
    const number = source.blockNumber(row);
    if (number === 0) return this.testEvent(source, row);
    const { cursor } = this;
    if (number !== cursor.number && !cursor.enter(source, number)) {
      return source.isAway(number) ? Answer.later : Answer.no;
    }
    if (this.needsReadings) return this.testBinary(source, row);
    const payloads = source.payloads(row);
    if (payloads) return this.lookAhead(source, payloads, row);
    const start = source.blockStart(row);
    return cursor.holds(start, start + this.searched(source.blockLength(row)));
  }

  /** The first row after one without the text that may contain it. */
  skip(source: FrameSource, row: number): number {
    let next = row + 1;
    while (this.known(next) === Answer.no) next++;
    if (next < this.end || next > row + 1 || this.needsReadings) return next;
    const { cursor } = this;
    const number = source.blockNumber(row);
    const isSearched = number !== 0 && number === cursor.number && source.blockStart(row) >= cursor.from;
    return isSearched ? cursor.after(source, row) : next;
  }

  /** As {@link Collect}. Where payloads follow each other in a block, it is the block that is gone through, and not the rows. */
  collect(source: FrameSource, from: number, to: number, picked: Picks): number {
    const { cursor } = this;
    let row = from;
    while (row < to) {
      const payloads = source.payloads(row);
      const end = payloads ? Math.min(to, payloads.endOfRun(row)) : row;
      const number = source.blockNumber(row);
      if (!payloads || end === row || number === 0) return row;
      if (number !== cursor.number && !cursor.enter(source, number)) return row;
      if (cursor.isBinary) return row;
      const reached = this.collectRun(payloads, row, end, picked);
      if (reached < end) return reached;
      row = end;
    }
    return row;
  }

  private collectRun(payloads: Payloads, from: number, end: number, picked: Picks): number {
    const { cursor, needle, pace } = this;
    const last = payloads.blockStart(end - 1) + payloads.blockLength(end - 1);
    const near = payloads.isTight ? NEAR : 0;
    let row = from;
    let start = payloads.blockStart(row);
    while (row < end) {
      const answer = cursor.holds(start, last);
      if (answer === Answer.no) return end;
      const { at } = cursor;
      let after = start + payloads.blockLength(row);
      for (let hops = 0; after <= at && hops < near; hops++) {
        start = after;
        after += payloads.blockLength(++row);
      }
      if (after <= at || near === 0) {
        row = payloads.rowOfUnit(row, end, at);
        start = payloads.blockStart(row);
        after = start + payloads.blockLength(row);
      }
      if (answer === Answer.later) return row;
      if (start <= at && at + needle.length <= after) picked.push(row);
      start = after;
      row++;
      if (pace.spend(ROW_COST)) return row;
    }
    return end;
  }

  /** True if a row of the present block is read on its own. */
  private get needsReadings(): boolean {
    return this.cursor.isBinary && !this.needle.asciiOnly;
  }

  /** Releases searched texts; what was found in them stays. */
  forget(): void {
    this.cursor.leave();
    this.first = this.end; // rows may change until they are asked for again
  }

  private known(row: number): Answer {
    if (row < this.first || row >= this.end) return Answer.later;
    return (this.answers[row - this.first] ?? Answer.later) as Answer;
  }

  /** Looks at a row and at some that follow it, as far as they are in the same block. */
  private lookAhead(source: FrameSource, payloads: Payloads, row: number): Answer {
    const { cursor, answers, pace } = this;
    this.ahead = row === this.end ? Math.min(2 * this.ahead, SEGMENT_ROWS) : 1;
    const to = Math.min(payloads.endRow, row + this.ahead);
    answers.fill(Answer.no, 0, to - row);
    let next = row;
    let strangers = 0;
    while (next < to) {
      const start = payloads.blockStart(next);
      const isHere = payloads.blockNumber(next) === cursor.number && start >= cursor.from;
      strangers = isHere ? 0 : strangers + 1;
      if (strangers > MOST_STRANGERS) break;
      if (!isHere && next > row) {
        answers[next++ - row] = Answer.later;
        continue;
      }
      const answer = cursor.holds(start, start + this.searched(payloads.blockLength(next)));
      if (answer === Answer.later) break;
      answers[next - row] = answer;
      next = answer === Answer.no ? Math.min(to, cursor.after(source, next)) : next + 1;
      if (pace.spend(ROW_COST)) break;
    }
    this.first = row;
    this.end = next;
    if (next > row) pace.isInterrupted = false; // the interruption concerns a later row
    return this.known(row);
  }

  private testEvent(source: FrameSource, row: number): Answer {
    if (source.kind(row) < FrameKind.open) return Answer.no;
    return answerOf(this.isIn(source.eventText(row)));
  }

  /** A binary payload has two readings, and a row passes if either has it. In ASCII they are the same. */
  private testBinary(source: FrameSource, row: number): Answer {
    const { cursor } = this;
    const start = source.blockStart(row);
    const bytes = cursor.bytes(start, start + this.searched(source.blockLength(row)));
    this.pace.spend(8 * bytes.length);
    return answerOf(this.isIn(readUtf8(bytes)) || this.isIn(readLatin1(bytes)));
  }

  /** Number of units of a payload that are searched. */
  private searched(length: number): number {
    return this.cursor.isBinary ? Math.min(length, MAX_DECODED_BYTES) : length;
  }

  private isIn(text: string): boolean {
    return this.needle.find(text, 0) !== -1;
  }
}
