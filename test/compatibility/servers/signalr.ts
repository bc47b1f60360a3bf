import { type WebSocket, WebSocketServer } from 'ws';
import type { Service } from '../helpers/service.ts';

/** Ends each message of the JSON hub protocol. */
const END = '\x1e';

interface HubMessage {
  readonly type?: number;
  readonly protocol?: string;
  readonly invocationId?: string;
  readonly target?: string;
  readonly arguments?: readonly unknown[];
}

/** A SignalR hub that speaks the JSON protocol: `Add`, `Announce` and the stream `Count`. */
export function signalr(): Service {
  const server = new WebSocketServer({ noServer: true });
  return {
    path: '/signalr',
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, serve),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function serve(client: WebSocket): void {
  const say = (...messages: object[]) =>
    client.send(messages.map((message) => `${JSON.stringify(message)}${END}`).join(''));
  client.on('error', () => client.terminate());
  client.on('message', (data: Buffer) => {
    for (const text of data.toString().split(END).filter(Boolean)) {
      const message = JSON.parse(text) as HubMessage;
      if (message.protocol !== undefined) say({});
      else if (message.type === 7) client.close();
      else if (message.type === 1 || message.type === 4) say(...answers(message));
    }
  });
}

function answers({ invocationId, target, arguments: given = [] }: HubMessage): object[] {
  switch (target) {
    case 'Add':
      return [{ type: 3, invocationId, result: Number(given[0]) + Number(given[1]) }];
    case 'Announce':
      return [{ type: 1, target: 'announced', arguments: given }];
    case 'Count':
      return [
        ...Array.from({ length: Number(given[0]) }, (_, item) => ({ type: 2, invocationId, item })),
        { type: 3, invocationId },
      ];
    default:
      return [{ type: 3, invocationId, error: `There is no ${target}` }];
  }
}
