/** Where a payload comes from: text of one byte a character, wider text, or bytes. */
export const Pool = { text: 0, wide: 1, bytes: 2 } as const;
export type Pool = (typeof Pool)[keyof typeof Pool];

/** What a block holds: payloads one after the other, in UTF-16 units or bytes. */
export type BlockContent = string | Uint8Array;

/** Where a piece has come to stand. */
export interface Place {
  /** Number of its block, from 1. */
  readonly block: number;
  /** Units of the block before it. */
  readonly start: number;
}

/** Units at which a block is full. Larger pieces are blocks of their own, so that they need not be copied. */
const FULL = 256 * 1024;

interface Block {
  readonly pool: Pool;
  /** One after the other; one alone once the block is full. */
  pieces: BlockContent[];
  units: number;
  /** Segments with rows in it. */
  users: number;
}

/**
 * The payloads of all rows, as few large strings and arrays: what arrives in small pieces is joined. A block grows at its end
 * until it is full; what stands in it stays where it is.
 */
export class Blocks {
  private readonly blocks = new Map<number, Block>();
  private readonly growing: (number | undefined)[] = [];
  private last = 0;
  private heldBytes = 0;

  /** Bytes of memory that the contents take. */
  get bytes(): number {
    return this.heldBytes;
  }

  add(pool: Pool, piece: BlockContent): Place {
    this.heldBytes += bytesOf(pool, piece.length);
    if (piece.length >= FULL) return { block: this.begin(pool, piece), start: 0 };
    const number = this.growing[pool];
    const block = number === undefined ? undefined : this.blocks.get(number);
    if (number === undefined || !block) {
      const begun = this.begin(pool, piece);
      this.growing[pool] = begun;
      return { block: begun, start: 0 };
    }
    const start = block.units;
    block.pieces.push(piece);
    block.units += piece.length;
    if (block.units >= FULL) this.close(pool);
    return { block: number, start };
  }

  /** Ends the blocks that still grow. */
  closeAll(): void {
    for (const pool of Object.values(Pool)) this.close(pool);
  }

  content(number: number): BlockContent | undefined {
    const block = this.blocks.get(number);
    if (!block) return undefined;
    if (block.pieces.length > 1) block.pieces = [joined(block.pieces)];
    return block.pieces[0];
  }

  /** One more segment has rows in a block. */
  retain(number: number): void {
    const block = this.blocks.get(number);
    if (block) block.users++;
  }

  /** A segment with rows in a block is gone; the block goes with the last one. */
  release(number: number): void {
    const block = this.blocks.get(number);
    if (!block || --block.users > 0) return;
    this.heldBytes -= bytesOf(block.pool, block.units);
    this.blocks.delete(number);
    if (this.growing[block.pool] === number) this.growing[block.pool] = undefined;
  }

  private begin(pool: Pool, piece: BlockContent): number {
    this.blocks.set(++this.last, { pool, pieces: [piece], units: piece.length, users: 0 });
    return this.last;
  }

  private close(pool: Pool): void {
    const number = this.growing[pool];
    if (number !== undefined) this.content(number);
    this.growing[pool] = undefined;
  }
}

function bytesOf(pool: Pool, units: number): number {
  return pool === Pool.wide ? 2 * units : units;
}

function joined(pieces: readonly BlockContent[]): BlockContent {
  const texts = pieces.filter((piece) => typeof piece === 'string');
  if (texts.length > 0) return texts.join('');
  const parts = pieces.filter((piece) => typeof piece !== 'string');
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
