import { decodeUtf8 } from '../bytes/bytes.ts';

/** By their number, which is the upper half of the first byte: https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html, 2.1.2 */
const PACKETS = [
  undefined,
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
] as const;

/** Types of packets that are treated apart. */
const PUBLISH = 3;
const PINGS = [12, 13];
/** Types whose flags, the lower half of the first byte, have to be {@link FLAGS}. Those of a PUBLISH say something, all others have to be 0. */
const FLAGGED = [6, 8, 10];
const FLAGS = 2;
/** Bits of a PUBLISH's flags that hold the quality of service. Above 0, the packet has an identifier. */
const QUALITY = 6;
/** Most bytes of a packet's length field. */
const LENGTH_BYTES = 4;
/** Length in bytes from which a message may be only the beginning of a longer one. */
const CUT = 4096;

/**
 * The first packet of an MQTT message that is not a ping, or a ping if there is nothing else. A message may hold several packets and
 * parts of packets. A message that does not begin like a packet, or ends within its length field, has no type.
 */
export function mqttType(bytes: Uint8Array): string | undefined {
  let ping: string | undefined;
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const type = first >> 4;
    const end = endOfPacket(bytes, at + 1);
    if (!beginsPacket(first) || end === undefined || (end > bytes.length && bytes.length < CUT))
      return undefined;
    if (!PINGS.includes(type)) return PACKETS[type];
    ping = PACKETS[type];
    at = end;
  }
  return ping;
}

/** The name of a packet with this first byte. */
export function mqttName(first: number): string | undefined {
  return beginsPacket(first) ? PACKETS[first >> 4] : undefined;
}

function beginsPacket(first: number): boolean {
  const type = first >> 4;
  return type === PUBLISH || (first & 15) === (FLAGGED.includes(type) ? FLAGS : 0);
}

/** @param at offset of its length, which has seven bits per byte, the lowest first */
export function endOfPacket(bytes: Uint8Array, at: number): number | undefined {
  let length = 0;
  for (let index = 0; index < LENGTH_BYTES; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    length += (byte & 127) * 128 ** index;
    if (byte < 128) return at + index + 1 + length;
  }
  return undefined;
}

/** A message that is one PUBLISH packet and nothing else. */
export interface MqttPublish {
  readonly topic: string;
  /** Its contents, as version 3 and as version 5 would read them: version 5 has properties before them. */
  readonly contents: readonly Uint8Array[];
}

/** @param size bytes of the whole message, the beginning of which is enough to read its topic */
export function mqttPublish(bytes: Uint8Array, size = bytes.length): MqttPublish | undefined {
  const first = bytes[0] ?? 0;
  const start = behindLength(bytes, 1);
  if (first >> 4 !== PUBLISH || start === undefined || endOfPacket(bytes, 1) !== size) return undefined;
  const length = ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0);
  const name = decodeUtf8(bytes.subarray(start + 2, start + 2 + length));
  const hasNumber = (first & QUALITY) !== 0;
  const behindTopic = start + 2 + length + (hasNumber ? 2 : 0);
  if (!name.valid || behindTopic > bytes.length) return undefined;
  const behindProperties = endOfPacket(bytes, behindTopic);
  const isSound = behindProperties !== undefined && behindProperties <= size;
  const starts = isSound ? [behindTopic, behindProperties] : [behindTopic];
  return { topic: name.text, contents: starts.map((at) => bytes.subarray(at)) };
}

/**
 * The topic and contents of a PUBLISH whose contents are text, as far as `bytes` go.
 * @param size bytes that the message has
 */
export function mqttText(bytes: Uint8Array, size: number): string | undefined {
  const publish = mqttPublish(bytes, size);
  for (const contents of publish?.contents ?? []) {
    const { text } = decodeUtf8(contents);
    // A character may be cut off where the beginning ends.
    const whole = bytes.length < size ? text.replace(/\ufffd{1,3}$/, '') : text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text.
    if (publish && !/[\0-\x08\x0e-\x1f\x7f\ufffd]/.test(whole)) return `${publish.topic}  ${whole}`;
  }
  return undefined;
}

/** @param at of a length */
export function behindLength(bytes: Uint8Array, at: number): number | undefined {
  for (let index = at; index < at + LENGTH_BYTES; index++) {
    const byte = bytes[index];
    if (byte === undefined) return undefined;
    if (byte < 128) return index + 1;
  }
  return undefined;
}
