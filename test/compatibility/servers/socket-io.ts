import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Service } from '../helpers/service.ts';

/** Adds numbers and reverses bytes. */
export function socketIo(http: HttpServer): Service {
  const io = new Server(http, { serveClient: false });
  io.of('/room').on('connection', (socket) => {
    socket.emit('welcome', socket.handshake.auth.token);
    socket.on('sum', (one: number, other: number, answer: (sum: number) => void) => answer(one + other));
    socket.on('reverse', (bytes: Buffer, answer: (reversed: Buffer) => void) => {
      socket.emit('bytes', bytes);
      answer(Buffer.from(bytes).reverse());
    });
  });
  // It listens to the HTTP server itself, and closes that too.
  return { path: '/socket.io', close: async () => io.disconnectSockets(true) };
}
