import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { until } from '../../../scripts/devtools/poll.ts';

/** How long conditions are waited for, in milliseconds. Timings vary widely where several browsers share a machine. */
const PATIENCE = 60_000;

/** A message as the server received it. */
export type Received = string | Uint8Array;

/** One WebSocket, seen from the server. */
export interface Connection {
  readonly path: string;
  /** Subprotocols that the page asked for. */
  readonly offered: readonly string[];
  /** What came, in order. */
  readonly received: readonly Received[];
  /** Code and reason of the closing handshake, once it is over. */
  readonly closed: { readonly code: number; readonly reason: string } | undefined;
  send(message: string | Uint8Array): void;
  close(code?: number, reason?: string): void;
  /** Breaks the connection without a Close frame. */
  terminate(): void;
  /** Reads nothing more, not even the other side's Close frame, until {@link resume}. */
  pause(): void;
  resume(): void;
  /** Waits until so many messages have come, and returns all. */
  messages(count: number): Promise<readonly Received[]>;
  /** Waits for the end of the connection. */
  ended(): Promise<{ readonly code: number; readonly reason: string }>;
}

/**
 * Serves pages from strings and takes WebSockets on any path. The first part of a path says how: `/refuse/401` answers 401, `/refuse/…` 403,
 * `/held/…` (of pages too) waits for {@link TestServer.release}, `/deflate/…` agrees to permessage-deflate, `/protocol/…` chooses the last
 * subprotocol offered; anything else is plain.
 */
export interface TestServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** The same server under a name of another site: `http://localhost:port` */
  readonly otherOrigin: string;
  /** Begins the addresses of WebSockets: `ws://127.0.0.1:port` */
  readonly sockets: string;
  /** Serves a page from now on and returns its address. */
  serve(path: string, body: string | Uint8Array, headers?: Readonly<Record<string, string>>): string;
  /** All WebSockets on a path that were ever opened, the oldest first. */
  connections(path: string): readonly Connection[];
  /** Waits for the WebSocket on a path with this number, counted from 0; the first one by default. */
  connection(path: string, index?: number): Promise<Connection>;
  /** Goes on with the handshakes and requests that wait on a path, now and later. */
  release(path: string): void;
  close(): Promise<void>;
}

interface Page {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export async function startServer(): Promise<TestServer> {
  const pages = new Map<string, Page>();
  const connections: Connection[] = [];
  const held = new Map<string, (() => void)[]>();
  const released = new Set<string>();
  const plain = new WebSocketServer({ noServer: true, perMessageDeflate: false, handleProtocols: lastOf });
  const deflating = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 0 } });

  const goOn = (path: string, answer: () => void) => {
    if (path.startsWith('/held/') && !released.has(path)) held.set(path, [...(held.get(path) ?? []), answer]);
    else answer();
  };
  const http = createServer((request, response) => {
    const path = pathOf(request);
    const page = pages.get(path);
    goOn(path, () => {
      response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
      response.end(page?.body ?? 'There is no such page.');
    });
  });
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = pathOf(request);
    const [, manner] = path.split('/');
    const accept = () => {
      const server = manner === 'deflate' ? deflating : plain;
      server.handleUpgrade(request, socket, head, (webSocket) =>
        connections.push(follow(webSocket, request)),
      );
    };
    if (manner === 'refuse') refuse(socket, path);
    else goOn(path, accept);
  });
  const port = await listen(http);
  const origin = `http://127.0.0.1:${port}`;

  const on = (path: string) => connections.filter((connection) => connection.path === path);
  return {
    origin,
    otherOrigin: `http://localhost:${port}`,
    sockets: `ws://127.0.0.1:${port}`,
    serve(path, body, headers = {}) {
      pages.set(path, { body, headers });
      return origin + path;
    },
    connections: on,
    connection: (path, index = 0) =>
      until(
        () => on(path)[index],
        PATIENCE,
        () => `No WebSocket number ${index} on ${path}`,
      ),
    release(path) {
      released.add(path);
      for (const answer of held.get(path) ?? []) answer();
      held.delete(path);
    },
    async close() {
      for (const server of [plain, deflating]) for (const client of server.clients) client.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function follow(webSocket: WebSocket, request: IncomingMessage): Connection {
  const path = pathOf(request);
  const received: Received[] = [];
  let closed: Connection['closed'];
  webSocket.on('message', (data: Buffer, isBinary) => {
    received.push(isBinary ? new Uint8Array(data) : data.toString('utf8'));
  });
  webSocket.on('close', (code, reason) => {
    closed = { code, reason: reason.toString('utf8') };
  });
  // A broken connection ends with a close event too.
  webSocket.on('error', () => {});
  return {
    path,
    offered: request.headers['sec-websocket-protocol']?.split(/,\s*/) ?? [],
    received,
    get closed() {
      return closed;
    },
    send: (message) => webSocket.send(message),
    close: (code, reason) => webSocket.close(code, reason),
    terminate: () => webSocket.terminate(),
    pause: () => webSocket.pause(),
    resume: () => webSocket.resume(),
    messages: (count) =>
      until(
        () => received.length >= count && received,
        PATIENCE,
        () => `${received.length} of ${count} messages on ${path}`,
      ),
    ended: () =>
      until(
        () => closed,
        PATIENCE,
        () => `The WebSocket on ${path} does not end`,
      ),
  };
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://localhost').pathname;
}

function lastOf(offered: Set<string>): string | false {
  return [...offered].at(-1) ?? false;
}

function refuse(socket: Duplex, path: string): void {
  const [status = '403'] = /(?<=\/)\d{3}$/.exec(path) ?? [];
  const head = ['Connection: close', 'Content-Length: 0', 'X-Refused-By: test'];
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('\r\n')}\r\n\r\n`);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
