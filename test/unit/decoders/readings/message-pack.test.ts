import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAs } from '../../../../src/decoders/readings/reading.ts';
import { bytesOf, jsonOf } from './bytes.ts';

const json = (hex: string) => jsonOf('MessagePack', bytesOf(hex));

describe('MessagePack', () => {
  it.each([
    ['00', '0'],
    ['7f', '127'],
    ['ff', '-1'],
    ['e0', '-32'],
    ['c0', 'null'],
    ['c2', 'false'],
    ['c3', 'true'],
    ['cc80', '128'],
    ['cd8000', '32768'],
    ['ce80000000', '2147483648'],
    ['cf0020000000000001', '9007199254740993'],
    ['cfffffffffffffffff', '18446744073709551615'],
    ['d080', '-128'],
    ['d18000', '-32768'],
    ['d280000000', '-2147483648'],
    ['d38000000000000000', '-9223372036854775808'],
    ['ca3dcccccd', '0.10000000149011612'],
    ['cb3fb999999999999a', '0.1'],
    ['cb3ff0000000000000', '1.0'],
    ['cb8000000000000000', '-0.0'],
    ['cb7ff8000000000000', '{"float":"NaN"}'],
    ['cbfff0000000000000', '{"float":"-Infinity"}'],
    ['cb54b249ad2594c37d', '1e+100'],
    ['a0', '""'],
    ['a3e282ac', '"€"'],
    ['d903612262', '"a\\"b"'],
    ['da0001c3', undefined],
    ['db0000000161', '"a"'],
    ['c403010203', '{"base64":"AQID"}'],
    ['c5000101', '{"base64":"AQ=="}'],
    ['c60000000101', '{"base64":"AQ=="}'],
    ['90', '[]'],
    ['93010203', '[1,2,3]'],
    ['dc0001c0', '[null]'],
    ['dd00000001c0', '[null]'],
    ['80', '{}'],
    ['81a161a162', '{"a":"b"}'],
    ['de0001a16101', '{"a":1}'],
    ['df00000001a16101', '{"a":1}'],
    ['82a16101a16102', '{"a":1,"a":2}'],
    ['d40501', '{"ext":5,"base64":"AQ=="}'],
    ['d80500000000000000000000000000000000', '{"ext":5,"base64":"AAAAAAAAAAAAAAAAAAAAAA=="}'],
    ['c70205aabb', '{"ext":5,"base64":"qrs="}'],
    ['c80001fe00', '{"ext":-2,"base64":"AA=="}'],
    ['c90000000100ff', '{"ext":0,"base64":"/w=="}'],
  ])('%s is %s', (hex, expected) => {
    if (expected !== undefined) expect(json(hex)).toBe(expected);
    else expect(json(hex)).toBe('{"base64":"ww=="}'); // a text that is no UTF-8
  });

  it.each([
    ['d6ff65000001', '{"timestamp":"2023-09-12T06:06:57Z"}'],
    ['d7ff0000000400000000', '{"timestamp":"1970-01-01T00:00:00.000000001Z"}'],
    ['d7ff7735940000000000', '{"timestamp":"1970-01-01T00:00:00.5Z"}'],
    ['c70cff00000000ffffffffffffffff', '{"timestamp":"1969-12-31T23:59:59Z"}'],
    ['d7ffee6b280000000000', '{"ext":-1,"base64":"7msoAAAAAAA="}'], // 1,000,000,000 ns
    ['c70cff000000007fffffffffffffff', '{"ext":-1,"base64":"AAAAAH//////////"}'], // no date is as late
    ['c703ff010203', '{"ext":-1,"base64":"AQID"}'],
  ])('the extension -1 is a point in time, where it is one: %s', (hex, expected) => {
    expect(json(hex)).toBe(expected);
  });

  it('names what has other keys than text by these, and says so', () => {
    const read = readAs('MessagePack', bytesOf('8501c0c3c0c0c092010290c401ffc0'));
    expect(read).toMatchObject({
      json: '{"1":null,"true":null,"null":null,"[1,2]":[],"{\\"base64\\":\\"/w==\\"}":null}',
    });
    expect('json' in read && [...read.remarks]).toEqual(['keys']);
  });

  it.each([
    ['c1', 0],
    ['a261', 1],
    ['dd7fffffff', 5],
    ['df7fffffffc0', 5],
    ['c6ffffffff00', 5],
    ['92c0', 1],
    ['', 0],
  ])('%s is none, as byte %i shows', (hex, offset) => {
    const read = readAs('MessagePack', bytesOf(hex));
    expect(read).toEqual({ malformedAt: expect.any(Number) });
    if ('malformedAt' in read) expect(Math.abs(read.malformedAt - offset)).toBeLessThanOrEqual(1);
  });

  it('reads what an encoder writes', () => {
    const values = fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(values, (value) => {
        expect(JSON.parse(jsonOf('MessagePack', encode(value)) ?? '')).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  it('keeps every whole number of 64 bits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
        expect(jsonOf('MessagePack', encode(value, { useBigInt64: true }))).toBe(String(value));
      }),
    );
  });
});
