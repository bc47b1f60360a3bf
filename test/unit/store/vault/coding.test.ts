import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Coding, checksum, decodeBlock, encodeBlock } from '../../../../src/store/vault/coding.ts';

const everyByte = String.fromCharCode(...Array.from({ length: 256 }, (_, unit) => unit));
const withoutC1 = [...everyByte].filter((unit) => !/[\u0080-\u009f]/.test(unit)).join('');

test.each([
  { what: 'ASCII with NUL', text: '\0abc\x7f', coding: Coding.narrow },
  { what: 'Latin-1', text: withoutC1, coding: Coding.narrow },
  { what: 'controls that Windows has other characters for', text: everyByte, coding: Coding.wide },
  { what: 'lone surrogates', text: 'a\ud800b\udc00\udfff', coding: Coding.wide },
  { what: 'a byte order mark and a replacement character', text: '\ufeffa\ufffd\ufffe', coding: Coding.wide },
  { what: 'the bytes of a byte order mark', text: '\u00ef\u00bb\u00bfx', coding: Coding.narrow },
  {
    what: 'more than one call of String.fromCharCode takes',
    text: '€\ud800'.repeat(100_000),
    coding: Coding.wide,
  },
  { what: 'nothing', text: '', coding: Coding.narrow },
])('$what comes back as it was', ({ text, coding }) => {
  const coded = encodeBlock(text);
  expect(coded.coding).toBe(coding);
  expect(decodeBlock(coded) === text).toBe(true);
});

test('any text and any bytes survive', () => {
  const unit = fc.integer({ min: 0, max: 0xffff });
  const latin = fc.integer({ min: 0, max: 0xff });
  fc.assert(
    fc.property(fc.oneof(fc.array(unit), fc.array(latin)), (units) => {
      const text = String.fromCharCode(...units);
      expect(decodeBlock(encodeBlock(text))).toBe(text);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeBlock(encodeBlock(bytes))).toEqual(bytes);
    }),
  );
});

test('a single wrong bit changes the checksum, wherever it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(7), (bytes, place, bit) => {
      const damaged = bytes.slice();
      const at = place % bytes.length;
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      expect(checksum(damaged)).not.toBe(checksum(bytes));
    }),
  );
});
