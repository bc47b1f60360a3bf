import { gzipSync } from 'node:zlib';
import { encode as encodeMessagePack } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../src/decoders/bytes/bytes.ts';
import { scanJson } from '../../../../src/decoders/json/document.ts';
import { beginningOf } from '../../../../src/decoders/readings/beginning.ts';
import { BYTES_READINGS } from '../../../../src/decoders/readings/formats.ts';
import { guessReading, LONGEST_READ, readAs } from '../../../../src/decoders/readings/reading.ts';
import { bytesOf } from './bytes.ts';

const VALUE = { type: 'trade', symbol: 'BTC-USD', price: 64_031.25, tags: ['a', null, true] };

describe('what bytes look like', () => {
  it.each([
    ['MessagePack', encodeMessagePack(VALUE)],
    ['MessagePack', encodeMessagePack([1, 'two', { three: 3 }])],
    ['CBOR', encodeCbor(VALUE)],
    ['CBOR', encodeCbor([1, 'two', { three: 3 }])],
    ['CBOR', bytesOf('d9d9f7a16161f5')],
    ['Protobuf', bytesOf('0896011207' + '74657374696e67' + '1a03089601')],
    ['Protobuf', bytesOf('08011002180320042805')],
  ])('%s is known by its bytes', (reading, bytes) => {
    expect(guessReading(bytes)?.reading).toBe(reading);
  });

  it('knows messages with their length before them, as SignalR sends them', () => {
    const one = encodeMessagePack([1, {}, null, 'send', ['hello']]);
    const two = Uint8Array.of(one.length, ...one, one.length, ...one);
    const read = guessReading(two);
    expect(read?.json).toBe('[[1,{},null,"send",["hello"]],\n[1,{},null,"send",["hello"]]]');
    expect([...(read?.remarks ?? [])].sort()).toEqual(['lengths', 'several']);
    expect(guessReading(bytesOf('029106'))?.json).toBe('[6]');
  });

  it.each<[string, Uint8Array]>([
    ['text', encodeUtf8('\n\u0020a text that begins like a message does')],
    ['JSON', encodeUtf8('{"a":1}')],
    ['a picture', bytesOf('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489')],
    ['gzip', gzipSync('a text, packed')],
    ['numbers of four bytes', new Uint8Array(new Float32Array([0.5, 1, 2.5, -3.25]).buffer)],
    ['numbers of eight bytes', new Uint8Array(new Float64Array([0.5, 1, 2.5, -3.25]).buffer)],
    ['numbers of two bytes', new Uint8Array(new Int16Array([1, 2, 3, 4, 500, -600]).buffer)],
    ['an update of Yjs', bytesOf('000201018c9fa2d90c00040101740568656c6c6f00')],
    ['zeros', new Uint8Array(64)],
    ['an empty list', bytesOf('90')],
    ['two bytes', bytesOf('9105')],
    ['a list and more', bytesOf('92010203')],
  ])('%s is not taken for anything else', (_name, bytes) => {
    expect(guessReading(bytes)).toBeUndefined();
  });

  it('of a hundred messages of random bytes hardly one is taken for something', () => {
    let taken = 0;
    const lengths = fc.uint8Array({ minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(lengths, (bytes) => {
        if (guessReading(bytes)) taken++;
      }),
      { numRuns: 5000, seed: 1 },
    );
    expect(taken).toBeLessThan(50);
  });

  it('says what the beginning of a long message holds', () => {
    const long = encodeMessagePack({
      type: 'snapshot',
      rows: Array.from({ length: 5000 }, (_, row) => ({ row })),
    });
    const beginning = beginningOf(long.subarray(0, 4096), long.length, { url: '', protocol: '' });
    expect(beginning).toMatch(/^\{"type":"snapshot","rows":\[\{"row":0\},\{"row":1\},/);
    expect(beginningOf(long.subarray(0, 4096), 4096, { url: '', protocol: '' })).toBeUndefined();
  });

  it.each([
    ['ws://a.test/', 'wamp.2.msgpack', '"a"'],
    ['ws://a.test/socket?encoding=cbor', '', '1'],
    ['ws://a.test/protobuf', '', undefined],
    ['ws://msgpack.test/', '', undefined],
  ])('an address (%s) or a subprotocol (%s) says more than the bytes', (url, protocol, expected) => {
    const bytes = protocol ? bytesOf('a161') : bytesOf('01');
    expect(beginningOf(bytes, bytes.length, { url, protocol })).toBe(expected);
  });

  it('what the user says counts alone', () => {
    const bytes = encodeMessagePack(VALUE);
    const asked = (reading: 'CBOR' | 'bytes' | 'MessagePack') =>
      beginningOf(bytes, bytes.length, { url: '', protocol: 'wamp.2.cbor', reading });
    expect(asked('bytes')).toBeUndefined();
    expect(asked('CBOR')).toBeUndefined();
    expect(asked('MessagePack')).toContain('BTC-USD');
  });
});

describe('hostile bytes', () => {
  /** JSON if it is anything, whatever the bytes. */
  function expectSound(bytes: Uint8Array, size = bytes.length) {
    for (const reading of BYTES_READINGS) {
      const read = readAs(reading, bytes, size);
      if ('json' in read && !read.isCut) expect(scanJson(read.json).error).toBeUndefined();
      else if ('malformedAt' in read) expect(read.malformedAt).toBeLessThanOrEqual(size);
    }
    const guess = guessReading(bytes, size);
    if (guess && !guess.isCut) expect(scanJson(guess.json).error).toBeUndefined();
  }

  it('never throw, and never come out as anything but JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectSound(bytes)),
      { numRuns: 2000 },
    );
  });

  it('that are nearly sound do neither', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });
    const encoded = fc
      .tuple(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(encodeMessagePack, encodeCbor))
      .map(([value, encode]) => Uint8Array.from(encode(value)));
    fc.assert(
      fc.property(encoded, fc.array(change, { maxLength: 3 }), fc.nat(20), (bytes, changes, more) => {
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
        expectSound(bytes);
        expectSound(bytes, bytes.length + more);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['lists within lists', 0x91],
    ['maps as keys of maps', 0x81],
    ['lists of CBOR within lists', 0x81],
    ['tags of tags', 0xc1],
    ['lists without an end', 0x9f],
    ['maps without an end', 0xbf],
    ['groups within groups', 0x0b],
  ])('do not nest as deep as they like: %s', (_name, byte) => {
    expectSound(new Uint8Array(LONGEST_READ).fill(byte));
  });

  it('do not make keys within keys longer and longer', () => {
    const key = Array.from({ length: 40 }, () => 0x81);
    const read = readAs('MessagePack', Uint8Array.of(...key, 1, ...key.map(() => 1)));
    expect('json' in read ? read.json.length : 0).toBeLessThan(1000);
  });

  it('messages within messages are read as far as people would', () => {
    let bytes = bytesOf('0801');
    while (bytes.length < 120) bytes = Uint8Array.of(0x0a, bytes.length, ...bytes);
    expectSound(bytes);
  });
});
