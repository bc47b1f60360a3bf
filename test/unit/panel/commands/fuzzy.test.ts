import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzyMatch } from '../../../../src/panel/commands/fuzzy.ts';

/** The text with what was typed in brackets. */
function marked(query: string, text: string): string | undefined {
  const match = fuzzyMatch(query, text);
  return match && [...text].map((letter, at) => (match.marks.includes(at) ? `[${letter}]` : letter)).join('');
}

describe('a fuzzy match', () => {
  test.each([
    ['cl', 'Clear', '[C][l]ear'],
    ['sr', 'Show received frames only', '[S]how [r]eceived frames only'],
    ['raw', 'Frame detail: Raw', 'Frame detail: [R][a][w]'],
    ['FRAMES', 'Go to the frames', 'Go to the [f][r][a][m][e][s]'],
    ['a ll', 'Show all', 'Show [a][l][l]'],
    ['', 'Clear', 'Clear'],
  ])('of “%s” in “%s” is %s', (query, text, expected) => {
    expect(marked(query, text)).toBe(expected);
  });

  test.each([
    ['x', 'Clear'],
    ['lc', 'Clear'],
    ['cc', 'Clear'],
  ])('of “%s” in “%s” is none', (query, text) => {
    expect(marked(query, text)).toBeUndefined();
  });

  test('is better at the beginnings of words, and where letters follow each other', () => {
    const score = (text: string) => fuzzyMatch('set', text)?.score ?? 0;
    expect(score('Settings')).toBeGreaterThan(score('Open the settings'));
    expect(score('Open the settings')).toBeGreaterThan(score('Reset'));
  });

  test('finds whatever is there in its order, and only that', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '-', 'ß', 'İ'), maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (query, text) => {
        const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
        fc.pre(text.toLowerCase().length === text.length);
        const match = fuzzyMatch(query, text);
        const pattern = new RegExp([...wanted].map((letter) => `${letter}.*`).join(''));
        expect(match !== undefined).toBe(pattern.test(text.toLowerCase()));
        if (match) expect(match.marks.map((at) => text.toLowerCase()[at]).join('')).toBe(wanted);
      }),
    );
  });
});
