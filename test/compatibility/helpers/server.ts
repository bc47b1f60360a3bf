import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type PatcherName, patchers } from '../page/patchers.ts';
import { echo } from '../servers/echo.ts';
import { bundlePages } from './bundle.ts';
import type { Service, ServiceMaker } from './service.ts';

/** Serves `/hooked/…` and `/plain/…` with the same pages, and the services that these talk to. */
export interface CompatibilityServer {
  readonly origin: string;
  close(): Promise<void>;
}

export async function startCompatibilityServer(
  makers: readonly ServiceMaker[] = [],
): Promise<CompatibilityServer> {
  const scripts = await bundlePages();
  const connections = new Map<Duplex, string>();
  const http = createServer((request, response) => {
    const { pathname, searchParams } = urlOf(request);
    const script = scripts.get(pathname);
    if (pathname === '/control/drop') {
      const path = searchParams.get('path') ?? '';
      for (const [socket, where] of connections) if (where.startsWith(path)) socket.destroy();
      response.end('dropped');
    } else if (script !== undefined) {
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      response.end(script);
    } else if (/^\/(hooked|plain)\//.test(pathname)) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(pageFor(pathname));
    } else if (!services.some((service) => service.request?.(request, response))) {
      response.writeHead(404).end();
    }
  });
  const services: Service[] = [];
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { pathname } = urlOf(request);
    const service = services.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
    if (!service) socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else service.upgrade?.(request, socket, head);
  });
  for (const maker of [echo, ...makers]) services.push(await maker(http));
  // Last, because some services keep what is theirs from earlier listeners.
  http.prependListener('upgrade', (request: IncomingMessage, socket: Duplex) => {
    connections.set(socket, urlOf(request).pathname);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      for (const socket of connections.keys()) socket.destroy();
      await Promise.all(services.map((service) => service.close()));
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** `/hooked/inline/subclass` → the page of `beside.ts` with that patcher in its first script. */
function pageFor(pathname: string): string {
  const [, , kind = '', name = ''] = pathname.split('/');
  if (kind === 'frames') return '<!doctype html><meta charset="utf-8"><title>Frames</title><body>';
  const isPatcher = ['early', 'inline', 'later'].includes(kind);
  const script = isPatcher ? 'beside' : kind === 'clients' ? `clients/${name}` : kind;
  const inline =
    kind === 'inline' ? name.split('+').map((one) => `(${patchers[one as PatcherName]})();`) : [];
  return `<!doctype html><meta charset="utf-8"><title>${name}</title>
<script>const Native = WebSocket;${inline.join('')}</script>
<script type="module" src="/assets/${script}.js"></script>`;
}

export function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://localhost');
}
