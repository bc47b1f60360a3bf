import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BlockContent } from '../../../../src/store/blocks/block-content.ts';
import { Blocks } from '../../../../src/store/blocks/blocks.ts';
import { Pool } from '../../../../src/store/blocks/pool.ts';

const FULL = 256 * 1024;
const NOBODY = {
  openVault: () => undefined,
  lost: () => undefined,
  loaded: () => undefined,
  trouble: () => undefined,
};

function slice(blocks: Blocks, block: number, start: number, length: number): BlockContent | undefined {
  return blocks.content(block)?.slice(start, start + length);
}

test('pieces of any length, joined or not, are found at their places', () => {
  const length = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: FULL + 5 }));
  const piece = fc.oneof(
    fc.record({
      pool: fc.constantFrom(Pool.text, Pool.wide),
      length,
      unit: fc.constantFrom('a', 'ÿ', '\ud800'),
    }),
    fc.record({ pool: fc.constant(Pool.bytes), length, unit: fc.constant('') }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(30), (pieces, readAt) => {
      const blocks = new Blocks(NOBODY);
      const placed = pieces.map(({ pool, length, unit }, index) => {
        const content: BlockContent =
          pool === Pool.bytes ? new Uint8Array(length).fill(index) : unit.repeat(length);
        const place = blocks.add(pool, content);
        if (index === readAt) blocks.content(place.block);
        return { ...place, content };
      });
      for (const { block, start, content } of placed) {
        const read = slice(blocks, block, start, content.length);
        expect(
          typeof read === 'string'
            ? read === content
            : Buffer.compare(read ?? Buffer.of(), Buffer.from(content as Uint8Array)) === 0,
        ).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('small pieces share a block until it is full; the block is dropped with its last user', () => {
  const blocks = new Blocks(NOBODY);
  const numbers = Array.from({ length: 600 }, () => blocks.add(Pool.text, 'x'.repeat(1024)).block);
  expect(new Set(numbers).size).toBe(3);
  for (const number of new Set(numbers)) blocks.retain(number);
  blocks.retain(1);
  blocks.release(1);
  expect([blocks.content(1)?.length, blocks.bytes]).toEqual([FULL, 600 * 1024]);
  for (const number of new Set(numbers)) blocks.release(number);
  expect([blocks.content(1), blocks.content(3), blocks.bytes]).toEqual([undefined, undefined, 0]);
  expect(blocks.add(Pool.text, 'y')).toEqual({ block: 4, start: 0 });
});

test('large pieces have blocks of their own', () => {
  const blocks = new Blocks(NOBODY);
  blocks.add(Pool.bytes, Uint8Array.of(1));
  expect(blocks.add(Pool.bytes, new Uint8Array(FULL))).toEqual({ block: 2, start: 0 });
  expect(blocks.add(Pool.bytes, Uint8Array.of(2))).toEqual({ block: 1, start: 1 });
});
