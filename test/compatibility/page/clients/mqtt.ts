import mqtt from 'mqtt';
import { drop, type Note, socketUrl, transcribe, until } from '../transcript.ts';

async function work(note: Note): Promise<void> {
  const client = mqtt.connect(socketUrl('/mqtt'), {
    clientId: `page-${Math.random()}`,
    reconnectPeriod: 20,
    clean: true,
  });
  let connected = 0;
  let closed = 0;
  const messages: string[] = [];
  client.on('connect', ({ sessionPresent }) => {
    connected++;
    note('connect', sessionPresent);
  });
  client.on('close', () => {
    closed++;
    note('close');
  });
  client.on('message', (topic, payload, packet) => {
    messages.push(`${topic} ${payload} ${packet.qos} ${packet.retain}`);
  });
  await until(() => connected === 1);
  note('subscribed', await client.subscribeAsync({ 'room/+': { qos: 1 }, 'big/#': { qos: 0 } }));
  await client.publishAsync('room/one', 'hello', { qos: 1 });
  await client.publishAsync('room/two', 'exactly once', { qos: 2 });
  await until(() => messages.length === 2);
  // Larger than what one packet of the network takes.
  await client.publishAsync('big/one', 'x'.repeat(200_000));
  await until(() => messages.length === 3);
  note(messages.map((message) => `${message.slice(0, 30)}${message.length}`));
  await drop('/mqtt');
  await until(() => connected === 2);
  // What was subscribed to is subscribed to again by itself.
  await client.publishAsync('room/three', 'back', { qos: 1 });
  await until(() => messages.length === 4);
  note(messages[3]);
  await client.endAsync();
  note('ended', closed, client.connected);
}

transcribe(work);
