import type { BlockContent } from './block-content.ts';

/** Units beyond which a block is not looked through for its pairs: it would take too long in one go. */
export const MOST_PAIRED = 1024 * 1024;
/** Characters of ASCII. */
const ASCII = 128;

const ENCODER = new TextEncoder();
/** Scratch space: UTF-8 takes at the most three bytes for a UTF-16 unit. */
let bytes = new Uint8Array();
const seen = new Uint8Array(256 * 256);

/**
 * Which pairs of neighbouring ASCII characters a block holds, in 2 KiB: a text is nowhere in a block that lacks one of its pairs, and
 * mostly there is but one way of writing it, in upper and lower case, that the pairs allow.
 */
export class BlockPairs {
  private constructor(private readonly bits: Uint8Array) {}

  /** About 1 ns a unit. */
  static of(content: BlockContent): BlockPairs {
    const scanned = typeof content === 'string' ? encoded(content) : content;
    seen.fill(0);
    let before = 0xff;
    for (let at = 0; at < scanned.length; at++) {
      const byte = scanned[at] ?? 0;
      seen[(before << 8) | byte] = 1;
      before = byte;
    }
    const bits = new Uint8Array((ASCII * ASCII) / 8);
    for (let pair = 0; pair < ASCII * ASCII; pair++) {
      if (seen[((pair >> 7) << 8) | (pair & 0x7f)])
        bits[pair >> 3] = (bits[pair >> 3] ?? 0) | (1 << (pair & 7));
    }
    return new BlockPairs(bits);
  }

  /** Whether the block holds two ASCII characters one behind the other. */
  has(first: number, second: number): boolean {
    const pair = (first << 7) | second;
    return (((this.bits[pair >> 3] ?? 0) >> (pair & 7)) & 1) === 1;
  }
}

function encoded(text: string): Uint8Array {
  if (bytes.length < 3 * text.length) bytes = new Uint8Array(3 * text.length);
  const { written } = ENCODER.encodeInto(text, bytes);
  return bytes.subarray(0, written);
}
