import { readableText } from '../bytes/bytes.ts';
import { fieldsAsJson, type PacketFields } from './fields.ts';
import { type MqttLayout, readPacket } from './packets.ts';
import { publishedValues } from './published.ts';
import { behindLength, endOfPacket, mqttName } from './type.ts';

/** One control packet. */
export interface MqttPacket {
  /** The standard's name for it: `SUBSCRIBE`. */
  readonly name: string;
  readonly fields: PacketFields;
  /** False if the bytes could also be a packet of the other version. */
  readonly isSure: boolean;
}

/** The packets of one message. */
export interface MqttMessage {
  /** One at least. */
  readonly packets: readonly MqttPacket[];
  /** Bytes after the last whole packet: the standard allows a packet to continue in the next message. */
  readonly rest: Uint8Array;
}

/** Most bytes of a message that is read as packets. Nobody would read a larger one field by field. */
const LONGEST_MESSAGE = 1024 * 1024;
const MOST_PACKETS = 1000;
/** The first layout that fits is used. The one without properties comes first, because most clients still speak 3.1.1. */
const LAYOUTS: readonly MqttLayout[] = [3, 5];

/**
 * Reads the control packets of MQTT 3.1, 3.1.1 and 5 in a message. Never throws.
 * @param layout from the CONNECT of the connection; without it, the layout is inferred from the packets
 * @returns undefined if the message does not begin with a packet
 * @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 2, and 6 for WebSocket
 */
export function readMqtt(bytes: Uint8Array, layout?: MqttLayout): MqttMessage | undefined {
  if (bytes.length > LONGEST_MESSAGE) return undefined;
  const packets: MqttPacket[] = [];
  let at = 0;
  while (at < bytes.length && packets.length < MOST_PACKETS) {
    const end = endOfPacket(bytes, at + 1);
    const packet =
      end !== undefined && end <= bytes.length ? packetIn(bytes.subarray(at, end), layout) : undefined;
    if (end === undefined || !packet) break;
    packets.push(packet);
    at = end;
  }
  return packets.length === 0 ? undefined : { packets, rest: bytes.subarray(at) };
}

/** @param bytes the bytes of one packet */
function packetIn(bytes: Uint8Array, layout: MqttLayout | undefined): MqttPacket | undefined {
  const first = bytes[0] ?? 0;
  const name = mqttName(first);
  const start = behindLength(bytes, 1);
  if (name === undefined || start === undefined) return undefined;
  const contents = bytes.subarray(start);
  const layouts = layout === undefined ? LAYOUTS : [layout];
  const readings = layouts
    .map((one) => readPacket(first, contents, one))
    .filter((fields) => fields !== undefined);
  // A PUBLISH of MQTT 5 without properties has a zero where one of 3.1.1 has its contents.
  const isReadLater = name === 'PUBLISH' && readings.map(canBeRead).join() === 'false,true';
  const [fields, other] = isReadLater ? readings.toReversed() : readings;
  return fields && { name, fields, isSure: !other || fieldsAsJson(fields) === fieldsAsJson(other) };
}

function canBeRead({ payload }: PacketFields): boolean {
  if (!(payload instanceof Uint8Array)) return false;
  return readableText(payload) !== undefined || publishedValues(payload) !== undefined;
}

/** A message as a JSON text: an object for one packet, an array for several. Bytes of an incomplete packet come last. */
export function mqttAsJson({ packets, rest }: MqttMessage): string {
  const values: PacketFields[] = packets.map(({ name, fields }) => ({ packet: name, ...fields }));
  if (rest.length > 0) values.push({ rest });
  return fieldsAsJson(values.length === 1 ? values[0] : values);
}

/** The layout of a connection's packets, according to its CONNECT; undefined if the message does not begin with a CONNECT. */
export function layoutOf(connect: Uint8Array): MqttLayout | undefined {
  const [first] = readMqtt(connect)?.packets ?? [];
  if (first?.name !== 'CONNECT') return undefined;
  return first.fields.version === '5.0' ? 5 : 3;
}
