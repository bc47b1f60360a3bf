import { describe, expect, test, vi } from 'vitest';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { HISTORY, inSessionWorld, SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

const MIB = 1024 * 1024;

describe('connecting', () => {
  test("calls the roll of the page's documents", () => {
    expect(world.bridge.asked).toEqual(['roll call']);
  });

  test('attaches only after both ends have opened the port', () => {
    const document = world.bridge.open('a');
    expect(document.received).toEqual([]);
    world.bridge.network.run(1);
    expect(document.received).toEqual([]);
    world.deliver();
    expect(document.received[0]).toMatchObject({ type: 'attach', from: 1 });
    expect(world.session.obstacle).toBe('none');
  });

  test('receives what happened before the panel was opened', () => {
    const document = world.bridge.openSilently('a');
    const { socket, tap } = document.page.watchedSocket();
    socket.serverOpens();
    document.page.recordTexts(tap, 2);
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows()).toEqual(['open', '0', '1']);
    expect(world.socket()).toMatchObject({ number: 1, readyState: 1 });
  });

  test('reports frames that the page no longer had as dropped', () => {
    const document = world.bridge.openSilently('a');
    const { tap } = document.page.watchedSocket();
    document.page.recordTexts(tap, HISTORY + 3);
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows().slice(0, 2)).toEqual(['gap of 3: before-panel', '3']);
    expect(world.session.totals()).toMatchObject({ stored: HISTORY, dropped: 3 });
    expect(world.accounted()).toBe(HISTORY + 3);
  });

  test('acknowledges each message with the latest counters', () => {
    const { document, page, tap } = world.openLive();
    page.recordText(tap, 'x');
    world.deliver();
    const acks = document.received.filter((message) => message.type === 'ack');
    expect(acks.map(({ messages }) => messages)).toEqual(acks.map((_, index) => index + 1));
    expect(acks.at(-1)).toMatchObject({ seq: 2 });
  });

  test('divides the credit when there are many documents', () => {
    const allowed = (count: number) => {
      const documents = Array.from({ length: count }, (_, index) =>
        world.bridge.open(`${count}-${index}`, index),
      );
      world.deliver();
      for (const { page } of documents) page.recordText(page.watchedSocket().tap, 'x');
      world.deliver();
      return documents.map(({ page, received }) => {
        const ack = received.findLast(({ type }) => type === 'ack');
        const said = ack?.type === 'ack' ? ack.bytes : Number.NaN;
        const posted = page.batches().at(-1)?.credit.bytes ?? 0;
        return Math.round((4 * MIB + said - posted) / 1024);
      });
    };
    expect(allowed(2)).toEqual([4096, 4096]);
    const sum = allowed(100).reduce((total, kibibytes) => total + kibibytes, 0);
    expect(sum).toBeGreaterThan(16 * 1024);
    expect(sum).toBeLessThan(33 * 1024);
  });

  test('connects once, however often a document announces itself', () => {
    const { document } = world.openLive();
    world.bridge.announce(document);
    world.bridge.announce(document);
    world.deliver();
    expect(world.bridge.asked.filter((asked) => asked === 'port to frame 0')).toHaveLength(1);
  });

  test('follows the documents of child frames too', () => {
    const top = world.openLive('top', 0);
    const child = world.openLive('child', 4);
    top.page.recordText(top.tap, 'from the top');
    child.page.recordText(child.tap, 'from the child');
    world.deliver();
    expect(world.rows()).toEqual(['open', 'open', 'from the top', 'from the child']);
    expect(world.sockets().map(({ document }) => document.identity.document)).toEqual(['top', 'child']);
  });

  test('does not attach to another document that has replaced the announced one', () => {
    const gone = world.bridge.openSilently('gone');
    world.bridge.openSilently('next');
    world.bridge.announce(gone);
    world.deliver();
    expect(world.session.obstacle).not.toBe('none');
    expect(world.sockets()).toEqual([]);
  });
});

test('frames of several documents are merged by time when the panel opens late', () => {
  announceTwoWithFrames();
  world.deliver();
  expect(world.rows()).toEqual(['top 1', 'child 2', 'child 3', 'top 4', 'top 5', 'child 6']);
});

test('frames are merged by time even if the documents are slow to hand them over', () => {
  announceTwoWithFrames();
  vi.advanceTimersByTime(900);
  for (let message = 0; message < 20; message++) world.bridge.network.run(1);
  expect(world.rows()).toEqual(['top 1', 'child 2', 'child 3', 'top 4', 'top 5', 'child 6']);
});

/** A page with a frame, both older than the panel, whose sockets have sent in turn. */
function announceTwoWithFrames(): void {
  world.session.preserveLog = true;
  const [top, child] = [world.bridge.openSilently('top'), world.bridge.openSilently('child', 2)];
  for (const [document, name, times] of [
    [top, 'top', [1, 4, 5]],
    [child, 'child', [2, 3, 6]],
  ] as const) {
    const { tap } = document.page.watchedSocket();
    for (const time of times) {
      const payload = `${name} ${time}`;
      document.page.outbox.record(tap, FrameKind.sentText, 0, time, payload, undefined, undefined);
    }
  }
  world.bridge.announce(top);
  world.bridge.announce(child);
}

test('frames arrive as JSON where ports cannot carry bytes', () => {
  world.end();
  world = new SessionWorld('json');
  const { page, tap } = world.openLive();
  const bytes = Uint8Array.of(0, 200, 255);
  page.recordText(tap, 'a\ud800€');
  page.outbox.record(tap, FrameKind.sentBinary, 0, 0.25, bytes, undefined, undefined);
  world.deliver();
  expect(world.store.payload(1)).toBe('a\ud800€');
  expect(world.store.payload(2)).toEqual(bytes);
  expect(world.store.time(2)).toBe(0.25);
});

test('commands reach the page as JSON where ports cannot carry bytes', async () => {
  world.end();
  world = new SessionWorld('json');
  const { socket } = world.openLive();
  const bytes = Uint8Array.of(1, 255);
  const answer = world.session.run(world.socket(), { type: 'send', payload: { type: 'binary', bytes } });
  world.deliver();
  await expect(answer).resolves.toBeUndefined();
  expect(socket.sent).toEqual([bytes]);
});

describe('frames in flight', () => {
  test('are those that the page has observed and that have not arrived', async () => {
    const { document, page, tap } = world.openLive();
    document.cut();
    page.recordTexts(tap, 5000);
    await vi.advanceTimersByTimeAsync(0);
    world.bridge.network.run(5); // two openings, attach, greeting and the first batch, which takes 4,096 frames
    expect(world.session.totals().stored).toBe(1 + 4096);
    expect(world.session.totals().inFlight).toBe(5000 - 4096);
    world.deliver();
    expect(world.session.totals().inFlight).toBe(0);
    expect(world.session.totals().stored).toBe(1 + 5000);
  });
});

test('state that changes without an event is polled once a second', async () => {
  const { socket } = world.openLive();
  socket.serverLetsBuffer(4321);
  await world.pass(1000);
  expect(world.socket().record.bufferedAmount).toBe(4321);
});

test('documents without an open socket are not polled', async () => {
  const { document, socket } = world.openLive();
  socket.serverCloses(1000);
  world.deliver();
  await world.pass(3000);
  expect(document.received.filter(({ type }) => type === 'poll')).toEqual([]);
});

test('messages that are not ours are ignored', () => {
  const { document, page, tap } = world.openLive();
  for (const stray of [null, 'x', { type: 'batch' }, { type: 'hello', session: 'stolen' }]) {
    document.say(stray);
  }
  page.recordText(tap, 'all is well');
  world.deliver();
  expect(world.rows()).toEqual(['open', 'all is well']);
});
