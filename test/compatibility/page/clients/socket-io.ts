import { io } from 'socket.io-client';
import { drop, type Note, transcribe, until } from '../transcript.ts';

async function work(note: Note): Promise<void> {
  const socket = io('/room', {
    transports: ['websocket'],
    auth: { token: 'secret' },
    reconnectionDelay: 10,
    reconnectionDelayMax: 20,
  });
  let connected = 0;
  socket.on('connect', () => note('connect', ++connected, socket.io.engine.transport.name));
  socket.on('disconnect', (reason) => note('disconnect', reason));
  socket.on('welcome', (token: string) => note('welcome', token));
  socket.on('bytes', (bytes: ArrayBuffer) => note('bytes', bytes));
  await until(() => connected === 1);
  note('sum', await socket.emitWithAck('sum', 1, 2));
  note('bytes', await socket.emitWithAck('reverse', new Uint8Array([1, 2, 3])));
  note(
    'bad',
    await socket
      .timeout(50)
      .emitWithAck('unanswered')
      .catch((error: unknown) => error),
  );
  await drop('/socket.io');
  await until(() => connected === 2);
  note('sum', await socket.emitWithAck('sum', 3, 4));
  socket.disconnect();
  const polling = io('/room', { transports: ['polling', 'websocket'], forceNew: true });
  await new Promise((resolve) => polling.once('connect', () => resolve(undefined)));
  await until(() => polling.io.engine.transport.name === 'websocket');
  note('upgraded', await polling.emitWithAck('sum', 5, 6));
  polling.disconnect();
}

transcribe(work);
