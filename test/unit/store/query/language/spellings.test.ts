import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockPairs } from '../../../../../src/store/blocks/block-pairs.ts';
import { spellingsIn } from '../../../../../src/store/query/language/spellings.ts';
import { exactNeedle, NOWHERE, substringNeedle } from '../../../../../src/store/query/language/text-test.ts';

test('blocks with the same pairs share one record of them', () => {
  const pairs = BlockPairs.of('abcabc');
  expect(BlockPairs.of('cabcabc', pairs)).toBe(pairs);
  expect(BlockPairs.of('abcab', pairs)).toBe(pairs);
  expect(BlockPairs.of('abc', pairs)).not.toBe(pairs);
});

describe('the spellings that may occur in a block', () => {
  test.each([
    { block: 'venue: XLON', text: 'xlon', spellings: ['XLON'] },
    { block: 'venue: XLON, xlon', text: 'Xlon', spellings: ['xlon', 'XLON'] },
    { block: 'venue: XLO', text: 'xlon', spellings: [] },
    { block: '12:30', text: '2:3', spellings: ['2:3'] },
    { block: 'any', text: 'x', spellings: ['x', 'X'] },
  ])('of $text in "$block"', ({ block, text, spellings }) => {
    expect(spellingsIn(BlockPairs.of(block), text)).toEqual(spellings);
  });

  test('are not listed if there are many', () => {
    expect(spellingsIn(BlockPairs.of('aAaaAA'), 'a'.repeat(20))).toBeUndefined();
  });
});

const word = fc.constantFrom(
  'a',
  'A',
  'ab',
  'B',
  'k',
  '\u212a',
  's',
  '\u017f',
  'é',
  '1',
  '\ud83d',
  '😀',
  '\0',
);
const words = fc.array(word, { maxLength: 12 }).map((parts) => parts.join(''));

test('knowing the pairs of a block does not change what is found in it', () => {
  fc.assert(
    fc.property(words, words, fc.boolean(), fc.boolean(), (whole, text, isBinary, isExact) => {
      fc.pre(text !== '');
      const needle = isExact ? exactNeedle(text) : substringNeedle(text);
      const bytes = Uint8Array.from(whole, (unit) => unit.charCodeAt(0) & 0xff);
      const searched = isBinary ? String.fromCharCode(...bytes) : whole;
      const finder = needle.finderIn(BlockPairs.of(isBinary ? bytes : whole));
      for (let from = 0; from <= searched.length; from++) {
        expect(finder.find(searched, from)).toBe(needle.find(searched, from));
      }
      if (finder === NOWHERE) expect(searched).not.toContain(text);
    }),
  );
});
