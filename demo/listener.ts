import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { requestUrl, type Scenario } from './servers/scenario.ts';

/** The demo only serves browsers on this machine. */
const HOST = '127.0.0.1';

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
}

/** Where to listen: on `port`, 0 for any free one; `orAny` allows any free one when `port` is taken. */
export interface Place {
  readonly port: number;
  readonly orAny: boolean;
}

/** Starts `server` on the local host. */
export async function listen(server: Server, place: Place): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  try {
    await listenOn(server, place.port);
  } catch (error) {
    if (!place.orAny || !isPortTaken(error)) throw error;
    await listenOn(server, 0);
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : place.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Sockets that became WebSockets are no longer the server's to close.
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Hands each upgrade request to the scenario of its path; other paths get a 404. */
export function routeUpgrades(server: Server, scenarios: readonly Scenario[]): void {
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    const { pathname } = requestUrl(request);
    const scenario = scenarios.find(({ path }) => path === pathname);
    if (scenario !== undefined) {
      scenario.upgrade(request, socket, head);
      return;
    }
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      server.off('error', settle);
      server.off('listening', settle);
      if (error === undefined) resolve();
      else reject(error);
    };
    server.on('error', settle);
    server.on('listening', settle);
    server.listen(port, HOST);
  });
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
