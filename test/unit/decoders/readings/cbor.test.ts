import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAs } from '../../../../src/decoders/readings/reading.ts';
import { bytesOf, jsonOf } from './bytes.ts';

const json = (hex: string) => jsonOf('CBOR', bytesOf(hex));

describe('CBOR', () => {
  /** https://www.rfc-editor.org/rfc/rfc8949.html, appendix A */
  it.each([
    ['00', '0'],
    ['17', '23'],
    ['1818', '24'],
    ['1a000f4240', '1000000'],
    ['1bffffffffffffffff', '18446744073709551615'],
    ['c249010000000000000000', '18446744073709551616'],
    ['3bffffffffffffffff', '-18446744073709551616'],
    ['c349010000000000000000', '-18446744073709551617'],
    ['20', '-1'],
    ['3903e7', '-1000'],
    ['f90000', '0.0'],
    ['f98000', '-0.0'],
    ['f93c00', '1.0'],
    ['fb3ff199999999999a', '1.1'],
    ['f93e00', '1.5'],
    ['f97bff', '65504.0'],
    ['fa47c35000', '100000.0'],
    ['fa7f7fffff', '3.4028234663852886e+38'],
    ['fb7e37e43c8800759c', '1e+300'],
    ['f90001', '5.960464477539063e-8'],
    ['f90400', '0.00006103515625'],
    ['f9c400', '-4.0'],
    ['f97c00', '{"float":"Infinity"}'],
    ['f97e00', '{"float":"NaN"}'],
    ['f9fc00', '{"float":"-Infinity"}'],
    ['f4', 'false'],
    ['f5', 'true'],
    ['f6', 'null'],
    ['f7', '{"simple":"undefined"}'],
    ['f0', '{"simple":16}'],
    ['f8ff', '{"simple":255}'],
    [
      'c074323031332d30332d32315432303a30343a30305a',
      '{"tag":0,"name":"date and time","value":"2013-03-21T20:04:00Z"}',
    ],
    ['c11a514b67b0', '{"tag":1,"name":"epoch time","value":1363896240}'],
    ['d74401020304', '{"tag":23,"name":"for base16","value":{"base64":"AQIDBA=="}}'],
    ['d9010000', '{"tag":256,"value":0}'],
    ['40', '{"base64":""}'],
    ['6161', '"a"'],
    ['62225c', '"\\"\\\\"'],
    ['64f0908591', '"𐅑"'],
    ['80', '[]'],
    ['8301820203820405', '[1,[2,3],[4,5]]'],
    ['a201020304', '{"1":2,"3":4}'],
    ['a26161016162820203', '{"a":1,"b":[2,3]}'],
    ['5f42010243030405ff', '{"base64":"AQIDBAU="}'],
    ['7f657374726561646d696e67ff', '"streaming"'],
    ['9fff', '[]'],
    ['9f018202039f0405ffff', '[1,[2,3],[4,5]]'],
    ['bf61610161629f0203ffff', '{"a":1,"b":[2,3]}'],
    ['bf6346756ef563416d7421ff', '{"Fun":true,"Amt":-2}'],
  ])('%s is %s', (hex, expected) => {
    expect(json(hex)).toBe(expected);
  });

  it.each([
    'ff', // a break where nothing ends
    '81ff',
    'a101', // a key without a value
    'bf01ff',
    '1c', // reserved
    'fc',
    'f818', // a simple value of two bytes that fits in one
    '5f6161ff', // text within bytes
    '5f5f4101ffff', // indefinite within indefinite
    '9bffffffffffffffff',
    'bb7fffffffffffffff00',
    '5affffffff00',
    '9f01',
    'c2', // a tag and nothing behind it
    '',
  ])('%s is none', (hex) => {
    expect(json(hex)).toBeUndefined();
  });

  it('tells of indefinite lengths and of keys that are no text', () => {
    const read = readAs('CBOR', bytesOf('bf0102ff'));
    expect('json' in read && [...read.remarks].sort()).toEqual(['indefinite', 'keys']);
  });

  it('does not turn a number of any length into digits', () => {
    const long = Uint8Array.of(0xc2, 0x59, 0x10, 0, ...new Uint8Array(0x1000).fill(255));
    expect(jsonOf('CBOR', long)).toMatch(/^\{"tag":2,"value":\{"base64":"/);
  });

  it('reads several values, one after the other', () => {
    expect(json('8101a10203')).toBe('[[1],\n{"2":3}]');
    expect(json('0102')).toBeUndefined();
  });

  it('reads what an encoder writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(JSON.parse(jsonOf('CBOR', encode(value)) ?? '')).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
