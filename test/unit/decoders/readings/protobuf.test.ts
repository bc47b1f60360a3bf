import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../src/decoders/bytes/bytes.ts';
import { bytesOf, jsonOf } from './bytes.ts';

const json = (hex: string) => jsonOf('Protobuf', bytesOf(hex));

/** A field that has a length. */
const field = (number: number, contents: Uint8Array) =>
  Uint8Array.of(number * 8 + 2, contents.length, ...contents);

describe('Protobuf', () => {
  /** The examples of https://protobuf.dev/programming-guides/encoding/ */
  it.each([
    ['089601', '{"1":150}'],
    ['120774657374696e67', '{"2":"testing"}'],
    ['1a03089601', '{"3":{"1":150}}'],
    ['220568656c6c6f280128022803', '{"4":"hello","5":[1,2,3]}'],
    ['3206038e029ea705', '{"6":{"base64":"A44CnqcF"}}'],
    ['08feffffffffffffffff01', '{"1":{"varint":18446744073709551614,"signed":-2}}'],
    ['0dc3f54840', '{"1":{"fixed32":1078523331,"float":3.140000104904175}}'],
    ['090000000000000080', '{"1":{"fixed64":9223372036854775808,"double":-0}}'],
    ['0d00000080', '{"1":{"fixed32":2147483648,"float":-0}}'],
    ['091f85eb51b81e0940', '{"1":{"fixed64":4614253070214989087,"double":3.14}}'],
    ['0d0000c07f', '{"1":{"fixed32":2143289344,"float":"NaN"}}'],
    ['0b08011002 0c'.replace(' ', ''), '{"1":{"group":{"1":1,"2":2}}}'],
    ['0a00', '{"1":""}'],
    ['', '{}'],
  ])('%s is %s', (hex, expected) => {
    expect(json(hex)).toBe(expected);
  });

  it.each([
    '00', // field 0
    '07', // no wire type
    '0c', // the end of no group
    '0b', // a group without an end
    '0b14',
    '0a05aa',
    '0aff',
    '09aabb',
    '08',
    '08ffffffffffffffffff7f', // more than 64 bits
    '088000', // a byte more than is needed
  ])('%s is none', (hex) => {
    expect(json(hex)).toBeUndefined();
  });

  it('takes text for text, unless it begins with a line break and is a message', () => {
    const text = encodeUtf8('a text of more than thirty-two letters');
    expect(jsonOf('Protobuf', field(1, text))).toBe('{"1":"a text of more than thirty-two letters"}');
    expect(jsonOf('Protobuf', field(1, field(1, text)))).toBe(
      '{"1":{"1":"a text of more than thirty-two letters"}}',
    );
    expect(jsonOf('Protobuf', field(1, encodeUtf8('\nfirst line')))).toBe('{"1":"\\nfirst line"}');
  });
});
