import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { until } from '../../scripts/devtools/poll.ts';
import { HOOKED_HOST } from './extension.ts';
import { type Program, runnerPage } from './pages.ts';

/** Outcomes as JSON, by the id of the program. */
export type Outcomes = Readonly<Record<string, string>>;

/** Serves programs, each as a page of its own, and the sockets that they talk to. */
export interface ConformanceServer {
  /** The address of a page that runs programs one after the other. */
  run(programs: readonly Program[]): string;
  /** Waits for the outcomes of such a page, {@link anonymous}. */
  outcomes(url: string, timeout: number): Promise<Outcomes>;
  /** The text with the names of any other server in the place of this one's. */
  anonymous(text: string): string;
  close(): Promise<void>;
}

/**
 * Sockets by the first part of their path: `/echo` sends back what comes, `/command` obeys it ({@link obey}), `/refuse/401`
 * answers with that status, `/held/…` shakes hands once a page has fetched `/release/held/…`, `/protocol/first`, `…/none` and
 * `…/wrong` choose a subprotocol like that, `/close/4000/reason` closes at once, `/greet` begins with messages.
 * @param host the name by which pages know it
 * @param collect is done before the answer to a page that fetches `/collect`
 */
export async function startConformanceServer(
  host: string,
  collect: () => Promise<void>,
): Promise<ConformanceServer> {
  const runs = new Map<string, readonly Program[]>();
  const finished = new Map<string, Outcomes>();
  const current = new Map<string, string>();
  const held = new Map<string, () => void>();
  const released = new Set<string>();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, handleProtocols: choose });

  const http = createServer(async (request, response) => {
    const url = pathOf(request);
    const [, first = '', second = ''] = url.split('/');
    if (first === 'run') answer(response, runnerPage(runs.get(second) ?? []));
    else if (first === 'program') answer(response, current.get(decodeURIComponent(second)) ?? '');
    else if (first === 'finished') {
      finished.set(second, JSON.parse(await bodyOf(request)) as Outcomes);
      answer(response, '');
    } else if (first === 'release') {
      const path = url.slice('/release'.length);
      const accept = held.get(path);
      if (!held.delete(path)) released.add(path);
      accept?.();
      answer(response, '');
    } else if (first === 'collect') {
      await collect();
      answer(response, '');
    } else if (first === 'blank')
      answer(response, '<!doctype html><meta charset="utf-8"><title>Blank</title>');
    else answer(response, '', 404);
  });
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const path = pathOf(request);
    const [, manner, detail] = path.split('/');
    const accept = () =>
      sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, path.split('/').slice(1)));
    if (manner === 'refuse') refuse(socket, Number(detail));
    else if (manner === 'held' && !released.delete(path)) held.set(path, accept);
    else accept();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const anonymous = (text: string) => text.replaceAll(host, HOOKED_HOST).replaceAll(`:${port}`, ':80');

  return {
    anonymous,
    run(programs) {
      const id = String(runs.size + 1);
      runs.set(id, programs);
      for (const program of programs) current.set(program.id, program.html);
      return `http://${host}:${port}/run/${id}`;
    },
    async outcomes(url, timeout) {
      const id = new URL(url).pathname.split('/')[2] ?? '';
      const outcomes = await until(
        () => finished.get(id),
        timeout,
        () => `No outcomes from ${url}`,
      );
      return Object.fromEntries(Object.entries(outcomes).map(([one, text]) => [one, anonymous(text)]));
    },
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
}

function serve(socket: WebSocket, [manner, ...details]: string[]): void {
  socket.on('error', () => socket.terminate());
  switch (manner) {
    case 'close':
      if (details[0]) socket.close(Number(details[0]), decodeURIComponent(details[1] ?? ''));
      else socket.close();
      break;
    case 'greet':
      for (const text of ['one', 'two']) socket.send(text);
      socket.send(Uint8Array.of(3));
      break;
    case 'command':
      socket.on('message', (data) => obey(socket, String(data).split(' ')));
      break;
    default:
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  }
}

/** `burst 5`, `texts a b c`, `bytes 1,2 3,4`, `mixed 4`, `close 4000 why`, `break`, `garbage`, `stop` (read no more). */
function obey(socket: WebSocket, [verb, ...rest]: string[]): void {
  const count = Number(rest[0]);
  switch (verb) {
    case 'burst':
      for (let index = 0; index < count; index++) socket.send(`message ${index}`);
      break;
    case 'texts':
      for (const text of rest) socket.send(text);
      break;
    case 'bytes':
      for (const bytes of rest) socket.send(Uint8Array.from(bytes.split(','), Number));
      break;
    case 'mixed':
      for (let index = 0; index < count; index++)
        socket.send(index % 2 === 0 ? `text ${index}` : Uint8Array.of(index));
      break;
    case 'close':
      socket.close(count || undefined, rest[1]);
      break;
    case 'break':
      socket.terminate();
      break;
    case 'garbage':
      (socket as unknown as { _socket: Duplex })._socket.write(new Uint8Array(20).fill(0xff));
      break;
    case 'stop':
      socket.pause();
      break;
  }
}

function choose(offered: Set<string>, request: IncomingMessage): string | false {
  const protocols = [...offered];
  switch (pathOf(request)) {
    case '/protocol/none':
      return false;
    case '/protocol/wrong':
      return 'unasked';
    case '/protocol/last':
      return protocols.at(-1) ?? false;
    default:
      return protocols[0] ?? false;
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://localhost').pathname;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += part;
  return text;
}

function answer(response: ServerResponse, html: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html);
}
