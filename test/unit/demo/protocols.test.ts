import mqtt, { type MqttClient } from 'mqtt';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Demo, startDemo } from '../../../demo/server.ts';
import { parseObject } from '../../../demo/shared/json.ts';
import type { Poll, PollPageEvents, PollServerEvents, VoteReply } from '../../../demo/shared/poll.ts';
import { THERMOSTAT_TOPICS } from '../../../demo/shared/thermostat.ts';
import { connect, disconnectAll } from './client.ts';

let demo: Demo;
let endClient: () => void = () => {};
beforeAll(async () => {
  demo = await startDemo({ port: 0, tlsPort: 0, quiet: true });
});
afterEach(() => {
  endClient();
  disconnectAll();
});
afterAll(() => demo.close());

describe('MQTT', () => {
  async function connectMqtt(): Promise<{ client: MqttClient; received: Array<[string, unknown]> }> {
    const client = await mqtt.connectAsync(`ws://127.0.0.1:${demo.port}/mqtt`);
    endClient = () => client.end(true);
    const received: Array<[string, unknown]> = [];
    client.on('message', (topic, payload) => received.push([topic, parseObject(payload.toString())]));
    await client.subscribeAsync('home/#', { qos: 1 });
    return { client, received };
  }

  test('a new set-point is confirmed by the device, and telemetry follows', async () => {
    const { client, received } = await connectMqtt();
    await expect.poll(() => received).toContainEqual([THERMOSTAT_TOPICS.setpoint, { setpoint: 21.5 }]);
    await client.publishAsync(THERMOSTAT_TOPICS.setSetpoint, '{"setpoint":23}', { qos: 1 });
    await expect.poll(() => received).toContainEqual([THERMOSTAT_TOPICS.setpoint, { setpoint: 23 }]);
    const telemetry = {
      temperature: expect.any(Number),
      humidity: expect.any(Number),
      setpoint: 23,
      heating: true,
    };
    await expect.poll(() => received).toContainEqual([THERMOSTAT_TOPICS.telemetry, telemetry]);
  });

  test.each(['{"setpoint":99}', '{"setpoint":"warm"}', 'warm'])('the device refuses %s', async (payload) => {
    const { client, received } = await connectMqtt();
    await client.publishAsync(THERMOSTAT_TOPICS.setSetpoint, payload, { qos: 1 });
    const refusal = { error: 'setpoint is a number from 5 to 30' };
    await expect.poll(() => received).toContainEqual([THERMOSTAT_TOPICS.error, refusal]);
  });

  test('each packet of the broker is one message on the line', async () => {
    const line = new WebSocket(`ws://127.0.0.1:${demo.port}/mqtt`, 'mqtt');
    endClient = () => line.terminate();
    const messages: Buffer[] = [];
    line.on('message', (data: Buffer) => messages.push(data));
    await new Promise((resolve) => line.once('open', resolve));
    expect(line.protocol).toBe('mqtt');
    line.send(Buffer.from('100d00044d5154540402003c000174', 'hex'));
    // SUBSCRIBE to "#" brings the retained set-point at once.
    line.send(Buffer.from('8206000100012301', 'hex'));
    await expect.poll(() => messages.length).toBeGreaterThanOrEqual(3);
    for (const message of messages) expect(message.length).toBe(2 + (message[1] ?? 0));
  });

  test('bytes that are no MQTT end that client alone', async () => {
    const { client } = await connectMqtt();
    const bad = await connect(`ws://127.0.0.1:${demo.port}/mqtt`);
    bad.socket.send(Buffer.from([0, 0, 0, 0]));
    await bad.ended;
    expect(client.connected).toBe(true);
  });
});

describe('Socket.IO', () => {
  function connectPoll(): Socket<PollServerEvents, PollPageEvents> {
    const socket: Socket<PollServerEvents, PollPageEvents> = io(`http://127.0.0.1:${demo.port}`, {
      transports: ['websocket'],
      forceNew: true,
    });
    endClient = () => socket.disconnect();
    return socket;
  }

  test('a vote is acknowledged, counted for everyone, and comes with a binary receipt', async () => {
    const socket = connectPoll();
    const polls: Poll[] = [];
    const receipts: Array<[string, number]> = [];
    socket.on('poll', (poll) => polls.push(poll));
    socket.on('receipt', (choice, token) => receipts.push([choice, token.byteLength]));
    const votes = (poll: Poll | undefined): number =>
      poll?.options.find(({ id }) => id === 'cbor')?.votes ?? 0;
    await expect.poll(() => polls.length).toBeGreaterThan(0);
    expect(await socket.emitWithAck('vote', 'cbor')).toEqual({ ok: true });
    await expect.poll(() => votes(polls.at(-1))).toBeGreaterThan(votes(polls[0]));
    await expect.poll(() => receipts).toEqual([['cbor', 16]]);
  });

  test('a vote for nothing is turned down', async () => {
    const reply: VoteReply = await connectPoll().emitWithAck('vote', '__proto__');
    expect(reply).toEqual({ ok: false, error: 'No such option.' });
  });
});
