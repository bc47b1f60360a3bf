import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { singleText } from '../../../../src/decoders/bytes/float-text.ts';
import { typedValues } from '../../../../src/decoders/bytes/typed-values.ts';

function read(bytes: readonly number[], offset = 0, littleEndian = true): Record<string, string> {
  return Object.fromEntries(
    typedValues(Uint8Array.from(bytes), offset, littleEndian).map(({ type, value }) => [type, value]),
  );
}

describe('typedValues', () => {
  it('reads all types in either order of bytes', () => {
    const bytes = [0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe];
    expect(read(bytes)).toMatchObject({
      int8: '0',
      uint16: '65280',
      int32: '-256',
      int64: '-72057594037928192',
    });
    expect(read(bytes, 0, false)).toMatchObject({
      uint16: '255',
      uint32: '16777215',
      uint64: '72057594037927934',
    });
    expect(read([0x9a, 0x99, 0x99, 0x3f])).toMatchObject({ float32: '1.2' });
    expect(read([0x3f, 0xf3, 0x33, 0x33, 0x33, 0x33, 0x33, 0x33], 0, false)).toMatchObject({
      float64: '1.2',
    });
  });

  it('reads floating point numbers to their last digit, and the sign of zero', () => {
    expect(read([0x00, 0x00, 0x80, 0x4b])).toMatchObject({ float32: '16777216' });
    expect(read([0xff, 0xff, 0x7f, 0x4b])).toMatchObject({ float32: '16777215' });
    expect(read([0x79, 0xe9, 0xf6, 0x42])).toMatchObject({ float32: '123.456' });
    expect(read([0x01, 0x00, 0x00, 0x00]).float32).toMatch(/^1\.401\d*e-45$/);
    expect(read([0x00, 0x00, 0x00, 0x80])).toMatchObject({ float32: '-0' });
    expect(read([0, 0, 0, 0, 0, 0, 0, 0x80])).toMatchObject({ float64: '-0', float32: '0' });
    expect(read([0x00, 0x00, 0xc0, 0x7f])).toMatchObject({ float32: 'NaN' });
  });

  it('tells all floating point numbers of four bytes apart', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        expect(Object.is(Math.fround(Number(singleText(value))), value)).toBe(true);
      }),
    );
  });

  it('leaves out what there are too few bytes for', () => {
    expect(Object.keys(read([1, 2, 3], 1))).toEqual(['int8', 'uint8', 'int16', 'uint16', 'utf-8']);
    expect(read([1], 1)).toEqual({});
  });

  it('reads the character that begins at the place', () => {
    const bytes = [...new TextEncoder().encode('a€🙂')];
    expect([0, 1, 4].map((offset) => read(bytes, offset)['utf-8'])).toEqual(['a', '€', '🙂']);
    expect(read(bytes, 2)['utf-8']).toBeUndefined();
  });

  it('reads a part of a buffer as if it were all', () => {
    const part = Uint8Array.from([9, 9, 1, 0]).subarray(2);
    expect(typedValues(part, 0, true)).toContainEqual({ type: 'uint16', value: '1' });
  });
});
