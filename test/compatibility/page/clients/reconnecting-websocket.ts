import ReconnectingWebSocket from 'reconnecting-websocket';
import { drop, type Note, socketUrl, transcribe, until } from '../transcript.ts';

const PATH = '/echo/reconnecting';

async function work(note: Note): Promise<void> {
  const client = new ReconnectingWebSocket(socketUrl(PATH), ['one', 'two'], {
    minReconnectionDelay: 10,
    maxReconnectionDelay: 20,
    minUptime: 0,
  });
  const answers: unknown[] = [];
  let opened = 0;
  let closed = 0;
  client.addEventListener('open', () => {
    opened++;
    note('open', client.readyState, client.protocol, client.retryCount);
  });
  client.addEventListener('message', ({ data }) => {
    answers.push(data);
  });
  client.addEventListener('error', ({ type }) => note(type));
  client.addEventListener('close', ({ code, wasClean }) => {
    closed++;
    note('close', code, wasClean, client.readyState);
  });
  // Sent before it is open: the client keeps it.
  client.send('buffered');
  await until(() => answers.length === 1);
  client.binaryType = 'arraybuffer';
  client.send(new Uint8Array([1, 2, 3]).buffer);
  await until(() => answers.length === 2);
  await drop(PATH);
  await until(() => opened === 2);
  client.send('after the drop');
  await until(() => answers.length === 3);
  client.send('close 4005 from the server');
  await until(() => opened === 3);
  client.reconnect(4006, 'anew');
  await until(() => opened === 4);
  client.send('at last');
  await until(() => answers.length === 4);
  client.close(4007, 'enough');
  await until(() => closed === 4 && client.readyState === 3);
  note(...answers);
}

transcribe(work);
