import { Aedes } from 'aedes';
import { WebSocketServer } from 'ws';
import { packetStream } from '../../../demo/servers/packet-stream.ts';
import type { Service } from '../helpers/service.ts';

/** An MQTT broker. */
export async function mqtt(): Promise<Service> {
  const broker = await Aedes.createBroker();
  const server = new WebSocketServer({ noServer: true, handleProtocols: () => 'mqtt' });
  return {
    path: '/mqtt',
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) => {
        const stream = packetStream(client);
        stream.on('error', () => client.terminate());
        broker.handle(stream, request);
      }),
    close: () => new Promise((resolve) => broker.close(() => resolve())),
  };
}
