import { endOfValue, type Token, tokenAt } from './json/head.ts';
import { ENGINE_IO_URL } from './protocol-signs.ts';

/**
 * The ids by which protocols join a reply to its request. Found by a look at the beginning of a text, without parsing it. Two
 * messages belong together where one of the keys is the same, and only then: their order says nothing.
 */

/** UTF-16 units of a text that are looked at. */
export const IDS_LOOKED_AT = 2048;
/** Longer values are contents, not ids. */
const LONGEST_ID = 80;

/** Members that hold a message's own id, or in a reply that of its request. */
const OWN_IDS: readonly string[] = [
  'id',
  'requestId',
  'request_id',
  'requestID',
  'reqId',
  'req_id',
  'ref',
  'messageId',
  'message_id',
  'msgId',
  'msg_id',
  'correlationId',
  'correlation_id',
  'invocationId',
  'transaction',
  'nonce',
];
/** Members of a reply that hold its request's id, whatever that calls it. */
const REPLY_IDS: readonly string[] = ['replyTo', 'reply_to', 'inReplyTo', 'in_reply_to', 'responseTo'];

const ANY_ID = new RegExp(`"(?:${[...OWN_IDS, ...REPLY_IDS].join('|')})"\\s*:`);
/** Where the name of a reply's member says nothing of what its request calls it. */
const ANY_NAME = '*';

/** Packet type, binary attachments, namespace and acknowledgement id: https://socket.io/docs/v4/socket-io-protocol */
const SOCKET_IO = /^4([2356])(?:\d+-)?(\/[^,]*,)?(\d+)\[/;
const SOCKET_IO_EVENTS = '25';

/** Keys of a message that asks for a reply; empty where nothing tells. */
export function requestKeys(text: string, url = ''): readonly string[] {
  if (ENGINE_IO_URL.test(url)) return socketIoKey(text, true);
  if (text.startsWith('[')) return arrayKey(text, true);
  return memberKeys(text, (name, id) =>
    OWN_IDS.includes(name) ? [`${name} ${id}`, `${ANY_NAME} ${id}`] : [],
  );
}

/** Keys that the request of a message would have; empty where it is no reply. */
export function replyKeys(text: string, url = ''): readonly string[] {
  if (ENGINE_IO_URL.test(url)) return socketIoKey(text, false);
  if (text.startsWith('[')) return arrayKey(text, false);
  return memberKeys(text, (name, id) => [`${OWN_IDS.includes(name) ? name : ANY_NAME} ${id}`]);
}

function socketIoKey(text: string, isRequest: boolean): readonly string[] {
  const [, packet = '', namespace = '', id = ''] = SOCKET_IO.exec(text) ?? [];
  if (id === '' || SOCKET_IO_EVENTS.includes(packet) !== isRequest) return [];
  return [`ack ${namespace}${id}`];
}

/** Those of the members of the outermost object. */
function memberKeys(
  text: string,
  keysOf: (name: string, id: string) => readonly string[],
): readonly string[] {
  const head = text.slice(0, IDS_LOOKED_AT);
  if (!ANY_ID.test(head)) return [];
  let token = tokenAt(head, 0);
  if (token?.text !== '{') return [];
  const keys: string[] = [];
  while (token) {
    const name = tokenAt(head, token.end);
    const colon = name && tokenAt(head, name.end);
    const value = colon && tokenAt(head, colon.end);
    if (!value || name.kind !== 'string' || colon.text !== ':') break;
    const id = idOf(value);
    if (id !== undefined && (OWN_IDS.includes(name.text) || REPLY_IDS.includes(name.text))) {
      keys.push(...keysOf(name.text, id));
    }
    const after = endOfValue(head, value);
    token = after === undefined ? undefined : tokenAt(head, after);
    if (token?.text !== ',') break;
  }
  return keys;
}

/** Numbers and strings of the same digits are not the same id. */
function idOf({ kind, text }: Token): string | undefined {
  if (text === '' || text.length > LONGEST_ID) return undefined;
  if (kind === 'string') return `"${text}"`;
  return kind === 'word' && /^-?\d/.test(text) ? text : undefined;
}

/**
 * Phoenix (`[join, ref, topic, event, payload]`, https://hexdocs.pm/phoenix/writing_a_channels_client.html) and OCPP-J (`[2, id, …]`,
 * answered by `[3, id, …]` or `[4, id, …]`).
 */
function arrayKey(whole: string, isRequest: boolean): readonly string[] {
  const text = whole.slice(0, IDS_LOOKED_AT);
  const values: Token[] = [];
  let at = 1;
  while (values.length < 4) {
    const value = tokenAt(text, at);
    if (!value || value.kind === 'mark') break;
    values.push(value);
    const comma = tokenAt(text, value.end);
    if (comma?.text !== ',') break;
    at = comma.end;
  }
  const [first, second, third, fourth] = values;
  if (!first || second?.kind !== 'string' || second.text.length > LONGEST_ID) return [];
  if (first.kind === 'word' && /^[234]$/.test(first.text) && (first.text === '2') === isRequest) {
    return [`call ${second.text}`];
  }
  if (third?.kind !== 'string' || fourth?.kind !== 'string') return [];
  const isReply = fourth.text === 'phx_reply';
  return isReply === isRequest ? [] : [`phoenix ${second.text} ${third.text}`];
}
