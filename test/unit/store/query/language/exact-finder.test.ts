import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExactFinder } from '../../../../../src/store/query/language/exact-finder.ts';

/** Of few characters, so that parts of a text stand in many places. */
const few = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '\u0161', '\ud83d', '\ude00'), maxLength: 60 });

describe('a finder tuned to a sample', () => {
  test('finds what indexOf finds, whatever the sample', () => {
    fc.assert(
      fc.property(few, few, few, fc.nat(60), (text, searched, sample, from) => {
        fc.pre(text.length > 0 && text.length < 6);
        const tuned = new ExactFinder(text).tunedTo(sample);
        expect(tuned.find(searched, from)).toBe(searched.indexOf(text, from));
      }),
      { numRuns: 2000 },
    );
  });

  test('finds the text after any number of places that look like it from the unit it goes by', () => {
    for (const misses of [1, 63, 64, 65, 66, 1000]) {
      const searched = `${'yz '.repeat(misses)}xyz${'yz '.repeat(misses)}`;
      const tuned = new ExactFinder('xyz').tunedTo('xxxx');
      expect(tuned.find(searched, 0)).toBe(3 * misses);
      expect(tuned.find(searched, 3 * misses + 1)).toBe(-1);
    }
  });

  test('does not find a text whose beginning lies before the place to begin at', () => {
    expect(new ExactFinder('xy').tunedTo('xxxx').find('xyxy', 1)).toBe(2);
  });

  test('finds texts that are longer than the units it chooses among', () => {
    const text = `${'x'.repeat(40)}y`;
    expect(new ExactFinder(text).tunedTo('xxxx').find(`x${text}`, 0)).toBe(1);
  });
});
