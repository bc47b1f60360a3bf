import { FrameKind } from '../../protocol/frames.ts';
import { Answer, answerOf } from './answer.ts';
import { BlockCursor } from './block-cursor.ts';
import type { Pace } from './pace.ts';
import { MAX_DECODED_BYTES, readLatin1, readUtf8 } from './row-text.ts';
import type { FrameSource } from './source.ts';
import type { Needle } from './text-test.ts';

/** Tells of each row whether it has a text. */
export class LiteralSearch {
  private readonly cursor: BlockCursor;

  constructor(
    private readonly needle: Needle,
    private readonly pace: Pace,
  ) {
    this.cursor = new BlockCursor(needle, pace);
  }

  test(source: FrameSource, row: number): Answer {
    const number = source.blockNumber(row);
    if (number === 0) return this.testEvent(source, row);
    const { cursor } = this;
    if (number !== cursor.number && !cursor.enter(source, number)) {
      return source.isAway(number) ? Answer.later : Answer.no;
    }
    if (cursor.isBinary) return this.testBinary(source, row);
    const start = source.blockStart(row);
    return cursor.holds(start, start + source.blockLength(row));
  }

  /** The first row after one without the text that may have it. */
  skip(source: FrameSource, row: number): number {
    return this.needsReadings ? row + 1 : this.cursor.skip(source, row);
  }

  /** True if a row of the present block is read for itself. */
  private get needsReadings(): boolean {
    return this.cursor.isBinary && !this.needle.asciiOnly;
  }

  /** Lets go of texts that were searched; what was learned of them stays. */
  forget(): void {
    this.cursor.leave();
  }

  private testEvent(source: FrameSource, row: number): Answer {
    if (source.kind(row) < FrameKind.open) return Answer.no;
    return answerOf(this.isIn(source.eventText(row)));
  }

  /** A binary payload has two readings, and a row passes if either has it. In ASCII they are the same. */
  private testBinary(source: FrameSource, row: number): Answer {
    const start = source.blockStart(row);
    const end = start + Math.min(source.blockLength(row), MAX_DECODED_BYTES);
    if (this.needle.asciiOnly) return this.cursor.holds(start, end);
    const bytes = this.cursor.bytes(start, end);
    this.pace.spend(8 * bytes.length);
    return answerOf(this.isIn(readUtf8(bytes)) || this.isIn(readLatin1(bytes)));
  }

  private isIn(text: string): boolean {
    return this.needle.find(text, 0) !== -1;
  }
}
