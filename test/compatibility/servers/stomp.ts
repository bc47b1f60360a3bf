import { type WebSocket, WebSocketServer } from 'ws';
import type { Service } from '../helpers/service.ts';

interface Frame {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A STOMP 1.2 broker as small as it gets: topics, receipts, and an error for any other destination. */
export function stomp(): Service {
  const server = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => offered.has('v12.stomp') && 'v12.stomp',
  });
  const subscribers = new Map<WebSocket, Map<string, string>>();
  const messages = { sent: 0 };

  function serve(client: WebSocket): void {
    const subscriptions = new Map<string, string>();
    subscribers.set(client, subscriptions);
    client.on('error', () => client.terminate());
    client.on('close', () => subscribers.delete(client));
    client.on('message', (data: Buffer) => {
      const frame = parse(data.toString());
      if (frame) answer(client, frame, subscriptions);
    });
  }

  function answer(
    client: WebSocket,
    { command, headers, body }: Frame,
    subscriptions: Map<string, string>,
  ): void {
    const { id = '', destination = '', receipt } = headers;
    if (command === 'CONNECT') {
      client.send(
        format('CONNECTED', { version: '1.2', 'heart-beat': '0,0', 'user-name': headers.login ?? '' }),
      );
    } else if (command === 'SUBSCRIBE') subscriptions.set(id, destination);
    else if (command === 'UNSUBSCRIBE') subscriptions.delete(id);
    else if (command === 'SEND' && !destination.startsWith('/topic/')) {
      client.send(format('ERROR', { message: 'no such destination' }, destination));
      client.close();
      return;
    } else if (command === 'SEND') deliver(destination, body);
    if (receipt !== undefined) client.send(format('RECEIPT', { 'receipt-id': receipt }));
    if (command === 'DISCONNECT') client.close();
  }

  function deliver(destination: string, body: string): void {
    for (const [client, subscriptions] of subscribers) {
      for (const [subscription, topic] of subscriptions) {
        if (topic !== destination) continue;
        const headers = { subscription, destination, 'message-id': String(messages.sent++) };
        client.send(format('MESSAGE', headers, body));
      }
    }
  }

  return {
    path: '/stomp',
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, serve),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The frame in a message; undefined for a heart-beat. */
function parse(text: string): Frame | undefined {
  const [head = '', body = ''] = text.split('\n\n', 2);
  const [command = '', ...lines] = head.split('\n');
  if (command === '') return undefined;
  const headers = Object.fromEntries(lines.map((line) => line.split(/:(.*)/, 2)));
  return { command, headers, body: body.replace(/\0\n*$/, '') };
}

function format(command: string, headers: Readonly<Record<string, string>>, body = ''): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
  return `${[command, ...lines].join('\n')}\n\n${body}\0`;
}
