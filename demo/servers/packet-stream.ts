import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { toBuffer } from './scenario.ts';

/**
 * A byte stream over a WebSocket that sends what was written in one turn as one message.
 *
 * The broker writes a packet in several pieces. The stream of `ws` would send each piece as a frame of its own, which
 * the standard allows but no broker in the field does.
 */
export function packetStream(client: WebSocket): Duplex {
  const send = (bytes: Buffer, done: (error?: Error | null) => void): void => {
    if (client.readyState === client.OPEN) client.send(bytes, { binary: true }, done);
    else done(new Error('The WebSocket is closed'));
  };
  const stream = new Duplex({
    read: () => client.resume(),
    write: (chunk: Buffer, _encoding, done) => send(chunk, done),
    writev: (chunks, done) =>
      send(Buffer.concat(chunks.map(({ chunk }): Buffer => Buffer.from(chunk))), done),
    final: (done) => {
      client.close(1000);
      done();
    },
    destroy: (error, done) => {
      client.terminate();
      done(error);
    },
  });
  client.on('message', (data) => {
    if (!stream.push(toBuffer(data))) client.pause();
  });
  client.once('close', () => {
    stream.push(null);
    stream.destroy();
  });
  return stream;
}
