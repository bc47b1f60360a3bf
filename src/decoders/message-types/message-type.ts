/**
 * What kind of message a text is, as its protocol names it: the value of a JSON object's `type`, `event`, `op` … member, the event
 * of a Socket.IO packet, the command of a STOMP frame. Found by a look at the first {@link LOOKED_AT} units, without parsing.
 */

import { endOfValue, type Token, tokenAt } from '../json/head.ts';
import { ENGINE_IO_URL } from '../protocol-signs.ts';
import { isHeartbeat } from './heartbeats.ts';
import { behindPing, nameOfNumber } from './numbered-types.ts';

/** Names of the members that name a message's type in the protocols that people use, the most telling first. */
export const TYPE_MEMBERS = [
  'type',
  'event',
  'op',
  'method',
  'action',
  'cmd',
  'command',
  'kind',
  'messageType',
  'msgType',
  'eventType',
  '_type',
  '@type',
  'msg',
  'topic',
  'channel',
  't',
  'e',
] as const;

/** UTF-16 units of a text that are looked at: a type that stands behind a long payload is not worth the time of each row. */
const LOOKED_AT = 4096;
/** Longer values are contents, not names. */
const LONGEST_TYPE = 64;
/** Elements of an array that are looked at: Phoenix puts the event's name fourth. */
const MOST_ELEMENTS = 4;

/** What else helps to tell a message's type. */
export interface MessageTypeHints {
  /** Names of JSON members to ask instead of the usual ones. */
  readonly members?: readonly string[] | undefined;
  /** Address of the socket: that of Engine.IO names its protocol. */
  readonly url?: string | undefined;
}

/**
 * The type of a message.
 * @returns undefined where nothing names it
 */
export function messageType(text: string, { members, url = '' }: MessageTypeHints = {}): string | undefined {
  const head = text.slice(0, LOOKED_AT);
  if (ENGINE_IO_URL.test(url)) return typeOfSocketIo(head);
  const first = /\S/.exec(head);
  switch (first?.[0]) {
    case '{':
      if (members) return typeOfObject(head, first.index + 1, members);
      return usualTypeOfObject(head, first.index + 1, text.length >= LOOKED_AT, url);
    case '[':
      return typeOfArray(head, first.index + 1);
    default:
      return typeOfStomp(head) ?? typeOfWord(text);
  }
}

/** As its protocol names it, where that is known. */
function usualTypeOfObject(head: string, start: number, isCut: boolean, url: string): string | undefined {
  const rest = isCut ? undefined : behindPing(head);
  if (rest !== undefined) return messageType(rest, { url });
  const type = typeOfObject(head, start, TYPE_MEMBERS);
  if (type === undefined) return isCut ? undefined : typeOfBareBeat(head);
  if (/^\d+$/.test(type)) return nameOfNumber(type, head, isCut, url);
  return type === PHOENIX_REPLY && PHOENIX_TOPIC.test(head) ? BEAT_REPLY : type;
}

/** An object that holds nothing, or nothing but a ping. */
function typeOfBareBeat(text: string): string | undefined {
  const [, name] = /^\s*\{\s*(?:"([\w.-]{2,32})"\s*:\s*(?:[-\w."]+\s*)?)?\}\s*$/.exec(text) ?? [
    undefined,
    undefined,
  ];
  if (name === undefined) return /^\s*\{\s*\}\s*$/.test(text) ? 'heartbeat' : undefined;
  return isHeartbeat(name) ? name : undefined;
}

/** Phoenix sends heartbeats to a topic that has no other messages: https://hexdocs.pm/phoenix/writing_a_channels_client.html */
const PHOENIX_REPLY = 'phx_reply';
const PHOENIX_TOPIC = /"topic"\s*:\s*"phoenix"/;
const BEAT_REPLY = 'heartbeat_reply';

/** Walks over the members of the outermost object and keeps the value of the most telling one. */
function typeOfObject(text: string, start: number, members: readonly string[]): string | undefined {
  let best: string | undefined;
  let rank = members.length;
  let at = start;
  while (rank > 0) {
    const key = tokenAt(text, at);
    const colon = key && tokenAt(text, key.end);
    const value = colon && tokenAt(text, colon.end);
    if (!value || key.kind !== 'string' || colon.text !== ':') break;
    const found = members.indexOf(key.text);
    if (found >= 0 && found < rank) {
      const name = nameOf(value);
      if (name !== undefined) {
        best = name;
        rank = found;
      }
    }
    const after = endOfValue(text, value);
    const comma = after === undefined ? undefined : tokenAt(text, after);
    if (comma?.text !== ',') break;
    at = comma.end;
  }
  return best;
}

/** The first string among the first elements: `["EVENT", …]`, `[null, "3", "room:1", "phx_reply", …]` takes the last of four. */
function typeOfArray(text: string, start: number): string | undefined {
  const names: string[] = [];
  let at = start;
  for (let index = 0; index < MOST_ELEMENTS; index++) {
    const value = tokenAt(text, at);
    if (!value) break;
    if (value.kind === 'string') names.push(value.text);
    else if (value.kind === 'mark') break;
    const comma = tokenAt(text, value.end);
    if (comma?.text !== ',') break;
    at = comma.end;
  }
  const name = names.length >= 3 ? names.at(-1) : names[0];
  if (name === PHOENIX_REPLY && names.at(-2) === 'phoenix') return BEAT_REPLY;
  return name !== undefined && isName(name) ? name : undefined;
}

/** A name, or the whole number that stands for one (`"op": 10`). */
function nameOf({ kind, text }: Token): string | undefined {
  if (kind === 'string') return isName(text) ? text : undefined;
  return kind === 'word' && /^\d{1,5}$/.test(text) ? text : undefined;
}

function isName(text: string): boolean {
  return text !== '' && text.length <= LONGEST_TYPE && !/[\\\n]/.test(text);
}

const ENGINE_IO_PACKETS = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'];
/** https://socket.io/docs/v4/socket-io-protocol: packet type, namespace, acknowledgement id, then the arguments. */
const SOCKET_IO = /^4(?:([0-6])(?:\d+-)?(?:\/[^,]*,)?\d*(?:\["((?:[^"\\]|\\.)*)")?)/;
const SOCKET_IO_PACKETS = [
  'connect',
  'disconnect',
  'event',
  'ack',
  'connect_error',
  'binary event',
  'binary ack',
];

function typeOfSocketIo(text: string): string | undefined {
  const [, packet, event] = SOCKET_IO.exec(text) ?? [];
  if (packet === undefined) return ENGINE_IO_PACKETS[Number(/^[0-6]/.exec(text)?.[0] ?? Number.NaN)];
  const isEvent = packet === '2' || packet === '5';
  return isEvent && event !== undefined && isName(event) ? event : SOCKET_IO_PACKETS[Number(packet)];
}

/** Heartbeats that are nothing but a word, SockJS's letter for it, or STOMP's empty line. */
const BEATS: ReadonlySet<string> = new Set(['h', '']);

/** A single digit is told apart by itself: what it means only its program knows. */
function typeOfWord(text: string): string | undefined {
  if (text.length === 0 || text.length > LONGEST_TYPE) return undefined;
  const word = text.trim();
  if (BEATS.has(word)) return 'heartbeat';
  return isHeartbeat(word) || /^\d$/.test(word) ? word : undefined;
}

/** https://stomp.github.io/stomp-specification-1.2.html#STOMP_Frames */
function typeOfStomp(text: string): string | undefined {
  return /^([A-Z]{3,12})\r?\n(?:[^\n:]+:[^\n]*\n|\r?\n)/.exec(text)?.[1];
}
