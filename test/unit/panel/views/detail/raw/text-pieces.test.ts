import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from '../../../../../../src/panel/views/detail/raw/text-pieces.ts';

/** Lengths around those at which something is decided. */
const length = fc.oneof(
  fc.nat(20),
  fc.integer({ min: 4085, max: 4105 }),
  fc.integer({ min: 8180, max: 8200 }),
);
const stretch = fc.tuple(
  fc.constantFrom('x', '\n', '\r\n', '\u{1f600}', 'e\u0301', '\u200d', '\u0301'),
  length,
);

test('pieces are cut at line ends, and within a line only if that is too long', () => {
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 6 }), (stretches) => {
      const text = stretches.map(([part, times]) => part.repeat(times)).join('');
      const pieces = piecesOf(text);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const [index, { start, text: part, goesOn }] of pieces.entries()) {
        const rest = text.slice(start + part.length);
        expect(text.startsWith(part, start)).toBe(true);
        expect(part.length).toBeGreaterThan(0);
        expect(part.length).toBeLessThanOrEqual(4096 + 2);
        expect(goesOn).toBe(rest !== '' && !part.endsWith('\n'));
        if (goesOn) expect(part.length).toBeGreaterThan(4096 - 64);
        if (goesOn) expect(rest.startsWith('\n')).toBe(false);
        expect(index).toBeLessThanOrEqual(text.length / 2000 + 1);
      }
    }),
    { numRuns: 300 },
  );
});

test('no character is cut, unless it has more marks than anybody could read', () => {
  const text = `${'x'.repeat(4095)}\u{1f600}${'y'.repeat(4093)}e${'\u0301'.repeat(5)}z`;
  expect(piecesOf(text).map(({ text }) => text.length)).toEqual([4095, 4095, 7]);
  const stacked = 'e'.padEnd(10_000, '\u0301');
  expect(piecesOf(stacked).map(({ text }) => text.length)).toEqual([4096, 4096, 1808]);
});
