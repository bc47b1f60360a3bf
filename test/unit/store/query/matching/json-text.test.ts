import { encode as encodeMessagePack } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { envelopeOf, jsonOf } from '../../../../../src/decoders/envelope.ts';
import { type JsonPath, JsonPathScan } from '../../../../../src/decoders/json/path.ts';
import { spokenOn } from '../../../../../src/decoders/spoken.ts';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { parseFilter } from '../../../../../src/store/query/language/parse.ts';
import { isBareJson, jsonText } from '../../../../../src/store/query/matching/json-text.ts';
import { compileFilter } from '../../../../../src/store/query/matching/match.ts';
import { Rows, rowOf } from '../rows.ts';
import { matches } from './matches.ts';

const PLAIN = { url: 'wss://example.test/', protocol: '' };
const SOCKET_IO = { url: 'wss://example.test/socket.io/?EIO=4&transport=websocket', protocol: '' };
const SOCKJS = { url: 'wss://example.test/app/123/abcdefgh/websocket', protocol: '' };
const MQTT = { url: 'wss://example.test/', protocol: 'mqtt' };

const encode = (text: string) => new TextEncoder().encode(text);

function publish(json: string): Uint8Array {
  const topic = encode('a/b');
  const rest = [0, topic.length, ...topic, ...encode(json)];
  return Uint8Array.of(0x30, (rest.length & 127) | 128, rest.length >> 7, ...rest);
}

type Socket = typeof PLAIN;

/** Ways in which protocols send a JSON text. */
const WAYS: Readonly<Record<string, { socket: Socket; wrap(json: string): string | Uint8Array }>> = {
  'as it is': { socket: PLAIN, wrap: (json) => json },
  'in bytes': { socket: PLAIN, wrap: encode },
  'by Socket.IO': { socket: SOCKET_IO, wrap: (json) => `42/a.b,17${json}` },
  'by SignalR': { socket: PLAIN, wrap: (json) => `${json}\u001e` },
  'by SockJS': { socket: SOCKJS, wrap: (json) => `a${JSON.stringify([json])}` },
  'to SockJS': { socket: SOCKJS, wrap: (json) => JSON.stringify([json]) },
  'by STOMP': { socket: PLAIN, wrap: (json) => `MESSAGE\nid:1\n\n${json}\0` },
  'by STOMP, in bytes': { socket: PLAIN, wrap: (json) => encode(`MESSAGE\nid:1\n\n${json}\0`) },
  'by STOMP over SockJS': {
    socket: SOCKJS,
    wrap: (json) => `a${JSON.stringify([`SEND\na:b\n\n${json}\0`])}`,
  },
  'by MQTT': { socket: MQTT, wrap: publish },
  'as MessagePack': {
    socket: { ...PLAIN, protocol: 'wamp.2.msgpack' },
    wrap: (json) => encodeMessagePack(JSON.parse(json)),
  },
  'as CBOR': { socket: { ...PLAIN, protocol: 'wamp.2.cbor' }, wrap: (json) => encodeCbor(JSON.parse(json)) },
};

function filterOf(text: string) {
  const parsed = parseFilter(text);
  if (!parsed.ok || !parsed.expression) throw new Error(text);
  return compileFilter(parsed.expression);
}

function passes(filter: string, payload: string | Uint8Array, { url, protocol }: Socket): boolean {
  const kind = typeof payload === 'string' ? FrameKind.receivedText : FrameKind.sentBinary;
  return matches(filterOf(filter), new Rows([rowOf({ kind, payload, url, protocol })]), 0);
}

describe.each(Object.entries(WAYS))('JSON that is sent %s', (_, { socket, wrap }) => {
  const message = wrap('{"data":{"symbol":"BTC-USD","n":[1,2]},"price":101.5}');

  test.each([
    ['$.data.symbol == "BTC-USD"', true],
    ['$.data.symbol == "BTC"', false],
    ['$.data.symbol ~ /^btc/i', true],
    ['$.data.symbol ~ /^usd/i', false],
    ['$.data.symbol contains usd', true],
    ['$.price > 100', true],
    ['$.price > 101.5', false],
    ['$.data.n[1] == 2', true],
    ['$.data["symbol"]', true],
    ['$.symbol', false],
    ['$[0]', false],
    ['-$.price', false],
  ])('answers %s', (filter, expected) => {
    expect(passes(filter, message, socket)).toBe(expected);
  });

  test('is the JSON that Preview shows', () => {
    const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => typeof json === 'object' && json !== null);
    fc.assert(
      fc.property(value, (json) => {
        const payload = wrap(JSON.stringify(json));
        const envelope = envelopeOf(payload, socket);
        const shown = envelope ? jsonOf(envelope) : JSON.stringify(json);
        const path: JsonPath = [{ type: 'any' }];
        const text = jsonText(payload, spokenOn(socket, typeof payload === 'string' ? 'text' : 'bytes'));
        expect(valuesAt(path, text)).toEqual(valuesAt(path, shown));
      }),
      { numRuns: 200 },
    );
  });
});

function valuesAt(path: JsonPath, text: string): string[] {
  const scan = new JsonPathScan(path, true);
  scan.begin();
  const values: string[] = [];
  while (scan.next(text) === 'found') values.push(text.slice(scan.start, scan.end));
  return values;
}

describe('several messages in one payload', () => {
  test.each([
    ['{"target":"a"}\u001e{"target":"b"}\u001e', PLAIN],
    [`a${JSON.stringify(['{"target":"a"}', '{"target":"b"}'])}`, SOCKJS],
  ])('are looked at one by one, and as the list that Preview shows: %j', (text, socket) => {
    expect(passes('$.target == "b"', text, socket)).toBe(true);
    expect(passes('$[1].target == "b"', text, socket)).toBe(true);
    expect(passes('$[0].target == "b"', text, socket)).toBe(false);
    expect(passes('$[*].target == "b"', text, socket)).toBe(true);
    expect(passes('$.target ~ /b/', text, socket)).toBe(true);
  });
});

describe('the text in which paths are searched', () => {
  test('is the payload itself if it is JSON, whatever the protocol', () => {
    for (const text of ['{"a":1}', '[1]', ' {"a":1}', '42["a"]', '"a"', '', '7']) {
      expect(isBareJson(text)).toBe(true);
      expect(jsonText(text, 'SockJS')).toBe(text);
    }
    for (const payload of ['a["{}"]', '["{}"]', 'SEND\n\n{}\0', encode('{}')])
      expect(isBareJson(payload)).toBe(false);
    expect(jsonText(encode('{"a":1}'), undefined)).toBe('{"a":1}');
  });

  test('can be determined for any payload', () => {
    const pieces = fc.constantFrom(
      ...['a', '[', '"', ']', '{', '}', '\\', 'SEND', '\n', '\n\n', '\0', ',', '\u001e', '42', ':', '\ud83d'],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.uint8Array({ maxLength: 40 }).map((rest) => Uint8Array.of(0x30, rest.length, ...rest)),
    );
    fc.assert(
      fc.property(
        fc.oneof(text, bytes),
        fc.constantFrom(PLAIN, SOCKET_IO, SOCKJS, MQTT),
        (payload, socket) => {
          const found = jsonText(payload, spokenOn(socket, typeof payload === 'string' ? 'text' : 'bytes'));
          expect(typeof found).toBe('string');
          passes('$.a[0] == 1 or $[1].b contains x', payload, socket);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
