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

/** Of a packet of MQTT; the flags of a PUBLISH alone say something. */
const PUBLISH = 3;
const FLAGGED = [6, 8, 10];
const FLAGS = 2;
const PINGS = [12, 13];
/** Bits of the flags of a PUBLISH: with a quality above 0 it has a number. */
const QUALITY = 6;
/** bytes that the length takes at most */
const LENGTH_BYTES = 4;
/** bytes from which on a message may have been cut off for whoever looks at its beginning */
const CUT = 4096;

/**
 * The first packet of a message of MQTT that is no ping, or a ping where there is nothing else. A message may hold several packets, and
 * parts of one: what does not begin like a packet, or ends before it does, has no type.
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

/** What packets are called whose first byte is this one. */
export function mqttName(first: number): string | undefined {
  return beginsPacket(first) ? PACKETS[first >> 4] : undefined;
}

function beginsPacket(first: number): boolean {
  const type = first >> 4;
  return type === PUBLISH || (first & 15) === (FLAGGED.includes(type) ? FLAGS : 0);
}

/** @param at of its length, in seven bits a byte, the lowest first */
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
  /** Its contents if it is of version 3, and if it is of version 5, which has properties before them. */
  readonly contents: readonly Uint8Array[];
}

/** @param size bytes that the message has, of which the beginning is enough for its topic */
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
 * Topic and contents of a PUBLISH whose contents are text, as far as they are there.
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
