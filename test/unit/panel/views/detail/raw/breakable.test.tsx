// @vitest-environment happy-dom
import fc from 'fast-check';
import { render } from 'preact';
import { expect, test } from 'vitest';
import { breakable } from '../../../../../../src/panel/views/detail/raw/breakable.tsx';

function drawn(text: string) {
  const root = document.createElement('div');
  render(<pre>{breakable(text)}</pre>, root);
  return { text: root.textContent, breaks: root.querySelectorAll('wbr').length };
}

test('combining marks that would take too long to shape are split, everything else is one text', () => {
  expect(drawn('Grüße 👩‍👩‍👧 e\u0301')).toEqual({ text: 'Grüße 👩‍👩‍👧 e\u0301', breaks: 0 });
  const stacked = `a${'\u0301'.repeat(1000)}b`;
  expect(drawn(stacked)).toEqual({ text: stacked, breaks: 15 });
});

test('no text is changed', () => {
  const pieces = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.tuple(fc.constantFrom('\u0301', '\u200d', '\u{e0041}', 'x'), fc.nat(600)).map(([c, n]) => c.repeat(n)),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 5 }), (parts) => {
      expect(drawn(parts.join('')).text).toBe(parts.join(''));
    }),
    { numRuns: 100 },
  );
});
