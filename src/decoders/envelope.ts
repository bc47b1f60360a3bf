import { decodeUtf8 } from './bytes/bytes.ts';
import { mqttPublish } from './mqtt/type.ts';
import type { Payload } from './payload.ts';
import { SIGNALR_SEPARATOR, type SocketWords } from './protocol-signs.ts';
import { guessReading, LONGEST_READ, type ReadBytes, readAs } from './readings/reading.ts';
import { type SpokenProtocol, spokenOn } from './spoken.ts';

/** JSON that a protocol has wrapped. Whether it is valid JSON is only known once it is parsed. */
export interface Packet {
  /** The text before the JSON, unchanged: a packet's type, a command with its headers, or a topic. */
  readonly head: string;
  readonly json: string;
  /** The text after the JSON. */
  readonly end: string;
}

/** A message of a protocol that wraps JSON. */
export interface Envelope {
  /** Name of the protocol. */
  readonly protocol: string;
  /** Never empty. */
  readonly packets: readonly Packet[];
  /** What the message, or the contents of its packet, were read as where they are no text but values. */
  readonly values?: ReadBytes;
}

/** Most UTF-16 units before the JSON that are searched. */
const HEAD = 4096;
/** Most UTF-16 units of a message whose JSON is quoted: unquoting more would take too long in one go. */
const MOST_QUOTED = 1024 * 1024;

/** https://socket.io/docs/v4/socket-io-protocol: packet type, attachments, namespace, acknowledgement id; JSON behind it. */
const SOCKET_IO = /^\d(?:\d(?:\d+-)?(?:\/[^,[{"]*,)?\d*)?(?=[[{"])/;
/** https://github.com/sockjs/sockjs-protocol: a letter before each array of messages that is received, and no letter before one that is sent. */
const SOCKJS = /^[acm]?(?=\[")/;
const MAY_BE_JSON = /^\s*[[{]/;

/**
 * The wrapped JSON of a message; undefined if nothing in it begins like JSON.
 * @param mostRead bytes of a binary message up to which its values are read
 */
export function envelopeOf(
  payload: Payload,
  socket: SocketWords,
  mostRead = LONGEST_READ,
): Envelope | undefined {
  return envelopeIn(payload, spokenOn(socket, typeof payload === 'string' ? 'text' : 'bytes'), mostRead);
}

/** The same, for a caller that knows the protocol. */
export function envelopeIn(
  payload: Payload,
  spoken: SpokenProtocol | undefined,
  mostRead = LONGEST_READ,
): Envelope | undefined {
  if (typeof payload !== 'string') return ofBytes(payload, spoken, mostRead);
  if (spoken === 'Socket.IO') return ofSocketIo(payload);
  if (spoken === 'SockJS') return ofSockJs(payload);
  if (payload.endsWith(SIGNALR_SEPARATOR)) return ofSignalR(payload);
  const packet = ofStomp(payload);
  return packet && { protocol: 'STOMP', packets: [packet] };
}

/** Whether a message is values as a whole, rather than a packet with some. */
export function areValues({ protocol, values }: Envelope): boolean {
  return values?.reading === protocol;
}

/** The texts before the JSON of all packets, to show to users. */
export function headsOf({ packets }: Envelope): string {
  return packets
    .map(({ head }) => head.trimEnd())
    .filter((head) => head !== '')
    .join('\n\n');
}

/** The JSON of all packets. Several packets become the elements of one array. */
export function jsonOf({ packets }: Envelope): string {
  const texts = packets.map(({ json }) => json);
  return texts.length === 1 ? texts.join('') : `[${texts.join(',\n')}]`;
}

function ofSocketIo(text: string): Envelope | undefined {
  const [head] = SOCKET_IO.exec(text.slice(0, HEAD)) ?? [];
  return head
    ? { protocol: 'Socket.IO', packets: [{ head, json: text.slice(head.length), end: '' }] }
    : undefined;
}

function ofSignalR(text: string): Envelope | undefined {
  const records = text.slice(0, -SIGNALR_SEPARATOR.length).split(SIGNALR_SEPARATOR);
  if (!records[0]?.startsWith('{')) return undefined;
  return {
    protocol: 'SignalR',
    packets: records.map((json) => ({ head: '', json, end: SIGNALR_SEPARATOR })),
  };
}

/** Messages are strings in an array. If they are neither JSON nor STOMP with JSON, the array itself is the JSON. */
function ofSockJs(text: string): Envelope | undefined {
  const [letter] = SOCKJS.exec(text) ?? [];
  if (letter === undefined) return undefined;
  const messages = text.length > MOST_QUOTED ? undefined : stringsIn(text.slice(letter.length));
  const packets = messages?.map(
    (message) =>
      ofStomp(message) ?? (MAY_BE_JSON.test(message) ? { head: '', json: message, end: '' } : undefined),
  );
  if (packets?.every((packet) => packet !== undefined)) {
    const hasStomp = packets.some(({ head }) => head !== '');
    return { protocol: hasStomp ? 'STOMP, SockJS' : 'SockJS', packets };
  }
  return letter === ''
    ? undefined
    : { protocol: 'SockJS', packets: [{ head: letter, json: text.slice(letter.length), end: '' }] };
}

/** Undefined for anything but an array of strings. */
function stringsIn(json: string): string[] | undefined {
  try {
    const values: unknown = JSON.parse(json);
    if (!Array.isArray(values) || values.length === 0) return undefined;
    return values.every((value) => typeof value === 'string') ? values : undefined;
  } catch {
    return undefined;
  }
}

/** https://stomp.github.io/stomp-specification-1.2.html: a command and headers, an empty line, then the body up to a null character. */
function ofStomp(text: string): Packet | undefined {
  const head = text.slice(0, HEAD);
  if (!/^[A-Z]{3,12}\r?\n/.test(head)) return undefined;
  const [gap] = /\r?\n\r?\n/.exec(head) ?? [];
  if (gap === undefined) return undefined;
  const start = head.indexOf(gap) + gap.length;
  const [end = ''] = /\0\s*$/.exec(text.slice(-HEAD)) ?? [];
  const json = text.slice(start, text.length - end.length);
  return MAY_BE_JSON.test(json) ? { head: text.slice(0, start), json, end } : undefined;
}

function ofBytes(
  bytes: Uint8Array,
  spoken: SpokenProtocol | undefined,
  mostRead: number,
): Envelope | undefined {
  const isTooLong = bytes.length > mostRead;
  switch (spoken) {
    case 'MQTT':
      return ofMqtt(bytes, mostRead);
    case 'MessagePack':
    case 'CBOR':
    case 'Protobuf': {
      const values = isTooLong ? undefined : readAs(spoken, bytes);
      return values && 'json' in values ? ofValues(values) : undefined;
    }
    case 'bytes':
      return undefined;
    default:
      return ofStompBytes(bytes) ?? ofValues(isTooLong ? undefined : guessReading(bytes));
  }
}

function ofValues(values: ReadBytes | undefined): Envelope | undefined {
  return values && { protocol: values.reading, packets: [{ head: '', json: values.json, end: '' }], values };
}

/** Brokers may send STOMP as bytes. */
function ofStompBytes(bytes: Uint8Array): Envelope | undefined {
  const first = bytes[0] ?? 0;
  if (first < 0x41 || first > 0x5a) return undefined;
  const { text, valid } = decodeUtf8(bytes);
  const packet = valid ? ofStomp(text) : undefined;
  return packet && { protocol: 'STOMP', packets: [packet] };
}

/** Where the contents begin depends on the version, which only the first packet of a connection tells; JSON tells it, too. */
function ofMqtt(bytes: Uint8Array, mostRead: number): Envelope | undefined {
  const publish = mqttPublish(bytes);
  if (!publish) return undefined;
  const head = `PUBLISH ${publish.topic}\n`;
  for (const contents of publish.contents) {
    const { text, valid } = decodeUtf8(contents);
    if (valid && MAY_BE_JSON.test(text))
      return { protocol: 'MQTT', packets: [{ head, json: text, end: '' }] };
  }
  if (bytes.length > mostRead) return undefined;
  for (const contents of publish.contents) {
    const values = guessReading(contents);
    if (values) return { protocol: 'MQTT', packets: [{ head, json: values.json, end: '' }], values };
  }
  return undefined;
}
