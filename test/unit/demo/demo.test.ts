import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../demo/server.ts';
import { connect, disconnectAll } from './client.ts';

let demo: Demo | undefined;
afterEach(async () => {
  disconnectAll();
  await demo?.close();
});

test('the page, its frame, its style and its scripts are served, and its first script opens a socket', async () => {
  demo = await startDemo({ port: 0, tlsPort: 0, quiet: true });
  const page = await (await fetch(demo.url)).text();
  expect(page).toContain(`data-tls-port="${demo.tlsPort}"`);
  const [, firstScript] = /<head>\s*<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
  expect(firstScript).toContain('window.tickerSocket = new WebSocket(');
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  const paths = ['notifications.html', 'style.css', 'assets/main.js', 'assets/notifications-frame.js'];
  for (const path of paths) expect((await fetch(demo.url + path)).status, path).toBe(200);
  expect((await fetch(`${demo.url}server.ts`)).status).toBe(404);
  expect((await fetch(demo.url, { method: 'POST' })).status).toBe(405);
});

test('close ends every connection and frees both ports', async () => {
  const first = await startDemo({ port: 0, tlsPort: 0, quiet: true });
  const paths = ['/echo', '/chat', '/ticker?rate=1000', '/game', '/notifications', '/mqtt', '/flaky'];
  const clients = await Promise.all(paths.map((path) => connect(`ws://127.0.0.1:${first.port}${path}`)));
  clients.push(await connect(`wss://127.0.0.1:${first.tlsPort}/secure`));
  await first.close();
  for (const client of clients) expect((await client.ended).code).toBe(1006);
  demo = await startDemo({ port: first.port, tlsPort: first.tlsPort, quiet: true });
  expect(demo.port).toBe(first.port);
});

test('a port that is asked for and taken is an error, and nothing is left running', async () => {
  demo = await startDemo({ port: 0, tlsPort: 0, quiet: true });
  await expect(startDemo({ port: demo.port, tlsPort: 0, quiet: true })).rejects.toThrow('EADDRINUSE');
});

test('without a wish the demo finds a port even if its usual one is taken', async () => {
  const blocker = createServer();
  // Somebody else may have it already, which serves as well.
  await new Promise<void>((resolve) => {
    blocker.once('error', () => resolve());
    blocker.listen(5180, '127.0.0.1', resolve);
  });
  demo = await startDemo({ quiet: true });
  expect(demo.port).not.toBe(5180);
  expect((await fetch(demo.url)).status).toBe(200);
  await new Promise((resolve) => blocker.close(resolve));
});
