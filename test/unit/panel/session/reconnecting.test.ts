import { describe, expect, test } from 'vitest';
import { AGES, HISTORY, inSessionWorld, type SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

describe('a broken connection', () => {
  test('resumes where it was: no frame is lost or duplicated', async () => {
    const { document, page, tap } = world.openLive();
    page.recordTexts(tap, 600);
    world.bridge.network.run(1);
    document.cut();
    page.recordTexts(tap, 3, (index) => `meanwhile ${index}`);
    expect(world.session.obstacle).toBe('looking');
    await world.pass(0);
    expect(world.rows()).toEqual([
      'open',
      ...Array.from({ length: 600 }, (_, index) => String(index)),
      'meanwhile 0',
      'meanwhile 1',
      'meanwhile 2',
    ]);
    expect(world.session.totals()).toMatchObject({ stored: 604, dropped: 0 });
    expect(world.session.obstacle).toBe('none');
  });

  test('leaves a gap row for frames that the page dropped in the meantime', async () => {
    const { document, page, tap } = world.openLive();
    world.bridge.empty(0);
    page.time = Date.now() + AGES;
    page.recordTexts(tap, HISTORY + 2);
    await world.pass(AGES);
    world.bridge.show(document);
    world.session.reconnect();
    world.deliver();
    expect(world.rows().slice(0, 3)).toEqual(['open', 'gap of 2: disconnected', '2']);
    expect(world.accounted()).toBe(1 + HISTORY + 2);
  });

  test('loses no frame if it is soon restored, however many there are in the meantime', async () => {
    const { document, page, tap } = world.openLive();
    document.cut();
    page.recordTexts(tap, 3 * HISTORY);
    await world.pass(0);
    world.deliver();
    expect(world.session.totals()).toMatchObject({ stored: 1 + 3 * HISTORY, dropped: 0 });
  });

  test('is retried at growing intervals and finally given up', async () => {
    world.openLive();
    world.bridge.empty(0);
    await world.pass(300);
    const early = world.bridge.asked.length;
    await world.pass(AGES);
    expect(world.session.obstacle).toBe('connection-lost');
    expect(world.bridge.asked.length).toBeGreaterThan(early);
    const asked = world.bridge.asked.length;
    await world.pass(AGES);
    expect(world.bridge.asked).toHaveLength(asked);
    expect(world.socket().readyState).toBe(3);
  });

  test.each(['before', 'after'])(
    'is not reported as lost if the page was left (navigation heard of %s giving up)',
    async (when) => {
      world.openLive();
      world.bridge.empty(0);
      if (when === 'after') await world.pass(AGES);
      world.bridge.navigated('chrome://version/');
      await world.pass(AGES);
      expect(world.session.obstacle).toBe('no-hook');
      expect(world.socket().readyState).toBe(3);
    },
  );

  test('can be retried by the user', async () => {
    const { document, page, tap } = world.openLive();
    world.bridge.empty(0);
    await world.pass(AGES);
    world.bridge.show(document);
    page.recordText(tap, 'still here');
    world.session.reconnect();
    world.deliver();
    expect(world.session.obstacle).toBe('none');
    expect(world.rows()).toEqual(['open', 'still here']);
    expect(world.socket().readyState).toBe(1);
  });

  test('reports commands without an answer as unanswered, not as failed, and does not repeat them', async () => {
    const { document, socket } = world.openLive();
    const payload = { type: 'text', text: 'once' } as const;
    const answer = world.session.run(world.socket(), { type: 'send', payload });
    world.bridge.network.run(1);
    expect(socket.sent).toEqual(['once']);
    document.cut();
    await expect(answer).resolves.toEqual({ reason: 'unanswered' });
    await world.pass(0);
    expect(socket.sent).toEqual(['once']);
    expect(world.rows()).toEqual(['open', 'once']);
  });
});
