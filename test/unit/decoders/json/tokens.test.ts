import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highlightJson } from '../../../../src/decoders/json/tokens.ts';

function tokensOf(text: string, maxChars = text.length): string[] {
  return highlightJson(text, maxChars).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe('colours', () => {
  test('a document', () => {
    expect(tokensOf('{"a": [-1.5e+3, true,"x\\""],"b" :null}')).toEqual([
      'punctuation {',
      'key "a"',
      'punctuation :',
      'punctuation [',
      'number -1.5e+3',
      'punctuation ,',
      'literal true',
      'punctuation ,',
      'string "x\\""',
      'punctuation ],',
      'key "b"',
      'punctuation :',
      'literal null',
      'punctuation }',
    ]);
  });

  test.each([
    ['{"ab', ['punctuation {', 'string "ab']],
    ['["ab\\', ['punctuation [', 'string "ab\\']],
    ['[12.', ['punctuation [', 'number 12.']],
    ['[-', ['punctuation [', 'number -']],
    ['[tru', ['punctuation [', 'text tru']],
    ['"a\nb": 1', ['string "a', 'text b', 'string ": 1']],
    ['hello 2nd world', ['text hello', 'text 2nd', 'text world']],
    ['{␊"a":1}', ['punctuation {', 'key "a"', 'punctuation :', 'number 1', 'punctuation }']],
    ['', []],
    [' \n', []],
  ])('%j, forgivingly', (text, expected) => {
    expect(tokensOf(text)).toEqual(expected);
  });

  test('looks at the first maxChars only', () => {
    expect(tokensOf('{"abc":1}', 4)).toEqual(['punctuation {', 'string "ab']);
    expect(tokensOf('["a\\"b"]', 4)).toEqual(['punctuation [', 'string "a\\']);
    expect(tokensOf('{}', 0)).toEqual([]);
    expect(tokensOf('{}', -1)).toEqual([]);
  });
});

test('tokens are in order, apart, within the limit, and leave out only white space', () => {
  const anything = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'{}[]",:\\ 1a-\n') }),
  );
  fc.assert(
    fc.property(anything, fc.nat(60), (text, maxChars) => {
      const limit = Math.min(maxChars, text.length);
      let at = 0;
      for (const token of highlightJson(text, maxChars)) {
        expect(token.start).toBeGreaterThanOrEqual(at);
        expect(token.end).toBeGreaterThan(token.start);
        expect(text.slice(at, token.start).trim()).toBe('');
        at = token.end;
      }
      expect(at).toBeLessThanOrEqual(limit);
      expect(text.slice(at, limit).trim()).toBe('');
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['quotes', '"'.repeat(300_000)],
  ['brackets', '['.repeat(1_000_000)],
  ['one endless string', `"${'\\'.repeat(1_000_000)}`],
  ['white space after a string', `"a"${' '.repeat(1_000_000)}`],
  ['digits that are no number', `${'1'.repeat(1_000_000)}x`],
])('survives %s', (_name, text) => {
  expect(highlightJson(text, text.length).length).toBeGreaterThan(0);
});
