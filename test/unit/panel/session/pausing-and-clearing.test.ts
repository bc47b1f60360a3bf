import { describe, expect, test } from 'vitest';
import { HISTORY, inSessionWorld, type SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

describe('pausing', () => {
  test('counts the frames and adds a gap row for each socket when capturing resumes', () => {
    const { page, tap } = world.openLive();
    const other = page.watchedSocket('wss://example.test/other').tap;
    world.session.isPaused = true;
    page.recordTexts(tap, 3);
    page.recordText(other, 'unseen');
    world.deliver();
    expect(world.rows()).toEqual(['open']);
    expect(world.session.totals()).toMatchObject({ stored: 1, dropped: 4 });
    world.session.isPaused = false;
    page.recordText(tap, 'seen');
    world.deliver();
    expect(world.rows()).toEqual(['open', 'gap of 3: paused', 'gap of 1: paused', 'seen']);
    expect(world.accounted()).toBe(6);
  });

  test('starts counting anew each time', () => {
    const { page, tap } = world.openLive();
    for (const count of [3, 2]) {
      world.session.isPaused = true;
      page.recordTexts(tap, count);
      world.deliver();
      world.session.isPaused = false;
    }
    expect(world.rows()).toEqual(['open', 'gap of 3: paused', 'gap of 2: paused']);
    expect(world.session.totals().dropped).toBe(5);
  });

  test('adds no row if there were no frames', () => {
    world.openLive();
    world.session.isPaused = true;
    world.session.isPaused = false;
    expect(world.rows()).toEqual(['open']);
  });

  test('does not stop updates of the sockets', () => {
    const { socket } = world.openLive();
    world.session.isPaused = true;
    socket.serverCloses(1000);
    world.deliver();
    expect(world.socket().readyState).toBe(3);
  });
});

describe('clearing', () => {
  test('empties the list, resets the totals and hides closed sockets', () => {
    const { page, socket, tap } = world.openLive();
    page.watchedSocket('wss://example.test/open').socket.serverOpens();
    socket.serverCloses(1000);
    world.deliver();
    world.session.clear();
    expect(world.rows()).toEqual([]);
    expect(world.session.totals()).toMatchObject({ stored: 0, dropped: 0, bytes: 0 });
    expect(world.sockets().map(({ record }) => record.url)).toEqual(['wss://example.test/open']);
    page.recordText(tap, 'new');
    world.deliver();
    expect(world.rows()).toEqual(['new']);
  });

  test('does not make the cleared frames count as lost when the connection breaks later', async () => {
    const { document, page, tap } = world.openLive();
    page.recordTexts(tap, HISTORY);
    world.deliver();
    world.session.clear();
    document.cut();
    page.recordTexts(tap, 1);
    await world.pass(0);
    expect(world.rows()).toEqual(['0']);
    expect(world.session.totals().dropped).toBe(0);
  });
});
