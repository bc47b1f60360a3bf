import { describe, expect, test } from 'vitest';
import { inSessionWorld, type SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

describe('commands', () => {
  test('are carried out by the page', async () => {
    const { socket } = world.openLive();
    const payload = { type: 'text', text: 'hi' } as const;
    const answer = world.session.run(world.socket(), { type: 'send', payload });
    world.deliver();
    await expect(answer).resolves.toBeUndefined();
    expect(socket.sent).toEqual(['hi']);
    expect(world.rows()).toEqual(['open', 'hi']);
  });

  test('that inject a message bring the origin it is from', () => {
    const { socket } = world.openLive();
    const origins: unknown[] = [];
    socket.addEventListener('message', (event) => origins.push((event as MessageEvent).origin));
    void world.session.run(world.socket(), { type: 'inject', payload: { type: 'text', text: 'hi' } });
    world.deliver();
    expect(origins).toEqual([new URL(socket.url).origin]);
  });

  test('reach the socket that they are for', async () => {
    const { page, socket } = world.openLive();
    const other = page.watchedSocket('wss://example.test/other').socket.serverOpens();
    world.deliver();
    const payload = { type: 'text', text: 'for you' } as const;
    void world.session.run(world.socket(1), { type: 'send', payload });
    void world.session.run(world.socket(0), { type: 'close', code: 4000, reason: 'enough' });
    world.deliver();
    expect(other.sent).toEqual(['for you']);
    expect([socket.readyState, other.readyState]).toEqual([2, 1]);
    expect(world.socket(0).record.closing).toMatchObject({ by: 'panel', code: 4000, reason: 'enough' });
  });

  test('are answered with the reason why they were not carried out', async () => {
    const { socket } = world.openLive();
    socket.close();
    const payload = { type: 'text', text: 'late' } as const;
    const answers = [
      world.session.run(world.socket(), { type: 'send', payload }),
      world.session.run(world.socket(), { type: 'inject', payload }),
      world.session.run(world.socket(), { type: 'close', code: 4000 }),
    ];
    world.deliver();
    await expect(Promise.all(answers)).resolves.toEqual([
      { reason: 'not-open', readyState: 2 },
      undefined,
      { reason: 'not-open', readyState: 2 },
    ]);
  });

  test('are refused at once if there is no connection', async () => {
    world.openLive();
    world.bridge.empty(0);
    const answer = world.session.run(world.socket(), { type: 'close' });
    await expect(answer).resolves.toEqual({ reason: 'no-connection' });
  });
});
