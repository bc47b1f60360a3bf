import { decodeUtf8 } from './bytes.ts';
import { mqttPublish } from './mqtt-type.ts';
import type { Payload } from './payload.ts';
import { ENGINE_IO_URL, SIGNALR_SEPARATOR } from './protocol-signs.ts';

/** What of the socket says which protocol it speaks. */
interface SocketWords {
  readonly url: string;
  readonly protocol: string;
}

/** JSON that a protocol has put something around. Whether it is JSON shows when it is read. */
export interface Envelope {
  /** What the protocol is called. */
  readonly protocol: string;
  /** What stands before the JSON, and is not a separator alone: a packet's type, a command, a topic. */
  readonly before: string;
  readonly json: string;
  /** Several messages are the elements of one array. */
  readonly messages: number;
}

/** UTF-16 units of what may stand before the JSON */
const HEAD = 4096;

/** https://socket.io/docs/v4/socket-io-protocol: packet type, attachments, namespace, acknowledgement id; JSON behind it. */
const SOCKET_IO = /^\d(?:\d(?:\d+-)?(?:\/[^,[{"]*,)?\d*)?(?=[[{"])/;

/** https://github.com/sockjs/sockjs-protocol: addresses of its sockets, and letters before arrays of messages. */
const SOCKJS_URL = /\/[^/?]+\/[^/?]+\/websocket(?:\?|$)/;
const SOCKJS = /^[acm](?=[["])/;

/** Undefined where there is none, or nothing that begins like JSON within. */
export function envelopeOf(payload: Payload, { url, protocol }: SocketWords): Envelope | undefined {
  if (typeof payload !== 'string') return /^mqtt/i.test(protocol) ? ofMqtt(payload) : undefined;
  if (ENGINE_IO_URL.test(url)) return behind('Socket.IO', SOCKET_IO, payload);
  if (SOCKJS_URL.test(url) && SOCKJS.test(payload)) return behind('SockJS', SOCKJS, payload);
  if (payload.endsWith(SIGNALR_SEPARATOR)) return ofSignalR(payload);
  return ofStomp(payload);
}

function behind(protocol: string, head: RegExp, text: string): Envelope | undefined {
  const [before] = head.exec(text.slice(0, HEAD)) ?? [];
  return before ? { protocol, before, json: text.slice(before.length), messages: 1 } : undefined;
}

function ofSignalR(text: string): Envelope | undefined {
  const records = text.slice(0, -SIGNALR_SEPARATOR.length).split(SIGNALR_SEPARATOR);
  const [first = ''] = records;
  if (!first.startsWith('{')) return undefined;
  const json = records.length === 1 ? first : `[${records.join(',\n')}]`;
  return { protocol: 'SignalR', before: '', json, messages: records.length };
}

/** https://stomp.github.io/stomp-specification-1.2.html: a command and headers up to an empty line, then the body up to a null. */
function ofStomp(text: string): Envelope | undefined {
  const head = text.slice(0, HEAD);
  if (!/^[A-Z]{3,12}\r?\n/.test(head)) return undefined;
  const [end] = /\r?\n\r?\n/.exec(head) ?? [];
  if (end === undefined) return undefined;
  const start = head.indexOf(end);
  const body = text.slice(start + end.length).replace(/\0\s*$/, '');
  return /^\s*[[{]/.test(body)
    ? { protocol: 'STOMP', before: text.slice(0, start), json: body, messages: 1 }
    : undefined;
}

/** Where the contents begin depends on the version, which only the first packet of a connection tells; JSON tells it, too. */
function ofMqtt(bytes: Uint8Array): Envelope | undefined {
  const publish = mqttPublish(bytes);
  for (const contents of publish?.contents ?? []) {
    const { text, valid } = decodeUtf8(contents);
    if (publish && valid && /^\s*[[{]/.test(text))
      return { protocol: 'MQTT', before: `PUBLISH ${publish.topic}`, json: text, messages: 1 };
  }
  return undefined;
}
