import type { Header } from '../../../../../src/formats/handshake.ts';
import type { HandshakeReport } from '../../../../../src/protocol/panel-line.ts';

/** A message as Chrome's network log has it. Times are seconds since the epoch there. */
export interface LogMessage {
  readonly type: string;
  readonly time: number;
  readonly opcode: number;
  readonly data: unknown;
}

export interface EntryParts {
  readonly url?: string;
  /** ms since the epoch; Chrome writes 1969 where the handshake request has not been sent. */
  readonly start?: number | undefined;
  /** ms; there once the socket has ended */
  readonly duration?: number;
  readonly status?: number;
  readonly statusText?: string;
  /** Unique for each handshake. */
  readonly nonce?: string;
  readonly origin?: string;
  readonly protocol?: string;
  readonly responseHeaders?: readonly Header[];
  /** Addresses of the scripts in the call stack; none without a stack */
  readonly scripts?: readonly string[];
  /** undefined as in a file from Firefox */
  readonly messages?: readonly LogMessage[] | undefined;
}

/** Parts of {@link handshakeReport}. */
export interface ReportParts
  extends Pick<EntryParts, 'url' | 'status' | 'statusText' | 'nonce' | 'origin' | 'responseHeaders'> {
  readonly frameId?: number | 'worker';
  /** ms since the epoch */
  readonly sentAt?: number;
}

export const HOOK = 'chrome-extension://framescope/src/page/hook.js';
export const FEED = 'wss://example.test/feed';

let lastNonce = 0;

/** One socket's entry of a HAR, open and accepted unless a test says otherwise. */
export function socketEntry(parts: EntryParts = {}): object {
  const { url = FEED, duration, status = 101, statusText = 'Switching Protocols', protocol } = parts;
  const {
    nonce = String(++lastNonce),
    scripts = [HOOK, 'https://example.test/app.js'],
    responseHeaders,
    origin,
  } = parts;
  const from = origin ? [{ name: 'Origin', value: origin }] : [];
  const chosen = protocol ? [{ name: 'Sec-WebSocket-Protocol', value: protocol }] : [];
  const start = 'start' in parts ? parts.start : 1000;
  const messages = 'messages' in parts ? parts.messages : [];
  return {
    startedDateTime: new Date(start ?? -1000).toISOString(),
    time: duration ?? 1,
    timings: { send: 0, wait: 1, receive: duration === undefined ? 0 : 1 },
    _resourceType: 'websocket',
    _initiator: { type: 'script', stack: { callFrames: scripts.map(callFrame) } },
    request: { method: 'GET', url, headers: [{ name: 'Sec-WebSocket-Key', value: nonce }, ...from] },
    response: { status, statusText, httpVersion: 'HTTP/1.1', headers: responseHeaders ?? chosen },
    ...(messages && { _webSocketMessages: messages }),
  };
}

/** What Firefox reports of a handshake, one that a server accepted unless a test says otherwise. */
export function handshakeReport(parts: ReportParts = {}): HandshakeReport {
  const { url = FEED, sentAt = 1000, status = 101, statusText = 'Switching Protocols' } = parts;
  const { nonce = String(++lastNonce), responseHeaders = [], origin, frameId = 0 } = parts;
  const from = origin ? [{ name: 'Origin', value: origin }] : [];
  return {
    type: 'handshake',
    requestId: nonce,
    url,
    frameId: frameId === 'worker' ? undefined : frameId,
    sentAt,
    requestHeaders: [{ name: 'Sec-WebSocket-Key', value: nonce }, ...from],
    statusLine: `HTTP/1.1 ${status} ${statusText}`,
    status,
    responseHeaders,
  };
}

function callFrame(url: string) {
  return { functionName: 'connect', url, lineNumber: 11, columnNumber: 6 };
}

/** A script that was loaded for a worker. */
export function workerEntry(url: string): object {
  return {
    startedDateTime: new Date(500).toISOString(),
    _resourceType: 'script',
    _initiator: { type: 'other' },
    request: { url, headers: [{ name: 'Sec-Fetch-Dest', value: 'worker' }] },
    response: { status: 200 },
  };
}

/** Chrome says of such a script neither headers nor what it is for. */
export function dataWorkerEntry(): object {
  return {
    startedDateTime: new Date(500).toISOString(),
    _resourceType: 'script',
    _initiator: { type: 'other' },
    request: { url: 'data:text/javascript,0', headers: [] },
    response: { status: 200 },
  };
}

/** ms to the seconds of the log */
export function message(type: 'send' | 'receive', time: number, data: string, opcode = 1): LogMessage {
  return { type, time: time / 1000, opcode, data };
}

export function failure(data: string): LogMessage {
  return { type: 'error', time: 1, opcode: -1, data };
}
