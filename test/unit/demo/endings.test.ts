import { connect as connectTcp } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../demo/server.ts';
import { connect, disconnectAll } from './client.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ port: 0, tlsPort: 0, quiet: true });
});
afterEach(disconnectAll);
afterAll(() => demo.close());

const address = (path: string): string => `ws://127.0.0.1:${demo.port}${path}`;

test('the unreliable line is cut without a close frame', async () => {
  const client = await connect(address('/flaky?after=100'));
  expect(await client.ended).toEqual({ code: 1006, reason: '' });
  expect(client.objects()).toEqual([{ type: 'hello', dropsInMs: 100 }]);
});

test('a handshake is refused with 403', async () => {
  await expect(connect(address('/refuse'))).rejects.toThrow('Unexpected server response: 403');
});

test('an unknown path is refused with 404', async () => {
  await expect(connect(address('/nowhere'))).rejects.toThrow('Unexpected server response: 404');
});

test.each([
  ['/policy', 1008, 'Policy violation: this origin may not subscribe'],
  ['/unauthorized', 4401, 'Session expired, please sign in again'],
])('%s closes with %i and says why', async (path, code, reason) => {
  const client = await connect(address(path));
  expect(await client.ended).toEqual({ code, reason });
});

test('the TLS port speaks wss and answers a ping', async () => {
  const client = await connect(`wss://127.0.0.1:${demo.tlsPort}/secure`);
  client.sendJson({ type: 'ping', sent: 7 });
  await expect.poll(client.objects).toContainEqual({ type: 'pong', sent: 7 });
  expect(client.objects()[0]).toMatchObject({ type: 'hello', protocol: 'TLSv1.3' });
});

test('a client that breaks the protocol is cut off alone', async () => {
  const good = await connect(address('/echo'));
  const bad = await connect(address('/echo'));
  // A frame with a reserved bit and a reserved opcode, past the library.
  const raw = connectTcp(demo.port, '127.0.0.1');
  raw.write(
    'GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  const closed = new Promise((resolve) => raw.once('close', resolve));
  raw.on('error', () => {});
  raw.once('data', () => raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff])));
  raw.resume();
  await closed;
  bad.socket.terminate();
  good.socket.send('still here');
  await expect.poll(() => good.texts).toEqual(['still here']);
});
