import type { Server } from 'node:http';
import { createServer } from 'sockjs';
import type { Service } from '../helpers/service.ts';

/** SockJS that answers with what it got. */
export function sockjs(http: Server): Service {
  const server = createServer({ log: () => {} });
  server.on('connection', (connection) => {
    connection?.on('data', (message) => connection.write(message));
  });
  server.installHandlers(http, { prefix: '/sockjs' });
  return { path: '/sockjs', close: async () => {} };
}
