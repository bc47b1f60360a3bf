import type { BlockContent } from '../../blocks/block-content.ts';
import type { BlockPairs } from '../../blocks/block-pairs.ts';
import type { Finder } from '../language/exact-finder.ts';
import { type Needle, NOWHERE } from '../language/text-test.ts';
import { Answer } from './answer.ts';
import type { Pace } from './pace.ts';
import { readLatin1 } from './row-text.ts';
import type { FrameSource } from './source.ts';

/** Units searched at once: at first, and at most. They double while rows are asked for in order. */
const FIRST_WINDOW = 4096;
const LAST_WINDOW = 256 * 1024;
/** Two windows with at most this many units between them count as consecutive. */
const NEAR = 4096;
/** Units of a block that show which characters are frequent in it. */
const SAMPLE = 512;
/** Comparisons at once: in a text of one repeated letter, each unit costs as many as the needle is long. */
const MAX_COMPARISONS = 16_000_000;
/** Blocks whose rows alternate; more of them than this are searched anew each time. */
const MAX_REMEMBERED = 512;

/** State of the search of a block: no match starts from `from` up to, but not including, `next`. */
interface Place {
  readonly from: number;
  readonly next: number;
  readonly isMatch: boolean;
}

/** State for a block without the text. */
const AT_END: Place = { from: 0, next: Number.MAX_SAFE_INTEGER, isMatch: false };

/** A few rows from the middle of a block. */
function sampleOf(content: BlockContent): string {
  const start = Math.max(0, (content.length - SAMPLE) >> 1);
  const end = start + SAMPLE;
  return typeof content === 'string' ? content.slice(start, end) : readLatin1(content.subarray(start, end));
}

/**
 * Searches whole blocks for a text and determines for single rows, asked for in order, whether they contain it. One pass over a block
 * serves all of its rows, as rows without a match cost a comparison of two numbers.
 */
export class BlockCursor {
  /** The block it is in; 0 for none. */
  number = 0;
  private content: BlockContent = '';
  private finder: Finder;
  private start = 0;
  /** The next match if {@link isMatch}, else where to continue. */
  private next = 0;
  private isMatch = false;
  /** The part of the block that was searched last, as text, and where it starts. */
  private window = '';
  private windowStart = 0;
  private windowSize = 0;
  /** One past the last unit at which a match within that part can start. */
  private windowEnd = 0;
  private readonly firstWindow: number;
  private readonly maxWindow: number;
  /** By the pairs of characters that a block holds. Blocks of one sort of messages share them, and characters are about as frequent in each. */
  private readonly finders = new Map<BlockPairs, Finder>();
  private readonly others = new Map<number, Place>();

  constructor(
    private readonly needle: Needle,
    private readonly pace: Pace,
  ) {
    const limit = Math.max(256, Math.floor(MAX_COMPARISONS / needle.length));
    this.firstWindow = Math.min(FIRST_WINDOW, limit);
    this.maxWindow = Math.min(LAST_WINDOW, limit);
    this.finder = needle;
  }

  /** The unit from which on the block has been searched. */
  get from(): number {
    return this.start;
  }

  /** The unit at which {@link holds} has found the text; otherwise, the unit up to which there is none. */
  get at(): number {
    return this.next;
  }

  get isBinary(): boolean {
    return typeof this.content !== 'string';
  }

  /** @returns false if the block is not in memory, and may hold the text */
  enter(source: FrameSource, number: number): boolean {
    this.leave();
    const pairs = source.pairs(number);
    const finder = pairs ? (this.finders.get(pairs) ?? this.needle.finderIn(pairs)) : this.needle;
    const content = finder === NOWHERE ? '' : source.block(number);
    if (content === undefined) return false;
    this.finder = pairs ? this.tuned(finder, pairs, content) : finder;
    const place = finder === NOWHERE ? AT_END : this.others.get(number);
    this.number = number;
    this.content = content;
    this.start = place?.from ?? 0;
    this.next = place?.next ?? 0;
    this.isMatch = place?.isMatch ?? false;
    return true;
  }

  /** Releases the block and remembers how far it has been searched. */
  leave(): void {
    if (this.number === 0) return;
    if (this.others.size >= MAX_REMEMBERED) this.others.clear();
    this.others.set(this.number, { from: this.start, next: this.next, isMatch: this.isMatch });
    this.number = 0;
    this.content = '';
    this.window = '';
    this.windowEnd = 0;
  }

  /** Whether the units from `start` to `end` contain the text; `later` if the time was up first. */
  holds(start: number, end: number): Answer {
    const { length } = this.needle;
    if (start > this.next || start < this.start) this.moveTo(start);
    while (this.next + length <= end) {
      if (this.isMatch) return Answer.yes;
      this.search();
      if (!this.isMatch && this.pace.spend(this.windowSize) && this.next + length <= end) {
        this.pace.isInterrupted = true;
        return Answer.later;
      }
    }
    return Answer.no;
  }

  /** The first row after one of this block without a match that may have one. */
  after(source: FrameSource, row: number): number {
    const unit = this.next + this.needle.length - 1;
    return source.outside(row + 1, this.number, this.start, unit);
  }

  bytes(start: number, end: number): Uint8Array {
    return typeof this.content === 'string' ? new Uint8Array() : this.content.subarray(start, end);
  }

  private tuned(finder: Finder, pairs: BlockPairs, content: BlockContent): Finder {
    if (this.finders.has(pairs)) return finder;
    const tuned = finder.tunedTo?.(sampleOf(content)) ?? finder;
    if (this.finders.size >= MAX_REMEMBERED) this.finders.clear();
    this.finders.set(pairs, tuned);
    return tuned;
  }

  private moveTo(start: number): void {
    this.start = start;
    this.next = start;
    this.isMatch = false;
  }

  /** Looks for the next match within one window. */
  private search(): void {
    if (this.next < this.windowStart || this.next >= this.windowEnd) this.openWindow();
    if (this.next >= this.windowEnd) {
      this.next = Number.MAX_SAFE_INTEGER; // the block is shorter than its rows claim
      return;
    }
    const found = this.finder.find(this.window, this.next - this.windowStart);
    this.isMatch = found !== -1;
    this.next = this.isMatch ? this.windowStart + found : this.windowEnd;
  }

  private openWindow(): void {
    const isNear = this.window !== '' && this.next >= this.windowEnd && this.next < this.windowEnd + NEAR;
    this.windowSize = isNear ? Math.min(2 * this.windowSize, this.maxWindow) : this.firstWindow;
    this.windowStart = this.next;
    const end = this.windowStart + this.windowSize + this.needle.length - 1;
    this.window =
      typeof this.content === 'string'
        ? this.content.slice(this.windowStart, end)
        : readLatin1(this.content.subarray(this.windowStart, end));
    this.windowEnd = this.windowStart + Math.max(0, this.window.length - this.needle.length + 1);
  }
}
