/** A page that puts mock-socket in the place of WebSocket for a while. */
import { WebSocket as Mock, Server } from 'mock-socket';
import { connect, describeApi, misuse } from './socket-use.ts';
import { type Note, transcribe, until } from './transcript.ts';

const URL_OF_MOCK = 'ws://mock.test/chat';

async function work(note: Note): Promise<void> {
  const Real = window.WebSocket;
  const older = await connect(note, 'older');
  const server = new Server(URL_OF_MOCK);
  note('mocked', WebSocket === Mock, WebSocket === Real, older.socket instanceof WebSocket);
  server.on('connection', (client) => {
    client.on('message', (data) => client.send(`mock ${data}`));
  });
  await mockChat(note);
  await older.exchange();
  await older.finish();
  server.stop();
  note('restored', WebSocket === Real);

  window.WebSocket = Mock as unknown as typeof WebSocket;
  const second = new Server(URL_OF_MOCK, { mock: false });
  second.on('connection', (client) => client.on('message', (data) => client.send(`second ${data}`)));
  await mockChat(note);
  second.stop();
  window.WebSocket = Real;

  describeApi(note);
  await misuse(note);
  const newer = await connect(note, 'newer');
  await newer.exchange();
  await newer.finish();
}

async function mockChat(note: Note): Promise<void> {
  const socket = new WebSocket(URL_OF_MOCK);
  const events: string[] = [];
  socket.onopen = () => socket.send('hello');
  socket.onmessage = ({ data }) => {
    events.push(`message ${data}`);
    socket.close(1000, 'enough');
  };
  socket.onclose = ({ code, reason }) => events.push(`close ${code} ${reason}`);
  await until(() => events.length === 2);
  note('mock', events, socket.readyState, socket instanceof WebSocket, socket.constructor.name);
}

transcribe(work);
