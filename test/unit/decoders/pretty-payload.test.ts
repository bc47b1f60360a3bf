import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBePretty, prettyPayload } from '../../../src/decoders/pretty-payload.ts';
import { UNKNOWN_SOCKET } from '../../../src/decoders/protocol-signs.ts';

const SOCKET_IO = { url: 'wss://example.test/socket.io/?EIO=4&transport=websocket', protocol: '' };
const SOCKJS = { url: 'wss://example.test/app/123/abcdefgh/websocket', protocol: '' };
const MQTT = { url: 'wss://example.test/', protocol: 'mqtt' };

const encode = (text: string) => new TextEncoder().encode(text);

describe('a payload laid out anew', () => {
  it.each([
    ['{"a":1e3}', UNKNOWN_SOCKET, '{\n  "a": 1e3\n}'],
    ['42/x,["e",[]]', SOCKET_IO, '42/x,\n[\n  "e",\n  []\n]'],
    ['{"a":1}\u001e{"b":2}\u001e', UNKNOWN_SOCKET, '{\n  "a": 1\n}\u001e\n{\n  "b": 2\n}\u001e'],
    ['MESSAGE\na:b\n\n[1]\0', UNKNOWN_SOCKET, 'MESSAGE\na:b\n\n[\n  1\n]\0'],
    ['a["{\\"x\\":1}","[2]"]', SOCKJS, '{\n  "x": 1\n}\n[\n  2\n]'],
    ['a["word"]', SOCKJS, 'a\n[\n  "word"\n]'],
    [encode('{"a":1}'), UNKNOWN_SOCKET, '{\n  "a": 1\n}'],
    [Uint8Array.of(0x30, 6, 0, 1, 0x74, ...encode('[1]')), MQTT, 'PUBLISH t\n[\n  1\n]'],
  ])('%j', (payload, socket, expected) => {
    expect(mayBePretty(payload, socket)).toBe(true);
    expect(prettyPayload(payload, socket)).toBe(expected);
  });

  it.each([
    ['42["e",', SOCKET_IO],
    ['{"a":1}\u001e{"b":\u001e', UNKNOWN_SOCKET],
    ['word', UNKNOWN_SOCKET],
    [Uint8Array.of(0x7b, 0xff), UNKNOWN_SOCKET],
    [Uint8Array.of(0x35), UNKNOWN_SOCKET],
  ])('is nothing where there is no JSON: %j', (payload, socket) => {
    expect(prettyPayload(payload, socket)).toBeUndefined();
  });

  it('comes of anything at all without harm', () => {
    const any = fc.oneof(fc.string(), fc.uint8Array({ maxLength: 40 }), fc.json(), fc.json().map(encode));
    fc.assert(
      fc.property(any, fc.constantFrom(UNKNOWN_SOCKET, SOCKET_IO, SOCKJS, MQTT), (payload, socket) => {
        const pretty = prettyPayload(payload, socket);
        if (pretty !== undefined)
          expect(typeof payload === 'string' || mayBePretty(payload, socket)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
