import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type JsonObject, parseObject } from '../shared/json.ts';

/** One WebSocket service of the demo, reached by its path. */
export interface Scenario {
  readonly path: string;
  /** Answers an HTTP upgrade request for this path. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends every connection and timer of the service. */
  close(): Promise<void>;
}

/** Looks after one connected client; `query` is the query of the address it came with. */
export type Serve = (client: WebSocket, query: URLSearchParams, request: IncomingMessage) => void;

/** Largest message a service takes, in bytes. */
const MAX_PAYLOAD = 16 * 1024 * 1024;

/** A scenario on plain WebSocket messages, one call of `serve` for each client. */
export function socketScenario(path: string, serve: Serve): Scenario {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });
  return {
    path,
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (client) => {
        // Broken frames arrive as an error and then a close; without a listener they would end the process.
        client.on('error', () => client.terminate());
        serve(client, requestUrl(request).searchParams, request);
      });
    },
    close() {
      for (const client of server.clients) client.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The address a request asks for, on a made-up host: only path and query count. */
export function requestUrl(request: IncomingMessage): URL {
  const target = request.url ?? '/';
  return URL.canParse(target, 'http://demo')
    ? new URL(target, 'http://demo')
    : new URL('http://demo/invalid');
}

/** Sends `message` as JSON text unless the line has ended. */
export function sendJson(client: WebSocket, message: JsonObject): void {
  sendText(client, JSON.stringify(message));
}

/** Sends a text message unless the line has ended. */
export function sendText(client: WebSocket, text: string): void {
  if (client.readyState === client.OPEN) client.send(text);
}

/** Tells the client what was wrong with its message. */
export function sendError(client: WebSocket, code: string, message: string): void {
  sendJson(client, { type: 'error', code, message });
}

/** Calls `handle` for each JSON object the client sends; anything else gets an error message back. */
export function onObjects(client: WebSocket, handle: (message: JsonObject) => void): void {
  client.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parseObject(toBuffer(data).toString());
    if (message === undefined) sendError(client, 'invalid-json', 'Send one JSON object as text.');
    else handle(message);
  });
}

/** The bytes of a received message in one piece. */
export function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

/** Runs `action` every `milliseconds` until the client has gone. */
export function repeat(client: WebSocket, milliseconds: number, action: () => void): void {
  const timer = setInterval(action, milliseconds);
  client.once('close', () => clearInterval(timer));
}

/** Runs `action` once after `milliseconds`, unless the client has gone by then. */
export function later(client: WebSocket, milliseconds: number, action: () => void): void {
  const cancel = () => clearTimeout(timer);
  const timer = setTimeout(() => {
    client.off('close', cancel);
    action();
  }, milliseconds);
  client.once('close', cancel);
}

/** A random entry of a list that is not empty. */
export function pick<T>(list: readonly [T, ...T[]]): T {
  return list[Math.floor(Math.random() * list.length)] ?? list[0];
}

/** A random number of milliseconds from `low` to `high`. */
export function between(low: number, high: number): number {
  return low + Math.random() * (high - low);
}
