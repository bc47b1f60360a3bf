import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { mqttLine } from '../../../../src/decoders/mqtt/line.ts';
import { layoutOf, mqttAsJson, readMqtt } from '../../../../src/decoders/mqtt/message.ts';
import type { MqttLayout } from '../../../../src/decoders/mqtt/packets.ts';

/** What the library of the clients writes for a packet. */
function written(packet: Packet, version: 4 | 5 = 4): Uint8Array {
  return Uint8Array.from(generate(packet, { protocolVersion: version }));
}

function read(bytes: Uint8Array, layout?: MqttLayout): unknown {
  const message = readMqtt(bytes, layout);
  return message && JSON.parse(mqttAsJson(message));
}

/** A length as packets have it, in three bytes: seven bits each, the lowest first. */
function lengthOf(bytes: number): number[] {
  return [(bytes & 127) | 128, ((bytes >> 7) & 127) | 128, bytes >> 14];
}

const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('what is published', () => {
  const contents = Buffer.from([0x82, 0xa1, 0x74, 21, 0xa1, 0x6f, 0xc3]); // MessagePack of {"t":21,"o":true}

  it.each([4, 5] as const)('is read where it is values, of version %i', (version) => {
    const packet: Packet = {
      cmd: 'publish',
      topic: 'home',
      payload: contents,
      qos: 0,
      dup: false,
      retain: false,
    };
    const one = written(packet, version);
    expect(mqttLine(one)).toBe('PUBLISH  home  {"t":21,"o":true}');
    expect(read(joined(one, one))).toMatchObject([
      { payload: { t: 21, o: true } },
      { payload: { t: 21, o: true } },
    ]);
  });

  it('is bytes where these may be anything, and so are other fields', () => {
    const packet: Packet = {
      cmd: 'publish',
      topic: 'home',
      payload: Buffer.of(255, 1, 2),
      qos: 0,
      dup: false,
      retain: false,
    };
    expect(read(written(packet))).toMatchObject({ payload: { base64: '/wEC' } });
    const properties = { correlationData: contents };
    expect(read(written({ ...packet, properties }, 5), 5)).toMatchObject({
      properties: { correlationData: { base64: 'gqF0FaFvww==' } },
    });
  });
});

describe('packets of MQTT 3.1.1', () => {
  it.each<[Packet, object, string]>([
    [
      { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId: 'c1', clean: true, keepalive: 60 },
      {
        packet: 'CONNECT',
        protocol: 'MQTT',
        version: '3.1.1',
        clientId: 'c1',
        cleanSession: true,
        keepAlive: 60,
      },
      'CONNECT  c1  MQTT 3.1.1  60 s',
    ],
    [
      {
        cmd: 'connect',
        protocolId: 'MQIsdp',
        protocolVersion: 3,
        clientId: 'c1',
        clean: false,
        keepalive: 0,
        username: 'ann',
        password: Buffer.from('secret'),
        will: { topic: 'gone', payload: Buffer.from([0, 255]), qos: 1, retain: true },
      },
      {
        packet: 'CONNECT',
        protocol: 'MQIsdp',
        version: '3.1',
        clientId: 'c1',
        cleanSession: false,
        keepAlive: 0,
        username: 'ann',
        password: 'secret',
        will: { topic: 'gone', payload: { base64: 'AP8=' }, qos: 1, retain: true },
      },
      'CONNECT  c1  MQTT 3.1  0 s',
    ],
    [
      { cmd: 'connack', returnCode: 5, sessionPresent: false },
      { packet: 'CONNACK', sessionPresent: false, code: 5, reason: 'Not authorized' },
      'CONNACK  Not authorized',
    ],
    [
      { cmd: 'publish', topic: 'a/ü', payload: '{"n":1}', qos: 1, messageId: 7, dup: true, retain: true },
      { packet: 'PUBLISH', topic: 'a/ü', qos: 1, retain: true, duplicate: true, id: 7, payload: { n: 1 } },
      'PUBLISH  a/ü  {"n":1}',
    ],
    [{ cmd: 'puback', messageId: 7 }, { packet: 'PUBACK', id: 7 }, 'PUBACK  #7'],
    [{ cmd: 'pubrel', messageId: 7 }, { packet: 'PUBREL', id: 7 }, 'PUBREL  #7'],
    [
      {
        cmd: 'subscribe',
        messageId: 9,
        subscriptions: [
          { topic: 'home/+/t', qos: 1 },
          { topic: '#', qos: 0 },
        ],
      },
      {
        packet: 'SUBSCRIBE',
        id: 9,
        subscriptions: [
          { topic: 'home/+/t', qos: 1 },
          { topic: '#', qos: 0 },
        ],
      },
      'SUBSCRIBE  #9  home/+/t QoS 1, # QoS 0',
    ],
    [
      { cmd: 'suback', messageId: 9, granted: [128] },
      { packet: 'SUBACK', id: 9, granted: [{ code: 128, reason: 'Failure' }] },
      'SUBACK  #9  Failure',
    ],
    [
      { cmd: 'unsubscribe', messageId: 10, unsubscriptions: ['a', 'b'] },
      { packet: 'UNSUBSCRIBE', id: 10, topics: ['a', 'b'] },
      'UNSUBSCRIBE  #10  a, b',
    ],
    [{ cmd: 'unsuback', messageId: 10, granted: [] }, { packet: 'UNSUBACK', id: 10 }, 'UNSUBACK  #10'],
    [{ cmd: 'pingreq' }, { packet: 'PINGREQ' }, 'PINGREQ'],
    [{ cmd: 'disconnect' }, { packet: 'DISCONNECT' }, 'DISCONNECT'],
  ])('%j', (packet, expected, line) => {
    const bytes = written(packet);
    // Where the version shows, it need not be told.
    expect(read(bytes, 3)).toMatchObject(expected);
    expect(read(bytes)).toMatchObject(expected);
    expect(mqttLine(bytes)).toBe(line);
  });
});

describe('packets of MQTT 5', () => {
  const userProperties = { a: ['1', '2'] };
  it.each<[Packet, object, string]>([
    [
      {
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 5,
        clientId: '',
        clean: true,
        keepalive: 30,
        properties: {
          sessionExpiryInterval: 3600,
          receiveMaximum: 20,
          authenticationMethod: 'x',
          userProperties,
        },
        will: {
          topic: 'gone',
          payload: Buffer.from('bye'),
          qos: 0,
          retain: false,
          properties: { willDelayInterval: 5, correlationData: Buffer.from([1, 2]) },
        },
      },
      {
        packet: 'CONNECT',
        version: '5.0',
        clientId: '',
        cleanStart: true,
        keepAlive: 30,
        properties: {
          sessionExpiryInterval: 3600,
          receiveMaximum: 20,
          authenticationMethod: 'x',
          userProperties: [
            ['a', '1'],
            ['a', '2'],
          ],
        },
        will: {
          topic: 'gone',
          payload: 'bye',
          properties: { willDelayInterval: 5, correlationData: { base64: 'AQI=' } },
        },
      },
      'CONNECT  MQTT 5.0  30 s',
    ],
    [
      {
        cmd: 'connack',
        reasonCode: 0,
        sessionPresent: true,
        properties: {
          assignedClientIdentifier: 'auto-1',
          topicAliasMaximum: 10,
          maximumPacketSize: 1_000_000,
        },
      },
      {
        packet: 'CONNACK',
        sessionPresent: true,
        code: 0,
        reason: 'Success',
        properties: {
          assignedClientIdentifier: 'auto-1',
          topicAliasMaximum: 10,
          maximumPacketSize: 1_000_000,
        },
      },
      'CONNACK  Success',
    ],
    [
      {
        cmd: 'publish',
        topic: '',
        payload: 'on',
        qos: 0,
        dup: false,
        retain: false,
        properties: { topicAlias: 3, contentType: 'text/plain', messageExpiryInterval: 60 },
      },
      {
        packet: 'PUBLISH',
        topic: '',
        payload: 'on',
        properties: { topicAlias: 3, contentType: 'text/plain' },
      },
      'PUBLISH  on',
    ],
    [
      { cmd: 'puback', messageId: 7, reasonCode: 16, properties: { reasonString: 'nobody' } },
      {
        packet: 'PUBACK',
        id: 7,
        code: 16,
        reason: 'No matching subscribers',
        properties: { reasonString: 'nobody' },
      },
      'PUBACK  #7  No matching subscribers',
    ],
    [
      {
        cmd: 'subscribe',
        messageId: 9,
        properties: { subscriptionIdentifier: 300 },
        subscriptions: [{ topic: 'a/#', qos: 2, nl: true, rap: true, rh: 1 }],
      },
      {
        packet: 'SUBSCRIBE',
        id: 9,
        subscriptions: [{ topic: 'a/#', qos: 2, noLocal: true, retainAsPublished: true, retainHandling: 1 }],
        properties: { subscriptionIdentifier: 300 },
      },
      'SUBSCRIBE  #9  a/# QoS 2',
    ],
    [
      { cmd: 'suback', messageId: 9, granted: [2, 135], properties: { reasonString: 'no' } },
      {
        packet: 'SUBACK',
        granted: [
          { code: 2, reason: 'Granted QoS 2' },
          { code: 135, reason: 'Not authorized' },
        ],
      },
      'SUBACK  #9  Granted QoS 2, Not authorized',
    ],
    [
      { cmd: 'unsuback', messageId: 10, granted: [17] },
      { packet: 'UNSUBACK', id: 10, results: [{ code: 17, reason: 'No subscription existed' }] },
      'UNSUBACK  #10  No subscription existed',
    ],
    [
      { cmd: 'disconnect', reasonCode: 142, properties: { serverReference: 'other' } },
      {
        packet: 'DISCONNECT',
        code: 142,
        reason: 'Session taken over',
        properties: { serverReference: 'other' },
      },
      'DISCONNECT  Session taken over',
    ],
    [
      {
        cmd: 'auth',
        reasonCode: 24,
        properties: { authenticationMethod: 'SCRAM', authenticationData: Buffer.from([1, 2]) },
      },
      {
        packet: 'AUTH',
        code: 24,
        reason: 'Continue authentication',
        properties: { authenticationMethod: 'SCRAM', authenticationData: { base64: 'AQI=' } },
      },
      'AUTH  Continue authentication',
    ],
  ])('%j', (packet, expected, line) => {
    const bytes = written(packet, 5);
    expect(read(bytes, 5)).toMatchObject(expected);
    expect(read(bytes)).toMatchObject(expected);
    expect(mqttLine(bytes)).toBe(line);
  });

  it('are told from those of 3.1.1 by the version of the connection where they do not show it', () => {
    const bytes = written({ cmd: 'suback', messageId: 9, granted: [1] }, 5);
    expect(read(bytes, 5)).toEqual({
      packet: 'SUBACK',
      id: 9,
      granted: [{ code: 1, reason: 'Granted QoS 1' }],
    });
    expect(readMqtt(bytes)?.packets[0]?.isSure).toBe(false);
    expect(mqttLine(bytes)).toBe('SUBACK  #9');
  });

  it('have text where one of 3.1.1 had none', () => {
    const bytes = written(
      { cmd: 'publish', topic: 'a', payload: 'on', qos: 0, dup: false, retain: false },
      5,
    );
    expect(read(bytes)).toMatchObject({ topic: 'a', payload: 'on' });
  });
});

describe('a message', () => {
  const ping = written({ cmd: 'pingreq' });
  const ack = written({ cmd: 'puback', messageId: 1 });

  it('may hold several packets, and the beginning of one', () => {
    const bytes = joined(ping, ack, Uint8Array.of(0x30, 9, 0));
    expect(read(bytes)).toEqual([
      { packet: 'PINGREQ' },
      { packet: 'PUBACK', id: 1 },
      { rest: { base64: 'MAkA' } },
    ]);
    expect(mqttLine(bytes)).toBe('PINGREQ · PUBACK  #1 · …');
    expect(mqttLine(joined(...Array.from({ length: 6 }, () => ping)))).toMatch(/^(PINGREQ · ){5}…$/);
  });

  it.each([
    [Uint8Array.of()],
    [Uint8Array.of(0x82)],
    [Uint8Array.of(0x82, 2, 0, 1)],
    [Uint8Array.of(0x80, 6, 0, 1, 0, 1, 0x61, 0)],
    [Uint8Array.of(0x00, 0)],
    [Uint8Array.of(0x36, 3, 0, 1, 0x61)],
    [Uint8Array.of(0x10, 0xff, 0xff, 0xff, 0xff, 1)],
    [Uint8Array.of(0x30, 3, 0, 1, 0xff)],
  ])('that is no packet is none: %j', (bytes) => {
    expect(readMqtt(bytes)).toBeUndefined();
    expect(mqttLine(bytes)).toBeUndefined();
  });

  it('says how the packets of its connection are laid out, if it opens it', () => {
    const connect = { cmd: 'connect', protocolId: 'MQTT', clientId: 'c', clean: true, keepalive: 1 } as const;
    expect(layoutOf(written({ ...connect, protocolVersion: 5 }, 5))).toBe(5);
    expect(layoutOf(written({ ...connect, protocolVersion: 4 }))).toBe(3);
    expect(layoutOf(ping)).toBeUndefined();
  });

  it('keeps a payload that is JSON as it was sent', () => {
    const bytes = written({
      cmd: 'publish',
      topic: 'a',
      payload: '{"n":1e999,"n":2}',
      qos: 0,
      dup: false,
      retain: false,
    });
    const message = readMqtt(bytes);
    expect(message && mqttAsJson(message)).toContain('"payload":{"n":1e999,"n":2}');
  });

  it('of any bytes comes to JSON or to nothing, and never throws', () => {
    const near = fc
      .tuple(
        fc.constantFrom(0x10, 0x20, 0x30, 0x32, 0x40, 0x62, 0x82, 0x90, 0xa2, 0xb0, 0xe0, 0xf0),
        fc.uint8Array({ maxLength: 60 }),
      )
      .map(([first, rest]) => Uint8Array.of(first, rest.length, ...rest));
    const changed = fc.tuple(fc.nat(30), fc.nat(255)).map(([at, byte]) => {
      const bytes = written(
        {
          cmd: 'subscribe',
          messageId: 9,
          properties: { userProperties: { a: 'b' } },
          subscriptions: [{ topic: 'a/b', qos: 1 }],
        },
        5,
      );
      if (at < bytes.length) bytes[at] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(
        fc.oneof(near, changed, fc.uint8Array({ maxLength: 60 })),
        fc.constantFrom<MqttLayout | undefined>(3, 5, undefined),
        (bytes, layout) => {
          const message = readMqtt(bytes, layout);
          if (message) JSON.parse(mqttAsJson(message));
          expect(typeof (mqttLine(bytes) ?? '')).toBe('string');
          layoutOf(bytes);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('may repeat a property as often as it has room for', () => {
    const times = 100_000;
    const fields = Uint8Array.from({ length: 2 * times }, (_, at) => (at % 2 === 0 ? 1 : at & 127));
    // 8 bytes stand before the properties: the type, two lengths and the topic `a`.
    const head = Uint8Array.of(
      0x30,
      ...lengthOf(3 + 3 + fields.length),
      0,
      1,
      0x61,
      ...lengthOf(fields.length),
    );
    expect(read(joined(head, fields), 5)).toMatchObject({
      properties: { payloadFormatIndicator: Array.from({ length: times }, (_, at) => (2 * at + 1) & 127) },
    });
  });

  it('of millions of packets is read as far as people would', () => {
    const bytes = new Uint8Array(400_000);
    for (let at = 0; at < bytes.length; at += 2) bytes[at] = 0xc0;
    expect(readMqtt(bytes)?.packets.length).toBe(1000);
    expect(readMqtt(new Uint8Array(2 * 1024 * 1024))).toBeUndefined();
  });
});
