import { Aedes } from 'aedes';
import { packetStream } from './packet-stream.ts';
import { type Scenario, socketScenario } from './scenario.ts';
import { ThermostatDevice } from './thermostat-device.ts';

/** `/mqtt` is an MQTT broker over WebSocket, with a thermostat on it. */
export async function createMqtt(): Promise<Scenario> {
  const broker = await Aedes.createBroker();
  const device = new ThermostatDevice(broker);
  const sockets = socketScenario('/mqtt', (client, _query, request) => {
    const stream = packetStream(client);
    // A broken packet ends this client alone.
    stream.on('error', () => client.terminate());
    broker.handle(stream, request);
  });
  return {
    path: sockets.path,
    upgrade: sockets.upgrade,
    async close() {
      device.stop();
      await sockets.close();
      await new Promise<void>((resolve) => broker.close(resolve));
    },
  };
}
