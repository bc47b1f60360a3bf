import type { PacketFields } from './fields.ts';
import { MalformedPacket, PacketReader } from './packet-reader.ts';
import { readProperties } from './properties.ts';
import { grantOf, reasonOf, returnOf } from './reason-codes.ts';

/** The layout of packets: MQTT 5 has properties, 3.1 and 3.1.1 do not. */
export type MqttLayout = 3 | 5;

/** Reads what follows a packet's fixed header; throws {@link MalformedPacket}. */
type ReadPacket = (reader: PacketReader, layout: MqttLayout, flags: number) => PacketFields;

const VERSIONS: Readonly<Record<number, string>> = { 3: '3.1', 4: '3.1.1', 5: '5.0' };
/** A flag that brokers set when they connect to each other. */
const BRIDGE = 0x80;

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.1 */
const connect: ReadPacket = (reader) => {
  const protocol = reader.text();
  const level = reader.byte() & ~BRIDGE;
  if (!VERSIONS[level]) throw new MalformedPacket();
  const isFive = level === 5;
  const flags = reader.byte();
  const keepAlive = reader.twoBytes();
  const properties = isFive ? readProperties(reader) : undefined;
  const clientId = reader.text();
  const will =
    (flags & 0b100) === 0
      ? undefined
      : {
          properties: isFive ? readProperties(reader) : undefined,
          topic: reader.text(),
          payload: reader.binary(),
          qos: (flags >> 3) & 3,
          retain: (flags & 0b10_0000) !== 0,
        };
  const username = flags & 0b1000_0000 ? reader.text() : undefined;
  const password = flags & 0b100_0000 ? reader.binary() : undefined;
  const isClean = (flags & 0b10) !== 0;
  return {
    protocol,
    version: VERSIONS[level],
    clientId,
    ...(isFive ? { cleanStart: isClean } : { cleanSession: isClean }),
    keepAlive,
    username,
    password,
    will,
    properties,
  };
};

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.2 */
const connack: ReadPacket = (reader, layout) => {
  const flags = reader.byte();
  if (flags > 1) throw new MalformedPacket();
  const code = reader.byte();
  const reason = layout === 5 ? reasonOf(code) : returnOf(code);
  return {
    sessionPresent: flags === 1,
    code,
    reason,
    properties: layout === 5 ? readProperties(reader) : undefined,
  };
};

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.3 */
const publish: ReadPacket = (reader, layout, flags) => {
  const qos = (flags >> 1) & 3;
  if (qos === 3) throw new MalformedPacket();
  const topic = reader.text();
  const id = qos === 0 ? undefined : packetId(reader);
  const properties = layout === 5 ? readProperties(reader) : undefined;
  return {
    topic,
    qos,
    retain: (flags & 1) !== 0,
    duplicate: (flags & 8) !== 0,
    id,
    properties,
    payload: reader.rest(),
  };
};

/** PUBACK, PUBREC, PUBREL and PUBCOMP. @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.4 to 3.7 */
const acknowledgement: ReadPacket = (reader, layout) => {
  const id = packetId(reader);
  return layout === 5 ? { id, ...reasonAndProperties(reader) } : { id };
};

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.8 */
const subscribe: ReadPacket = (reader, layout) => {
  const id = packetId(reader);
  const properties = layout === 5 ? readProperties(reader) : undefined;
  const subscriptions = listOf(reader, () => {
    const topic = topicFilter(reader);
    const options = reader.byte();
    const qos = options & 3;
    const retainHandling = (options >> 4) & 3;
    if (qos === 3 || retainHandling === 3 || options > (layout === 5 ? 0b11_1111 : 2))
      throw new MalformedPacket();
    if (layout === 3) return { topic, qos };
    return {
      topic,
      qos,
      noLocal: (options & 4) !== 0,
      retainAsPublished: (options & 8) !== 0,
      retainHandling,
    };
  });
  return { id, subscriptions, properties };
};

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.9 */
const suback: ReadPacket = (reader, layout) => {
  const id = packetId(reader);
  const properties = layout === 5 ? readProperties(reader) : undefined;
  const granted = listOf(reader, () => {
    const code = reader.byte();
    const reason = layout === 3 && code === 128 ? 'Failure' : grantOf(code);
    if (reason === undefined || (layout === 3 && code > 2 && code !== 128)) throw new MalformedPacket();
    return { code, reason };
  });
  return { id, granted, properties };
};

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.10 */
const unsubscribe: ReadPacket = (reader, layout) => {
  const id = packetId(reader);
  const properties = layout === 5 ? readProperties(reader) : undefined;
  return { id, topics: listOf(reader, () => topicFilter(reader)), properties };
};

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.11 */
const unsuback: ReadPacket = (reader, layout) => {
  const id = packetId(reader);
  if (layout === 3) return { id };
  const properties = readProperties(reader);
  const results = listOf(reader, () => {
    const code = reader.byte();
    return { code, reason: reasonOf(code) };
  });
  return { id, results, properties };
};

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.12 and 3.13 */
const ping: ReadPacket = () => ({});

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.14 */
const disconnect: ReadPacket = (reader, layout) => {
  if (layout === 3) return {};
  const fields = reasonAndProperties(reader);
  return fields.code === 0 ? { ...fields, reason: 'Normal disconnection' } : fields;
};

/** @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 3.15 */
const auth: ReadPacket = (reader, layout) => {
  if (layout === 3) throw new MalformedPacket();
  return reasonAndProperties(reader);
};

/** Indexed by packet type minus 1. */
const READERS: readonly ReadPacket[] = [
  connect,
  connack,
  publish,
  acknowledgement,
  acknowledgement,
  acknowledgement,
  acknowledgement,
  subscribe,
  suback,
  unsubscribe,
  unsuback,
  ping,
  ping,
  disconnect,
  auth,
];

/**
 * The fields of a packet after its fixed header.
 * @param first the packet's first byte
 * @returns undefined if the packet does not have this layout
 */
export function readPacket(
  first: number,
  contents: Uint8Array,
  layout: MqttLayout,
): PacketFields | undefined {
  const reader = new PacketReader(contents);
  try {
    const fields = READERS[(first >> 4) - 1]?.(reader, layout, first & 15);
    return reader.isOver ? fields : undefined;
  } catch (error) {
    if (error instanceof MalformedPacket) return undefined;
    throw error;
  }
}

/** Fields that may be left out if there was no error. */
function reasonAndProperties(reader: PacketReader): PacketFields {
  const code = reader.isOver ? 0 : reader.byte();
  const properties = reader.isOver ? undefined : readProperties(reader);
  return { code, reason: reasonOf(code), properties };
}

function packetId(reader: PacketReader): number {
  const id = reader.twoBytes();
  if (id === 0) throw new MalformedPacket();
  return id;
}

function topicFilter(reader: PacketReader): string {
  const topic = reader.text();
  if (topic === '') throw new MalformedPacket();
  return topic;
}

/** At least one, up to the end of the packet. */
function listOf<Item>(reader: PacketReader, read: () => Item): Item[] {
  const items = [read()];
  while (!reader.isOver) items.push(read());
  return items;
}
