import { readableText } from '../bytes/bytes.ts';
import { isFields, type PacketFields, type PacketValue } from './fields.ts';
import { type MqttPacket, readMqtt } from './message.ts';
import { publishedValues } from './published.ts';

/** Most packets in the line, and most topics of one packet. */
const MOST_TOLD = 5;

/** The packets of a message in one line; undefined if the message does not begin with a packet. */
export function mqttLine(bytes: Uint8Array): string | undefined {
  const message = readMqtt(bytes);
  if (!message) return undefined;
  const told = message.packets.slice(0, MOST_TOLD).map(packetLine);
  const isCut = message.rest.length > 0 || message.packets.length > MOST_TOLD;
  return [...told, ...(isCut ? ['…'] : [])].join(' · ');
}

function packetLine({ name, fields, isSure }: MqttPacket): string {
  const words = wordsOf(name, fields, isSure).filter((word) => word !== '');
  return [name, ...words].join('  ');
}

function wordsOf(name: string, fields: PacketFields, isSure: boolean): string[] {
  const id = typeof fields.id === 'number' ? `#${fields.id}` : '';
  switch (name) {
    case 'CONNECT':
      return [text(fields.clientId), `MQTT ${text(fields.version)}`, `${text(fields.keepAlive)} s`];
    case 'PUBLISH':
      return [text(fields.topic), contents(fields.payload)];
    case 'SUBSCRIBE':
      return [id, list(fields.subscriptions, subscription)];
    case 'UNSUBSCRIBE':
      return [id, list(fields.topics, text)];
    case 'SUBACK':
      // Which of its bytes are codes depends on the version.
      return [id, isSure ? list(fields.granted, reason) : ''];
    case 'UNSUBACK':
      return [id, isSure ? list(fields.results, reason) : ''];
    default:
      return [id, fields.code === 0 && name !== 'CONNACK' ? '' : reason(fields)];
  }
}

function reason(fields: PacketValue): string {
  return text(member(fields, 'reason') ?? member(fields, 'code'));
}

function contents(payload: PacketValue): string {
  if (!(payload instanceof Uint8Array)) return '';
  return readableText(payload) ?? publishedValues(payload) ?? '';
}

function subscription(item: PacketValue): string {
  return `${text(member(item, 'topic'))} QoS ${text(member(item, 'qos'))}`;
}

function member(value: PacketValue, name: string): PacketValue {
  return isFields(value) ? value[name] : undefined;
}

function text(value: PacketValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function list(value: PacketValue, write: (item: PacketValue) => string): string {
  if (!Array.isArray(value)) return '';
  const told = value.slice(0, MOST_TOLD).map(write);
  return [...told, ...(value.length > MOST_TOLD ? ['…'] : [])].join(', ');
}
