import { parseBase64 } from '../../decoders/bytes/parse.ts';
import { type Fields, isObject } from '../fields.ts';
import { type Handshake, type Header, headerOf } from '../handshake.ts';
import { describeCall, readCalls } from './call-stack.ts';
import { amount, text, timeOf } from './values.ts';

/** Whose code created a socket: our hook on behalf of a page, other code, or unknown because the log does not say. */
export type Creator = 'hook' | 'other' | 'unknown';

/** One socket of the network log. */
export interface LoggedSocket {
  /** Stays the same from one reading of the log to the next, once the handshake request has been sent. */
  readonly key: string;
  /** The handshake request has been sent, or the socket has ended without one. */
  readonly isSettled: boolean;
  readonly url: string;
  /** When the handshake request was sent, in ms since the epoch; undefined if it was not. */
  readonly startedAt: number | undefined;
  /** When the socket ended, in ms since the epoch; undefined while it is open, and if the log does not say. */
  readonly endedAt: number | undefined;
  readonly handshake: Handshake;
  readonly creator: Creator;
  /** Addresses of the scripts in its call stack. */
  readonly scripts: readonly string[];
  /** Number of the frame that it was opened in; undefined for a worker, and if the log does not say. */
  readonly frameId?: number | undefined;
  /** For {@link readMessage}; undefined if the log keeps no messages (Firefox). */
  readonly messages: readonly unknown[] | undefined;
}

export interface NetworkLog {
  /** In the order of their creation. */
  readonly sockets: readonly LoggedSocket[];
  /** Addresses of scripts that were loaded for workers. */
  readonly workers: ReadonlySet<string>;
}

/** A message, or an error, of a socket of the network log. */
export interface LoggedMessage {
  readonly type: 'send' | 'receive' | 'error';
  /** ms since the epoch */
  readonly time: number;
  /** undefined if the log's data cannot be read */
  readonly payload: string | Uint8Array | undefined;
}

/**
 * Reads the result of `devtools.network.getHAR()`. It comes from the page and its servers, by way of any version of DevTools, so everything
 * is rebuilt from checked parts.
 * @param ownOrigin origin of our own scripts
 */
export function readNetworkLog(value: unknown, ownOrigin: string): NetworkLog {
  const entries: unknown[] = isObject(value) && Array.isArray(value.entries) ? value.entries : [];
  const sockets: LoggedSocket[] = [];
  const workers = new Set<string>();
  const twins = new Map<string, number>();
  for (const entry of entries) {
    if (!isObject(entry) || !isObject(entry.request)) continue;
    const url = text(entry.request.url);
    if (isSocketUrl(url)) sockets.push(readSocket(entry, entry.request, ownOrigin, twins));
    else if (isWorkerScript(entry, entry.request)) workers.add(url);
  }
  return { sockets, workers };
}

/** Reads one entry of a HAR; undefined if it is not a socket's. */
export function readSocketEntry(value: unknown, ownOrigin: string): LoggedSocket | undefined {
  return readNetworkLog({ entries: [value] }, ownOrigin).sockets[0];
}

/** Reads a message; undefined for anything else, such as control frames and whatever DevTools may add one day. */
export function readMessage(value: unknown): LoggedMessage | undefined {
  if (!isObject(value)) return undefined;
  const { type, opcode } = value;
  const time = amount(value.time) * 1000;
  if (type === 'error') return { type, time, payload: text(value.data) };
  if ((type !== 'send' && type !== 'receive') || (opcode !== 1 && opcode !== 2)) return undefined;
  if (typeof value.data !== 'string') return { type, time, payload: undefined };
  if (opcode === 1) return { type, time, payload: value.data };
  const parsed = parseBase64(value.data);
  return { type, time, payload: parsed.ok ? parsed.bytes : undefined };
}

/** When a message was sent, in ms since the epoch; undefined if it was not sent. Unlike {@link readMessage} it does not read contents. */
export function sentAt(message: unknown): number | undefined {
  return isObject(message) && message.type === 'send' ? amount(message.time) * 1000 : undefined;
}

function readSocket(
  entry: Fields,
  request: Fields,
  ownOrigin: string,
  twins: Map<string, number>,
): LoggedSocket {
  const url = text(request.url);
  const response = isObject(entry.response) ? entry.response : {};
  const timings = isObject(entry.timings) ? entry.timings : {};
  const requestHeaders = headers(request.headers);
  const messages = Array.isArray(entry._webSocketMessages) ? entry._webSocketMessages : undefined;
  const failure = failureOf(messages);
  const startedAt = timeOf(entry.startedDateTime);
  const responseHeaders = headers(response.headers);
  const answer = answerOf(response, responseHeaders, failure);
  // DevTools count the time after the last message as receiving, but only once the socket has ended.
  const hasEnded = messages !== undefined && amount(timings.receive) > 0;
  const duration = amount(entry.time);
  const stack = readCalls(entry._initiator);
  const scripts = stack.map(({ url }) => url).filter(Boolean);
  const calls = stack.filter(({ url }) => !url.startsWith(ownOrigin));
  return {
    key: keyOf(url, requestHeaders, startedAt, twins),
    isSettled: requestHeaders.length > 0 || hasEnded,
    url,
    startedAt,
    endedAt: hasEnded ? (startedAt ?? Date.now() - duration) + duration : undefined,
    handshake: {
      ...answer,
      httpVersion: text(response.httpVersion),
      requestHeaders,
      responseHeaders,
      initiator: calls.map(describeCall).join('\n'),
      failure: answer.status === 101 || answer.status === 0 ? failure : '',
    },
    // The script of a worker with a `data:` address has no address of its own on a stack.
    creator:
      stack.length === 0 ? 'unknown' : scripts.some((at) => at.startsWith(ownOrigin)) ? 'hook' : 'other',
    scripts,
    messages,
  };
}

/** Identifies a socket by the random key of its handshake. HTTP/2 has none, so there it is everything that distinguishes sockets. */
function keyOf(
  url: string,
  requestHeaders: readonly Header[],
  startedAt: number | undefined,
  twins: Map<string, number>,
): string {
  const nonce = headerOf(requestHeaders, 'sec-websocket-key');
  if (nonce) return `${url} ${nonce}`;
  const key = `${url} ${startedAt}`;
  const twin = (twins.get(key) ?? 0) + 1;
  twins.set(key, twin);
  return `${key} #${twin}`;
}

/** Chrome describes a refusal by a sentence only; these two statuses have sentences of their own. */
const REFUSALS: readonly (readonly [RegExp, number])[] = [
  [/HTTP Authentication failed/, 401],
  [/Proxy authentication failed/, 407],
];

function answerOf(
  response: Fields,
  responseHeaders: readonly Header[],
  failure: string,
): { status: number; statusText: string } {
  const status = amount(response.status);
  if (status > 0) return { status, statusText: text(response.statusText) };
  // A busy Firefox loses the status line. Only a server that accepts the handshake sends this header (RFC 6455 section 4.2.2).
  if (headerOf(responseHeaders, 'sec-websocket-accept')) return { status: 101, statusText: '' };
  const [, told] = /Unexpected response code: (\d{3})\b/.exec(failure) ?? [];
  const known = REFUSALS.find(([sentence]) => sentence.test(failure))?.[1];
  return { status: told ? Number(told) : (known ?? 0), statusText: '' };
}

/** The error that ended a connection, without the prefix that Chrome adds to the most common ones. */
function failureOf(messages: readonly unknown[] | undefined): string {
  const last = messages?.at(-1);
  const error = isObject(last) && last.type === 'error' ? text(last.data) : '';
  return error.replace(/^Error (in connection establishment|during WebSocket handshake): /, '');
}

function headers(value: unknown): Header[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((header: unknown) => {
    if (!isObject(header) || typeof header.name !== 'string') return [];
    return [{ name: header.name, value: text(header.value) }];
  });
}

/** Chrome names the purpose of a script. A script that no element of the page requested belongs to a worker as well. */
function isWorkerScript(entry: Fields, request: Fields): boolean {
  if (entry._resourceType !== 'script') return false;
  const destination = headerOf(headers(request.headers), 'sec-fetch-dest');
  if (destination !== '') return /worker$/.test(destination);
  return isObject(entry._initiator) && entry._initiator.type === 'other';
}

function isSocketUrl(url: string): boolean {
  return /^wss?:/i.test(url);
}
