import { toBase64 } from '../../decoders/bytes/bytes.ts';
import { stackLines } from '../../decoders/stack.ts';
import { FrameKind } from '../../protocol/frames.ts';
import type { Header } from '../handshake.ts';
import type { RecordedFrame, RecordedSocket } from '../recording.ts';
import { OWN_ROWS, ownMessageFields, ownSocketFields } from './own-fields.ts';

/** A document that sockets of the file belong to. */
export interface HarPage {
  readonly url: string;
  /** ms since the epoch of its first socket */
  readonly time: number;
}

/** What precedes the first entry. https://w3c.github.io/web-performance/specs/HAR/Overview.html */
export function harStart(version: string): string {
  const creator = JSON.stringify({ name: 'Framescope', version });
  return `{"log":{"version":"1.2","creator":${creator},"entries":[`;
}

/** What separates the last entry from the rows that belong to no socket. */
export const HAR_ROWS_START = `\n],"${OWN_ROWS}":[`;

/** What follows the rows that belong to no socket. */
export function harEnd(pages: readonly HarPage[]): string {
  const described = pages.map(({ url, time }, index) => ({
    startedDateTime: dateOf(time),
    id: pageId(index),
    title: url,
    pageTimings: { onContentLoad: -1, onLoad: -1 },
  }));
  return `],"pages":${JSON.stringify(described)}}}\n`;
}

/**
 * An entry up to its messages, as Chrome writes it.
 * @param page index of its document among the pages; -1 for none
 */
export function harEntryStart(socket: RecordedSocket, page: number, isFirst: boolean): string {
  const entry = JSON.stringify({
    _initiator: initiatorOf(socket),
    _priority: 'High',
    _resourceType: 'websocket',
    ...ownSocketFields(socket),
    cache: {},
    pageref: page < 0 ? undefined : pageId(page),
    request: requestOf(socket),
    response: responseOf(socket),
    serverIPAddress: '',
    startedDateTime: dateOf(socket.record.createdAt),
    ...durationOf(socket),
  });
  return `${isFirst ? '' : ','}\n${entry.slice(0, -1)},"_webSocketMessages":[`;
}

/**
 * One message; empty for what HAR has no place for: events other than errors, gaps, and missing contents.
 * @param failure the browser's explanation of an error
 */
export function harMessage(frame: RecordedFrame, isFirst: boolean, failure = ''): string {
  const { kind, time, payload } = frame;
  const type = TYPES[kind];
  const seconds = time / 1000;
  const start = isFirst ? '\n' : ',\n';
  const own = ownMessageFields(frame);
  if (type === 'error')
    return `${start}${JSON.stringify({ type, time: seconds, opcode: -1, data: failure, ...own })}`;
  if (type === undefined || payload === undefined) return '';
  const isText = typeof payload === 'string';
  const data = isText ? payload : toBase64(payload);
  const message = { type, time: seconds, opcode: isText ? 1 : 2, data, ...own };
  return `${start}${JSON.stringify(message)}`;
}

/** What separates the messages of an entry from its rows that are not messages. */
export const HAR_MESSAGES_END = `],"${OWN_ROWS}":[`;

export const HAR_ENTRY_END = ']}';

const TYPES: Readonly<Record<FrameKind, 'send' | 'receive' | 'error' | undefined>> = {
  [FrameKind.sentText]: 'send',
  [FrameKind.sentBinary]: 'send',
  [FrameKind.receivedText]: 'receive',
  [FrameKind.receivedBinary]: 'receive',
  [FrameKind.open]: undefined,
  [FrameKind.error]: 'error',
  [FrameKind.close]: undefined,
  [FrameKind.gap]: undefined,
  [FrameKind.unseenSent]: undefined,
  [FrameKind.unseenReceived]: undefined,
};

function pageId(index: number): string {
  return `page_${index + 1}`;
}

/** A page can invent times that no date can represent. */
function dateOf(time: number): string {
  return new Date(Math.min(8.64e15, Math.max(0, time))).toISOString();
}

function requestOf({ record, handshake }: RecordedSocket): object {
  return {
    method: 'GET',
    url: record.url,
    httpVersion: handshake?.httpVersion || 'HTTP/1.1',
    headers: handshake?.requestHeaders ?? [],
    queryString: queryOf(record.url),
    cookies: [],
    headersSize: -1,
    bodySize: 0,
  };
}

function queryOf(url: string): object[] {
  try {
    return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
  } catch {
    return [];
  }
}

function responseOf({ record, handshake }: RecordedSocket): object {
  const isAccepted = record.openedAt !== undefined || record.adopted;
  return {
    status: handshake?.status || (isAccepted ? 101 : 0),
    statusText: handshake?.statusText || (isAccepted ? 'Switching Protocols' : ''),
    httpVersion: handshake?.httpVersion || 'HTTP/1.1',
    headers: handshake?.responseHeaders ?? answeredHeaders(record),
    cookies: [],
    content: { size: 0, mimeType: 'x-unknown' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    _transferSize: 0,
    _error: handshake?.failure || null,
  };
}

/** A page learns these headers of the response, so they are known without the network log. */
function answeredHeaders({ protocol, extensions }: RecordedSocket['record']): Header[] {
  return [
    { name: 'Sec-WebSocket-Protocol', value: protocol },
    { name: 'Sec-WebSocket-Extensions', value: extensions },
  ].filter(({ value }) => value !== '');
}

/** DevTools count the time after the handshake as receiving, but only once the socket has closed. */
function durationOf({ record }: RecordedSocket): object {
  const { createdAt, openedAt, closedAt } = record;
  const wait = Math.max(0, (openedAt ?? closedAt ?? createdAt) - createdAt);
  const receive = closedAt === undefined ? 0 : Math.max(0.001, closedAt - createdAt - wait);
  const timings = { blocked: -1, dns: -1, ssl: -1, connect: -1, send: 0, wait, receive };
  return { time: wait + receive, timings };
}

function initiatorOf({ record, handshake }: RecordedSocket): object {
  const lines = stackLines(handshake?.initiator || record.stack || '');
  const callFrames = lines.flatMap(({ text, source }) => {
    if (!source) return [];
    const { url, line, column } = source;
    const [, functionName = ''] = /^(?:at (?:async )?(\S+) \(|(\S+)@)/.exec(text) ?? [];
    return [{ functionName, scriptId: '', url, lineNumber: line - 1, columnNumber: column - 1 }];
  });
  return callFrames.length === 0 ? { type: 'other' } : { type: 'script', stack: { callFrames } };
}
