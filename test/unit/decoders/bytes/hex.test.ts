import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiOf, hexPairs, hexRowCount } from '../../../../src/decoders/bytes/hex.ts';
import { parseHex } from '../../../../src/decoders/bytes/parse.ts';

const hello = new TextEncoder().encode('Hello\u0000ü~\u007f');

test('counts rows', () => {
  expect([0, 1, 16, 17].map((length) => hexRowCount(length, 16))).toEqual([0, 1, 1, 2]);
  expect(hexRowCount(17, 8)).toBe(3);
});

test('writes each byte as two lower-case digits', () => {
  expect(hexPairs(hello).join(' ')).toBe('48 65 6c 6c 6f 00 c3 bc 7e 7f');
  expect(hexPairs(new Uint8Array())).toEqual([]);
});

test('shows printable ASCII as itself, and a point for the rest', () => {
  expect(asciiOf(hello)).toBe('Hello...~.');
});

test('the pairs hold every byte', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(parseHex(hexPairs(bytes).join(' '))).toEqual({ ok: true, bytes });
    }),
  );
});
