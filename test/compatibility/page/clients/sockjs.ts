import SockJS from 'sockjs-client';
import { drop, type Note, transcribe, until } from '../transcript.ts';

async function work(note: Note): Promise<void> {
  await session(note, ['websocket'], () => drop('/sockjs'));
  // The client chooses, and tells raw WebSockets from its own framing.
  await session(note, undefined, async () => {});
}

async function session(
  note: Note,
  transports: string[] | undefined,
  end: () => Promise<void>,
): Promise<void> {
  const client = new SockJS('/sockjs', null, transports === undefined ? {} : { transports });
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
  await end();
  if (client.readyState === 1 && transports === undefined) client.close(4001, 'enough');
  await until(() => closed);
  note(answers);
}

transcribe(work);
