import SockJS from 'sockjs-client';
import { drop, type Note, transcribe, until } from '../transcript.ts';

async function work(note: Note): Promise<void> {
  await session(note, { transports: ['websocket'] }, () => drop('/sockjs'));
  // The client chooses, and tells raw WebSockets from its own framing.
  await session(note, {}, async (client) => client.close(4001, 'enough'));
}

async function session(
  note: Note,
  options: { transports?: string[] },
  end: (client: WebSocket) => Promise<void>,
): Promise<void> {
  const client = new SockJS('/sockjs', null, options);
  const answers: string[] = [];
  let closed = false;
  client.onopen = () => {
    note('open', client.readyState, client.protocol, (client as unknown as { transport: string }).transport);
    client.send('hällo');
    client.send(JSON.stringify({ nested: ['array', 1] }));
  };
  client.onmessage = ({ data }) => answers.push(data);
  client.onclose = ({ code, reason, wasClean }) => {
    note('close', code, reason, wasClean);
    closed = true;
  };
  await until(() => answers.length === 2);
  await end(client);
  await until(() => closed);
  note(answers);
}

transcribe(work);
