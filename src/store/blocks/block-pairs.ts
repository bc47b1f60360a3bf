import type { BlockContent } from './block-content.ts';

/** Units above which the pairs of a block are not computed: it would take too long at once. */
export const MOST_PAIRED = 1024 * 1024;

const ENCODER = new TextEncoder();
/** Scratch space: UTF-8 takes at most three bytes for a UTF-16 unit. */
let bytes = new Uint8Array();
const seen = new Uint8Array(256 * 256);

/**
 * The pairs of adjacent ASCII characters in a block, mostly a few hundred: a text cannot occur in a block that lacks one of its
 * pairs, and mostly the pairs allow only one spelling of it in upper and lower case.
 */
export class BlockPairs {
  /** @param pairs in order; the first character has the higher byte */
  private constructor(private readonly pairs: Uint16Array) {}

  /**
   * About 1 ns a unit.
   * @param like pairs of another block: if they are the same, as they often are, they are shared
   */
  static of(content: BlockContent, like?: BlockPairs): BlockPairs {
    const scanned = typeof content === 'string' ? encoded(content) : content;
    seen.fill(0);
    let before = 0xff;
    for (let at = 0; at < scanned.length; at++) {
      const byte = scanned[at] ?? 0;
      seen[(before << 8) | byte] = 1;
      before = byte;
    }
    const pairs: number[] = [];
    for (let pair = seen.indexOf(1); pair !== -1 && pair < 0x8000; pair = seen.indexOf(1, pair + 1)) {
      if ((pair & 0x80) === 0) pairs.push(pair);
    }
    const isLike = like?.pairs.length === pairs.length && pairs.every((pair, at) => pair === like.pairs[at]);
    return like && isLike ? like : new BlockPairs(Uint16Array.from(pairs));
  }

  /** Whether two ASCII characters follow each other in the block. */
  has(first: number, second: number): boolean {
    const { pairs } = this;
    const wanted = (first << 8) | second;
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return pairs[low] === wanted;
  }
}

function encoded(text: string): Uint8Array {
  if (bytes.length < 3 * text.length) bytes = new Uint8Array(3 * text.length);
  const { written } = ENCODER.encodeInto(text, bytes);
  return bytes.subarray(0, written);
}
