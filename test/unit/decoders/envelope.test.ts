import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areValues, envelopeOf, headsOf, jsonOf } from '../../../src/decoders/envelope.ts';
import { mqttText } from '../../../src/decoders/mqtt/type.ts';

const NOWHERE = { url: 'wss://example.test/', protocol: '' };
const SOCKET_IO = { url: 'wss://example.test/socket.io/?EIO=4&transport=websocket', protocol: '' };
const SOCKJS = { url: 'wss://example.test/app/123/abcdefgh/websocket', protocol: '' };
const MQTT = { url: 'wss://example.test/', protocol: 'mqtt' };

/** A PUBLISH of at most 127 bytes. */
function publish(topic: string, contents: string, { flags = 0, between = [] as number[] } = {}): Uint8Array {
  const [name, data] = [topic, contents].map((text) => [...new TextEncoder().encode(text)]) as [
    number[],
    number[],
  ];
  const rest = [0, name.length, ...name, ...between, ...data];
  return Uint8Array.from([0x30 | flags, rest.length, ...rest]);
}

const inShort = (payload: string | Uint8Array, socket: typeof NOWHERE) => {
  const found = envelopeOf(payload, socket);
  return found && [found.protocol, headsOf(found), jsonOf(found)];
};

describe('what stands around JSON', () => {
  it.each([
    ['42["poll",{"a":1}]', ['Socket.IO', '42', '["poll",{"a":1}]']],
    ['42/room,7["sum",5]', ['Socket.IO', '42/room,7', '["sum",5]']],
    [
      '451-/admin,["up",{"_placeholder":true,"num":0}]',
      ['Socket.IO', '451-/admin,', '["up",{"_placeholder":true,"num":0}]'],
    ],
    ['0{"sid":"x"}', ['Socket.IO', '0', '{"sid":"x"}']],
    ['40', undefined],
    ['2', undefined],
    ['2probe', undefined],
  ])('of Socket.IO: %s', (text, expected) => {
    expect(inShort(text, SOCKET_IO)).toEqual(expected);
    expect(inShort(text, NOWHERE)).toBeUndefined();
  });

  it.each([
    ['a["{\\"x\\":1}"]', SOCKJS, ['SockJS', '', '{"x":1}']],
    ['["{\\"x\\":1}"]', SOCKJS, ['SockJS', '', '{"x":1}']],
    ['a["{\\"x\\":1}","[2]"]', SOCKJS, ['SockJS', '', '[{"x":1},\n[2]]']],
    ['a["{\\"x\\":1}","word"]', SOCKJS, ['SockJS', 'a', '["{\\"x\\":1}","word"]']],
    ['["word"]', SOCKJS, undefined],
    ['a["cut', SOCKJS, ['SockJS', 'a', '["cut']],
    ['a["MESSAGE\\nid:1\\n\\n{\\"x\\":1}\\u0000"]', SOCKJS, ['STOMP, SockJS', 'MESSAGE\nid:1', '{"x":1}']],
    [
      '["SEND\\nid:1\\n\\n[1]\\u0000","SEND\\nid:2\\n\\n[2]\\u0000"]',
      SOCKJS,
      ['STOMP, SockJS', 'SEND\nid:1\n\nSEND\nid:2', '[[1],\n[2]]'],
    ],
    ['a["x"]', NOWHERE, undefined],
    ['h', SOCKJS, undefined],
    ['{"type":6}\u001e', NOWHERE, ['SignalR', '', '{"type":6}']],
    ['{"type":6}\u001e{"type":1}\u001e', NOWHERE, ['SignalR', '', '[{"type":6},\n{"type":1}]']],
    ['text\u001e', NOWHERE, undefined],
    ['SEND\ndestination:/a\n\n{"x":1}\0', NOWHERE, ['STOMP', 'SEND\ndestination:/a', '{"x":1}']],
    ['MESSAGE\r\na:b\r\n\r\n[1]\0\n', NOWHERE, ['STOMP', 'MESSAGE\r\na:b', '[1]']],
    ['SEND\ndestination:/a\n\nplain\0', NOWHERE, undefined],
    ['{"type":"trade"}', NOWHERE, undefined],
    ['', NOWHERE, undefined],
  ])('of others: %j', (text, socket, expected) => {
    expect(inShort(text, socket)).toEqual(expected);
  });

  it('keeps what stands around it as it is', () => {
    const wrapped = 'MESSAGE\r\na:b\r\n\r\n[1]\0\n';
    for (const text of [wrapped, '{"type":6}\u001e{"type":1}\u001e']) {
      const packets = envelopeOf(text, NOWHERE)?.packets ?? [];
      expect(packets.map(({ head, json, end }) => head + json + end).join('')).toBe(text);
    }
  });

  it('is STOMP also in bytes', () => {
    const bytes = new TextEncoder().encode('SEND\ndestination:/a\n\n{"x":1}\0');
    expect(inShort(bytes, NOWHERE)).toEqual(['STOMP', 'SEND\ndestination:/a', '{"x":1}']);
    expect(inShort(bytes.subarray(3), NOWHERE)).toBeUndefined();
    expect(inShort(Uint8Array.of(...bytes, 0xff, 0), NOWHERE)).toBeUndefined();
  });

  it('is a PUBLISH of MQTT, with a number or without, of version 3 or 5', () => {
    const expected = ['MQTT', 'PUBLISH home/livé', '{"t":21.5}'];
    expect(inShort(publish('home/livé', '{"t":21.5}'), MQTT)).toEqual(expected);
    expect(inShort(publish('home/livé', '{"t":21.5}', { flags: 2, between: [0, 9] }), MQTT)).toEqual(
      expected,
    );
    expect(inShort(publish('home/livé', '{"t":21.5}', { between: [0] }), MQTT)).toEqual(expected);
    expect(inShort(publish('home/livé', '{"t":21.5}', { between: [2, 1, 1] }), MQTT)).toEqual(expected);
    expect(inShort(publish('home/livé', 'on'), MQTT)).toBeUndefined();
    expect(inShort(publish('home/livé', '{"t":21.5}'), NOWHERE)).toBeUndefined();
  });

  it.each([
    ['MessagePack', Uint8Array.of(0x81, 0xa1, 0x74, 21)],
    ['CBOR', Uint8Array.of(0xa1, 0x61, 0x74, 21)],
  ] as const)('is a PUBLISH with %s in it, of version 3 or 5', (reading, contents) => {
    for (const between of [[], [0], [2, 1, 1]]) {
      const whole = publish('home', '', { between: [...between, ...contents] });
      expect(inShort(whole, MQTT)).toEqual(['MQTT', 'PUBLISH home', '{"t":21}']);
      const envelope = envelopeOf(whole, MQTT);
      expect(envelope?.values?.reading).toBe(reading);
      expect(envelope && areValues(envelope)).toBe(false);
    }
    const values = envelopeOf(contents, NOWHERE);
    expect(values && areValues(values)).toBe(true);
  });

  it('of MQTT is left out of the text of a line, also where that is cut off', () => {
    const whole = publish('home/lamp', 'an 😀', { between: [0] });
    expect(mqttText(whole, whole.length)).toBe('home/lamp  an 😀');
    expect(mqttText(whole.subarray(0, whole.length - 2), whole.length)).toBe('home/lamp  an ');
    expect(mqttText(publish('home/lamp', '\u0007\u0002'), 15)).toBeUndefined();
    expect(mqttText(whole, whole.length + 1)).toBeUndefined();
    expect(mqttText(new Uint8Array([0xc0, 0]), 2)).toBeUndefined();
  });

  it('never throws', () => {
    const sockets = fc.constantFrom(NOWHERE, SOCKET_IO, SOCKJS, MQTT);
    const alike = fc.array(
      fc.constantFrom('SEND', '\n', '\n\n', '42', '[', '{', '"', ',', '/', '\u001e', 'a', '\0'),
    );
    const some = fc.oneof(
      fc.string(),
      fc.uint8Array({ maxLength: 30 }),
      alike.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(some, sockets, (payload, socket) => {
        const found = envelopeOf(payload, socket);
        if (found) expect(found.packets.length).toBeGreaterThan(0);
        if (typeof payload !== 'string') mqttText(payload, payload.length);
      }),
    );
  });
});
