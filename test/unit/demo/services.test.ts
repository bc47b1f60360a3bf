import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../demo/server.ts';
import { ARENA } from '../../../demo/servers/game-world.ts';
import { decodeGameFrame, encodeGameFrame } from '../../../demo/shared/game-frames.ts';
import { connect, disconnectAll } from './client.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ port: 0, tlsPort: 0, quiet: true });
});
afterEach(disconnectAll);
afterAll(() => demo.close());

const address = (path: string): string => `ws://127.0.0.1:${demo.port}${path}`;

describe('echo', () => {
  test('text comes back as text, bytes as bytes, and nothing is too empty', async () => {
    const client = await connect(address('/echo'));
    for (const text of ['hallo', '', 'Grüße 👋']) client.socket.send(text);
    client.socket.send(Buffer.from([0, 255, 1]));
    await expect.poll(() => client.binaries).toEqual([Buffer.from([0, 255, 1])]);
    expect(client.texts).toEqual(['hallo', '', 'Grüße 👋']);
  });
});

describe('chat', () => {
  test.each([
    [{ benutzer: 'Du', nachricht: 'hallo' }, 'benutzer', ['Ana', 'Jürgen']],
    [{ user: 'You', message: 'hello' }, 'user', ['Emma', 'Tom']],
  ])('%j reaches everyone and is answered in its language', async (line, nameMember, regulars) => {
    const [writer, reader] = [await connect(address('/chat')), await connect(address('/chat'))];
    writer.sendJson(line);
    for (const { objects } of [writer, reader]) await expect.poll(objects).toContainEqual(line);
    const isAnswer = (message: object): boolean =>
      /Hallo!|Servus|Hi there|Hello!/.test(JSON.stringify(message));
    await expect.poll(() => reader.objects().some(isAnswer)).toBe(true);
    expect(regulars).toContain(reader.objects().find(isAnswer)?.[nameMember]);
  });

  test('the regulars talk by themselves', async () => {
    const client = await connect(address('/chat'));
    await expect.poll(() => client.objects().length).toBeGreaterThan(1);
    expect(client.objects()[0]).toMatchObject({ type: 'welcome', users: ['Ana', 'Jürgen', 'Emma', 'Tom'] });
  });
});

describe('ticker', () => {
  test('trades come at the rate of the address, numbered beyond 2^53 without a gap', async () => {
    const client = await connect(address('/ticker?rate=400'));
    await expect.poll(() => client.texts.length).toBeGreaterThan(100);
    const sequences = client.texts.flatMap((text) => /"seq":(\d+)/.exec(text)?.[1] ?? []).map(BigInt);
    expect(sequences.slice(0, 100)).toEqual(
      Array.from({ length: 100 }, (_, index) => 9007199254740993n + BigInt(index)),
    );
    const lengths = client.texts.filter((text) => text.includes('"trade"')).map((text) => text.length);
    expect(Math.min(...lengths)).toBeGreaterThan(95);
    expect(Math.max(...lengths)).toBeLessThan(130);
  });

  test('the rate can be changed, and it is kept', async () => {
    const client = await connect(address('/ticker?rate=1'));
    client.sendJson({ type: 'rate', perSecond: 2000 });
    await expect.poll(client.objects).toContainEqual({ type: 'rate', perSecond: 2000 });
    const times = (): number[] =>
      client.objects().flatMap(({ time }) => (typeof time === 'number' ? time : []));
    await expect.poll(() => times().length).toBeGreaterThan(1000);
    const [first, last, count] = [times()[0] ?? 0, times()[1000] ?? 0, 1000];
    const perSecond = (count * 1000) / (last - first);
    // Wide bounds: a busy machine bunches trades up, and that is no fault of the rate.
    expect(perSecond).toBeGreaterThan(1000);
    expect(perSecond).toBeLessThan(4000);
  });

  test('a burst is exactly as long as it was asked to be', async () => {
    const client = await connect(address('/ticker?rate=1000'));
    client.sendJson({ type: 'burst', count: 50_000 });
    const types = (): unknown[] => client.texts.map((text) => /"type":"([a-z-]+)"/.exec(text)?.[1]);
    await expect.poll(() => types().includes('burst-end')).toBe(true);
    const [start, end] = [types().indexOf('burst-start'), types().indexOf('burst-end')];
    expect(end - start - 1).toBe(50_000);
    expect(new Set(types().slice(start + 1, end))).toEqual(new Set(['trade']));
  });

  test.each([
    [{ type: 'rate', perSecond: 0 }, 'invalid-rate'],
    [{ type: 'rate', perSecond: '9' }, 'invalid-rate'],
    [{ type: 'burst', count: 1.5 }, 'invalid-count'],
    [{ type: 'burst', count: 1e9 }, 'invalid-count'],
    [{}, 'unknown-type'],
  ])('%j is answered with the error %s', async (message, code) => {
    const client = await connect(address('/ticker'));
    client.sendJson(message);
    await expect.poll(client.objects).toContainEqual(expect.objectContaining({ type: 'error', code }));
  });
});

describe('game', () => {
  test('the world arrives as binary frames and a ship obeys its stick', async () => {
    const client = await connect(address('/game'));
    const frames = () => client.binaries.map((bytes) => decodeGameFrame(bytes));
    await expect.poll(() => frames().length).toBeGreaterThan(2);
    const [welcome] = frames();
    if (welcome?.type !== 'welcome') throw new Error('The first frame is no welcome');
    expect(welcome).toMatchObject(ARENA);
    const x = (): number | undefined => {
      const last = frames().at(-1);
      return last?.type === 'state' ? last.players.find(({ id }) => id === welcome.player)?.x : undefined;
    };
    await expect.poll(x).toBeDefined();
    const from = x() ?? 0;
    const right = from < ARENA.width / 2 ? 127 : -127;
    client.socket.send(encodeGameFrame({ type: 'input', sequence: 1, right, down: 0 }));
    await expect.poll(() => Math.sign(right) * ((x() ?? 0) - from)).toBeGreaterThan(30);
    expect(client.texts).toEqual([]);
  });

  test('a frame that is no input gets an error', async () => {
    const client = await connect(address('/game'));
    client.socket.send(Buffer.from([3, 0]));
    await expect.poll(client.objects).toContainEqual(expect.objectContaining({ code: 'invalid-frame' }));
  });
});

describe('notifications', () => {
  test('one comes soon and can be read', async () => {
    const client = await connect(address('/notifications'));
    await expect.poll(client.objects).toHaveLength(1);
    expect(client.objects()[0]).toMatchObject({ type: 'notification', id: 'n-1', title: 'Build finished' });
    client.sendJson({ type: 'read', id: 'n-1' });
    await expect.poll(client.objects).toContainEqual({ type: 'unread', count: 0 });
  });
});

describe('malformed messages', () => {
  test.each(['/chat', '/ticker', '/notifications'])('%s answers them and stays open', async (path) => {
    const client = await connect(address(path));
    for (const bad of ['{', '[]', 'null', '"x"']) client.socket.send(bad);
    client.socket.send(Buffer.from([1, 2, 3]));
    const errors = () => client.objects().filter(({ code }) => code === 'invalid-json');
    await expect.poll(errors).toHaveLength(5);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });
});
