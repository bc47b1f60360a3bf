import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexDump, hexRow, hexRowCount } from '../../../src/decoders/hex.ts';
import { parseHex } from '../../../src/decoders/parse-bytes.ts';

const hello = new TextEncoder().encode('Hello, WebSocket\u0000ü~\u007f');

test('counts rows', () => {
  expect([0, 1, 16, 17].map((length) => hexRowCount(length))).toEqual([0, 1, 1, 2]);
  expect(hexRowCount(17, 8)).toBe(3);
});

test('gives one row', () => {
  expect(hexRow(hello, 1)).toEqual({
    offset: '00000010',
    hex: ['00', 'c3', 'bc', '7e', '7f'],
    ascii: '...~.',
  });
  expect(hexRow(hello, 1, 4)).toEqual({ offset: '00000004', hex: ['6f', '2c', '20', '57'], ascii: 'o, W' });
  expect(hexRow(hello, 99)).toEqual({ offset: '00000630', hex: [], ascii: '' });
});

test('reads a row at the end of a large buffer', () => {
  const bytes = new Uint8Array(100_000_000);
  bytes[99_999_999] = 0x41;
  const row = hexRow(bytes, hexRowCount(bytes.length) - 1);
  expect(row.offset).toBe('05f5e0f0');
  expect(row.ascii).toBe('...............A');
});

test('dumps in the layout of hexdump -C', () => {
  expect(hexDump(hello)).toBe(
    [
      '00000000  48 65 6c 6c 6f 2c 20 57 65 62 53 6f 63 6b 65 74  |Hello, WebSocket|',
      '00000010  00 c3 bc 7e 7f                                   |...~.|',
    ].join('\n'),
  );
  expect(hexDump(hello, { start: 7, end: 10, bytesPerRow: 4 })).toBe('00000007  57 65 62     |Web|');
  expect(hexDump(new Uint8Array())).toBe('');
});

test('the rows hold every byte', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 20 }), (bytes, width) => {
      const rows = Array.from({ length: hexRowCount(bytes.length, width) }, (_, row) =>
        hexRow(bytes, row, width),
      );
      expect(parseHex(rows.flatMap((row) => row.hex).join(' '))).toEqual({ ok: true, bytes });
    }),
  );
});
