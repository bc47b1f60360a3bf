import { encode } from '@msgpack/msgpack';
import { encode as cbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHeartbeat } from '../../../../src/decoders/message-types/heartbeats.ts';
import { payloadType } from '../../../../src/decoders/message-types/payload-type.ts';

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const ascii = (text: string) => new TextEncoder().encode(text);

describe('payloadType', () => {
  it.each([
    ['c000', 'PINGREQ'],
    ['d000', 'PINGRESP'],
    ['c000c000', 'PINGREQ'],
    ['c0003009000161', undefined], // the second packet is longer than there is
    ['c000300400016132', 'PUBLISH'],
    ['3005000161310a', 'PUBLISH'],
    ['102000044d5154540402003c000374657374', undefined],
    ['101000044d5154540402003c000474657374', 'CONNECT'],
    ['20020000', 'CONNACK'],
    ['820600010001 6100'.replace(' ', ''), 'SUBSCRIBE'],
    ['800600010001 6100'.replace(' ', ''), undefined], // flags that a SUBSCRIBE cannot have
    ['e000', 'DISCONNECT'],
    ['0000', undefined],
    ['c0', undefined],
    ['c0ffffffff', undefined],
    ['', undefined],
  ])('on a socket of MQTT %s is of type %j', (hex, type) => {
    expect(payloadType(bytes(hex), { protocol: 'mqtt' })).toBe(type);
  });

  it('takes a packet of MQTT of which it sees the beginning for what it is', () => {
    const long = new Uint8Array(4096);
    long.set(bytes('30ffff03'));
    expect(payloadType(long, { protocol: 'mqttv3.1' })).toBe('PUBLISH');
  });

  it('finds no type in the beginning of a long message of Protocol Buffers, whatever its length', () => {
    const long = new Uint8Array(4096);
    long.set(bytes('0a0568656c6c6f1a80a006'));
    expect(payloadType(long, {})).toBeUndefined();
    expect(payloadType(long, { reading: 'Protobuf' })).toBeUndefined();
  });

  it('finds the type of a long message among its values, whether it sees all of it or the beginning', () => {
    const message = { type: 'snapshot', contents: 'x'.repeat(5000), last: 1 };
    for (const whole of [encode(message), cbor(message)]) {
      for (const size of [whole.length, 4096, 4097]) {
        expect(payloadType(whole.subarray(0, size), {})).toBe('snapshot');
      }
    }
    const round = { type: 'tick', text: '' };
    const exact = encode({ ...round, text: 'x'.repeat(4096 - encode(round).length - 2) });
    expect(exact).toHaveLength(4096);
    expect(payloadType(exact, {})).toBe('tick');
  });

  it.each([
    ['029106', 'ping'],
    ['08000000000000ce', 'heartbeat'],
    ['0000000802000000', 'heartbeat'],
    ['c000', undefined], // two bytes, and no MQTT
    ['2a', '0x2a'],
    ['0a', '0x0a'],
    ['2a2a', undefined],
    ['', undefined],
  ])('without a subprotocol %s is of type %j', (hex, type) => {
    expect(payloadType(bytes(hex), {})).toBe(type);
  });

  it('reads words for heartbeats as bytes, too', () => {
    expect(payloadType(ascii('ping'), {})).toBe('ping');
    expect(payloadType(ascii('PONG\r\n'), {})).toBe('PONG');
    expect(payloadType(ascii('shipping'), {})).toBeUndefined();
    expect(payloadType(ascii('\n'), { protocol: 'v12.stomp' })).toBe('heartbeat');
  });

  it('gives heartbeats names by which they are known as such', () => {
    for (const name of ['PINGREQ', 'PINGRESP', 'heartbeat_reply', 'heartbeat ack', 'heartbeats'])
      expect(isHeartbeat(name)).toBe(true);
    expect(isHeartbeat('0x0a')).toBe(false);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom('mqtt', 'v12.stomp', ''),
        (some, protocol) => {
          const type = payloadType(some, { protocol });
          expect(type === undefined || type.length <= 64).toBe(true);
        },
      ),
    );
  });
});
