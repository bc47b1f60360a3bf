import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8, toBase64, toHex, utf8Length } from '../../../../src/decoders/bytes/bytes.ts';
import { parseBase64, parseHex } from '../../../../src/decoders/bytes/parse.ts';

const bytesOf = (...bytes: number[]) => new Uint8Array(bytes);

describe('UTF-8', () => {
  test.each([
    ['', 0],
    ['a', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
    ['\ud83d', 3],
    ['\ude00\ud83d', 6],
    ['\ud83d\ud83d\ude00', 7],
  ])('%j takes %i bytes', (text, length) => {
    expect(utf8Length(text)).toBe(length);
  });

  test('the length is that of the encoded bytes, for any string', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units);
        expect(utf8Length(text)).toBe(encodeUtf8(text).length);
      }),
    );
  });

  test('decoding tells what was not UTF-8 and keeps a byte order mark', () => {
    expect(decodeUtf8(bytesOf(0xef, 0xbb, 0xbf, 0x41))).toEqual({ text: '\ufeffA', valid: true });
    expect(decodeUtf8(bytesOf(0x41, 0xff))).toEqual({ text: 'A\ufffd', valid: false });
    expect(decodeUtf8(bytesOf(0xed, 0xa0, 0x80)).valid).toBe(false);
    expect(decodeUtf8(bytesOf())).toEqual({ text: '', valid: true });
  });
});

describe('hexadecimal', () => {
  test.each([
    '48656c',
    '48 65 6C',
    '0x48, 0x65, 0x6c',
    '48:65:6c',
    '0x48656c',
    '\n48\r\n65\t6c\n',
    '0X48 656c',
  ])('reads %j', (input) => {
    expect(parseHex(input)).toEqual({ ok: true, bytes: bytesOf(0x48, 0x65, 0x6c) });
  });

  test('reads nothing as no bytes', () => {
    expect(parseHex(' ')).toEqual({ ok: true, bytes: bytesOf() });
  });

  test.each([
    ['4g', 1, 'not-a-hex-digit'],
    ['48 zz', 3, 'not-a-hex-digit'],
    ['0x', 2, 'not-a-hex-digit'],
    ['48-65', 2, 'not-a-hex-digit'],
    ['486', 2, 'half-a-byte'],
    ['4 8', 0, 'half-a-byte'],
    ['48 6', 3, 'half-a-byte'],
    ['480x65', 3, 'not-a-hex-digit'],
  ])('refuses %j at %i: %s', (input, offset, problem) => {
    expect(parseHex(input)).toEqual({ ok: false, offset, problem });
  });

  test('any bytes come back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(parseHex(toHex(bytes))).toEqual({ ok: true, bytes });
      }),
    );
  });
});

describe('base64 (RFC 4648)', () => {
  test.each([
    ['', []],
    ['Zg==', [0x66]],
    ['Zg', [0x66]],
    ['Zm8=', [0x66, 0x6f]],
    ['Zm9v', [0x66, 0x6f, 0x6f]],
    [' Z m\n9\tv\r\n', [0x66, 0x6f, 0x6f]],
    ['Z g = =\n', [0x66]],
    ['+/-_', [0xfb, 0xff, 0xbf]],
    ['Zh', [0x66]],
  ])('reads %j', (input, bytes) => {
    expect(parseBase64(input)).toEqual({ ok: true, bytes: bytesOf(...bytes) });
  });

  test.each([
    ['Zm9v!', 4, 'not-a-base64-digit'],
    ['Zmé', 2, 'not-a-base64-digit'],
    ['Z', 1, 'missing-digits'],
    ['Z===', 1, 'missing-digits'],
    ['Zm9vZ', 5, 'missing-digits'],
    ['Zg=', 3, 'bad-padding'],
    ['Zg===', 4, 'bad-padding'],
    ['Zm9v=', 4, 'bad-padding'],
    ['=', 0, 'bad-padding'],
    ['Zg==Zg', 4, 'data-after-padding'],
  ])('refuses %j at %i: %s', (input, offset, problem) => {
    expect(parseBase64(input)).toEqual({ ok: false, offset, problem });
  });

  test('any bytes come back, in both alphabets, with and without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(toBase64(bytes)).toBe(buffer.toString('base64'));
        expect(parseBase64(toBase64(bytes))).toEqual({ ok: true, bytes });
        expect(parseBase64(buffer.toString('base64url'))).toEqual({ ok: true, bytes });
      }),
    );
  });

  test('takes what atob takes, and nothing more of the standard alphabet', () => {
    const near = fc.string({ unit: fc.constantFrom(...'AZaz09+/= \n'), maxLength: 9 });
    fc.assert(
      fc.property(near, (input) => {
        const parsed = parseBase64(input);
        let expected: string | undefined;
        try {
          expected = atob(input);
        } catch {
          expected = undefined;
        }
        expect(parsed.ok ? String.fromCharCode(...parsed.bytes) : undefined).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});

test('chunks join without a seam', () => {
  const bytes = new Uint8Array(1_000_001).map((_, index) => index * 31);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
});
