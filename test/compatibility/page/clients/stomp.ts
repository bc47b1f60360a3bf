import { Client } from '@stomp/stompjs';
import { drop, type Note, socketUrl, transcribe, until } from '../transcript.ts';

async function work(note: Note): Promise<void> {
  let connected = 0;
  const bodies: string[] = [];
  const client = new Client({
    brokerURL: socketUrl('/stomp'),
    reconnectDelay: 20,
    connectHeaders: { login: 'page', passcode: 'secret' },
    heartbeatIncoming: 0,
    heartbeatOutgoing: 0,
    onConnect: ({ headers }) => {
      connected++;
      note('connected', headers.version, headers['user-name'], (client.webSocket as WebSocket).protocol);
      client.subscribe('/topic/greetings', ({ body, headers: { destination } }) => {
        bodies.push(`${destination} ${body}`);
      });
    },
    onStompError: ({ command, headers, body }) => note(command, headers.message, body),
    onWebSocketClose: ({ code, wasClean }: CloseEvent) => note('close', code, wasClean),
  });
  client.activate();
  await until(() => connected === 1);
  client.publish({ destination: '/topic/greetings', body: 'hällo' });
  await until(() => bodies.length === 1);
  const receipt = new Promise<string>((resolve) => {
    client.watchForReceipt('r1', ({ headers }) => resolve(headers['receipt-id'] ?? ''));
  });
  client.publish({
    destination: '/topic/greetings',
    binaryBody: new Uint8Array([104, 105]),
    headers: { receipt: 'r1' },
  });
  note('receipt', await receipt);
  await until(() => bodies.length === 2);
  await drop('/stomp');
  await until(() => connected === 2);
  client.publish({ destination: '/topic/greetings', body: 'back' });
  await until(() => bodies.length === 3);
  client.publish({ destination: '/nowhere', body: 'refused' });
  await until(() => connected === 3);
  await client.deactivate();
  note(client.active, client.connected, bodies);
}

transcribe(work);
