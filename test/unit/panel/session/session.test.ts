import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { LateCapture } from '../../../../src/panel/session/browser/bridge.ts';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import type { PageMessage } from '../../../../src/protocol/messages.ts';
import { portOpening } from '../../../../src/protocol/wire.ts';
import { FakeDocument } from '../../helpers/fake-bridge.ts';
import { blobOf, finishReadings, Page } from '../../helpers/page.ts';
import { AGES, inSessionWorld, SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

const MIB = 1024 * 1024;
/** Frames that a page keeps while no panel is open. */
const HISTORY = 10_000;

/** A document with one open socket that the session has heard of. */
function liveDocument(document = 'a', frameId = 0) {
  const opened = world.bridge.open(document, frameId);
  const { socket, tap } = opened.page.watchedSocket();
  socket.serverOpens();
  world.deliver();
  return { document: opened, page: opened.page, socket, tap };
}

describe('connecting', () => {
  test('asks who is there', () => {
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

  test('brings what happened before the panel was open', () => {
    const document = world.bridge.openSilently('a');
    const { socket, tap } = document.page.watchedSocket();
    socket.serverOpens();
    document.page.recordTexts(tap, 2);
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows()).toEqual(['open', '0', '1']);
    expect(world.socket()).toMatchObject({ number: 1, readyState: 1 });
  });

  test('says of what the page has let go before that it is gone', () => {
    const document = world.bridge.openSilently('a');
    const { tap } = document.page.watchedSocket();
    document.page.recordTexts(tap, HISTORY + 3);
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows().slice(0, 2)).toEqual(['gap of 3: before-panel', '3']);
    expect(world.session.totals()).toMatchObject({ stored: HISTORY, dropped: 3 });
    expect(world.accounted()).toBe(HISTORY + 3);
  });

  test('acknowledges each message with the newest counters', () => {
    const { document, page, tap } = liveDocument();
    page.recordText(tap, 'x');
    world.deliver();
    const acks = document.received.filter((message) => message.type === 'ack');
    expect(acks.map(({ messages }) => messages)).toEqual(acks.map((_, index) => index + 1));
    expect(acks.at(-1)).toMatchObject({ seq: 2 });
  });

  test('lets all documents together have no more under way than a few may have alone', () => {
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

  test('is done once, however often a document announces itself', () => {
    const { document } = liveDocument();
    world.bridge.announce(document);
    world.bridge.announce(document);
    world.deliver();
    expect(world.bridge.asked.filter((asked) => asked === 'port to frame 0')).toHaveLength(1);
  });

  test('follows the documents of child frames too', () => {
    const top = liveDocument('top', 0);
    const child = liveDocument('child', 4);
    top.page.recordText(top.tap, 'from the top');
    child.page.recordText(child.tap, 'from the child');
    world.deliver();
    expect(world.rows()).toEqual(['open', 'open', 'from the top', 'from the child']);
    expect(world.sockets().map(({ document }) => document.identity.document)).toEqual(['top', 'child']);
  });

  test('to a document that has gone meanwhile ends at the one that came in its place', () => {
    const gone = world.bridge.openSilently('gone');
    world.bridge.openSilently('next');
    world.bridge.announce(gone);
    world.deliver();
    expect(world.session.obstacle).not.toBe('none');
    expect(world.sockets()).toEqual([]);
  });
});

test('what several documents held for a late panel is put in the order of time', () => {
  announceTwoWithFrames();
  world.deliver();
  expect(world.rows()).toEqual(['top 1', 'child 2', 'child 3', 'top 4', 'top 5', 'child 6']);
});

test('also where they are slow, and greet before they hand over what they held', () => {
  announceTwoWithFrames();
  vi.advanceTimersByTime(500);
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

test('where bytes do not survive, everything arrives as JSON', () => {
  world.end();
  world = new SessionWorld('json');
  const { page, tap } = liveDocument();
  const bytes = Uint8Array.of(0, 200, 255);
  page.recordText(tap, 'a\ud800€');
  page.outbox.record(tap, FrameKind.sentBinary, 0, 0.25, bytes, undefined, undefined);
  world.deliver();
  expect(world.store.payload(1)).toBe('a\ud800€');
  expect(world.store.payload(2)).toEqual(bytes);
  expect(world.store.time(2)).toBe(0.25);
});

test('commands reach the page as JSON as well', async () => {
  world.end();
  world = new SessionWorld('json');
  const { socket } = liveDocument();
  const bytes = Uint8Array.of(1, 255);
  const answer = world.session.run(world.socket(), { type: 'send', payload: { type: 'binary', bytes } });
  world.deliver();
  await expect(answer).resolves.toBeUndefined();
  expect(socket.sent).toEqual([bytes]);
});

describe('a connection that breaks', () => {
  test('is taken up where it was, nothing lost and nothing twice', async () => {
    const { document, page, tap } = liveDocument();
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

  test('leaves a hole where the page let frames go meanwhile, and says so', async () => {
    const { document, page, tap } = liveDocument();
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

  test('and is soon there again costs no frame, however many there are meanwhile', async () => {
    const { document, page, tap } = liveDocument();
    document.cut();
    page.recordTexts(tap, 3 * HISTORY);
    await world.pass(0);
    world.deliver();
    expect(world.session.totals()).toMatchObject({ stored: 1 + 3 * HISTORY, dropped: 0 });
  });

  test('is tried again more and more slowly, and in the end given up', async () => {
    liveDocument();
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
    'is no loss where the page was left, told %s it was given up',
    async (when) => {
      liveDocument();
      world.bridge.empty(0);
      if (when === 'after') await world.pass(AGES);
      world.bridge.navigated('chrome://version/');
      await world.pass(AGES);
      expect(world.session.obstacle).toBe('no-hook');
      expect(world.socket().readyState).toBe(3);
    },
  );

  test('can be tried again by a person', async () => {
    const { document, page, tap } = liveDocument();
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

  test('ends the commands that wait for an answer: one that was carried out is not said to have had no effect', async () => {
    const { document, socket } = liveDocument();
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

describe('a document that is left before it was attached to', () => {
  const HASTY = { document: 'hasty', frameId: 0, url: 'https://example.test/hasty' };

  function hastyPage(): Page {
    const page = new Page();
    page.recordText(page.watchedSocket().tap, 'hasty');
    return page;
  }

  beforeEach(() => {
    world.session.preserveLog = true;
  });

  test.each(['has announced itself', 'has not been heard of'])('and %s is kept, as closed', async (when) => {
    if (when === 'has announced itself') world.bridge.announce(new FakeDocument(HASTY));
    world.bridge.leave(HASTY, hastyPage());
    liveDocument('next');
    await world.pass(AGES);
    expect(world.session.recorder.sockets.all().map(({ readyState }) => readyState)).toEqual([3, 1]);
    expect(world.rows()).toEqual(['hasty', 'open']);
    expect(world.session.totals()).toMatchObject({ observed: 2, stored: 2, dropped: 0, inFlight: 0 });
  });

  test('of what it did not say there is one hole', async () => {
    const page = hastyPage();
    page.outbox.leave();
    const last = page.posted.findLast(({ type }) => type === 'batch');
    page.posted.splice(0, page.posted.length, { ...last, frames: undefined } as PageMessage);
    world.bridge.leave(HASTY, Object.assign(page, { outbox: { leave: () => undefined } }));
    await world.pass(0);
    expect(world.session.totals()).toMatchObject({ observed: 1, stored: 0, dropped: 1, inFlight: 0 });
  });

  test('is as little kept as any other where the log is not preserved', () => {
    world.session.preserveLog = false;
    world.bridge.leave(HASTY, hastyPage());
    expect(world.session.recorder.sockets.all()).toEqual([]);
  });
});

describe('what stands in the way', () => {
  test('is looked for at first, and after a second nobody has answered', async () => {
    expect(world.session.obstacle).toBe('looking');
    await vi.advanceTimersByTimeAsync(999);
    expect(world.session.obstacle).toBe('looking');
    await vi.advanceTimersByTimeAsync(1);
    expect(world.session.obstacle).toBe('no-hook');
  });

  test('is asked for again while nobody answers, less and less often: a call can get lost', async () => {
    const calls = () => world.bridge.asked.filter((what) => what === 'roll call').length;
    await vi.advanceTimersByTimeAsync(1999);
    expect(calls()).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    const early = calls();
    expect(early).toBeGreaterThan(4);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls()).toBe(early + 2);
    liveDocument();
    const known = calls();
    await world.pass(AGES);
    expect(calls()).toBe(known);
  });

  test('is said of a page whose frames alone are captured: it is older than they are', async () => {
    const { document } = liveDocument();
    world.bridge.empty(0);
    world.bridge.navigated('https://example.test/older');
    const frame = world.bridge.open('frame', 3);
    world.deliver();
    expect(world.session.obstacle).toBe('none');
    await world.pass(AGES);
    expect(document.identity.frameId).toBe(0);
    expect(frame.identity.frameId).toBe(3);
    expect(world.session.obstacle).toBe('no-hook');
  });

  test('goes with a click where an older page can be captured as it is', async () => {
    await world.pass(AGES);
    expect(world.session.canCaptureOlderPage).toBe(false);
    let agree: (outcome: LateCapture) => void = () => undefined;
    world.bridge.captureOlderPage = () => new Promise((resolve) => (agree = resolve));
    expect(world.session.canCaptureOlderPage).toBe(true);
    const outcome = world.session.captureOlderPage();
    expect(await world.session.captureOlderPage()).toBeUndefined(); // clicked twice
    agree('captured');
    await world.pass(0);
    world.bridge.announce(world.bridge.openSilently('d', 0, 'https://example.test/', 5000));
    world.deliver();
    await world.pass(AGES);
    expect(await outcome).toBe('captured');
    expect(world.session.obstacle).toBe('none');
    expect(world.session.capturedSince).toBe(5000);
  });

  test.each(['refused', 'impossible'] as const)('stays where that is %s', async (outcome) => {
    world.bridge.captureOlderPage = async () => outcome;
    expect(await world.session.captureOlderPage()).toBe(outcome);
  });

  test('stays where nobody answers after that', async () => {
    world.bridge.captureOlderPage = async () => 'captured';
    const outcome = world.session.captureOlderPage();
    await world.pass(AGES);
    expect(await outcome).toBe('impossible');
  });

  test.each(['told of its loading', 'told of its loading first', 'told of by DevTools later', 'with time'])(
    'may be that no extension may look there: %s',
    async (when) => {
      liveDocument();
      world.bridge.forbids = when !== 'told of by DevTools later';
      if (when === 'told of its loading first') world.bridge.loaded();
      world.bridge.empty(0);
      if (when === 'with time') world.bridge.navigated('about:config');
      else if (when !== 'told of its loading first') world.bridge.loaded();
      await world.pass(0);
      world.bridge.forbids = true;
      if (when === 'told of by DevTools later') await world.pass(300);
      await world.pass(when === 'with time' ? 1000 : 0);
      expect(world.session.obstacle).toBe('forbidden');
      expect(world.socket().readyState).toBe(3);
      world.bridge.forbids = false;
      world.bridge.navigated('https://example.test/next');
      expect(world.session.obstacle).not.toBe('forbidden');
      liveDocument('b');
      expect(world.session.obstacle).toBe('none');
    },
  );

  test('is not asked of a page that answers', async () => {
    liveDocument();
    world.bridge.forbids = true;
    world.bridge.loaded();
    await world.pass(0);
    expect(world.session.obstacle).toBe('none');
  });

  test('may be the permission', async () => {
    world.bridge.mayRead = false;
    world.bridge.navigated('https://example.test/');
    await world.pass(0);
    expect(world.session.obstacle).toBe('no-permission');
  });

  test('is no longer the permission once that is granted: the page is to be reloaded', async () => {
    world.bridge.mayRead = false;
    world.bridge.navigated('https://example.test/');
    await world.pass(0);
    world.bridge.endRollCall();
    world.bridge.mayRead = true;
    await world.pass(2000);
    expect(world.session.obstacle).toBe('no-hook');
  });

  test('may be another panel, from which a person can take the page back', () => {
    const { document, page, tap } = liveDocument();
    const other = world.bridge.connect(document.identity);
    other.post(portOpening(document.identity.document));
    world.deliver();
    expect(world.session.obstacle).toBe('replaced');
    expect(world.socket().readyState).toBe(1);
    page.recordText(tap, 'unseen');
    world.session.reconnect();
    world.deliver();
    expect(world.session.obstacle).toBe('none');
    expect(world.rows()).toEqual(['open', 'unseen']);
    expect(() => other.close()).not.toThrow();
  });

  test('may be a hook of another version, with which nothing is exchanged', () => {
    const document = world.bridge.openSilently('a');
    document.version = 99;
    document.page.watchedSocket();
    world.bridge.announce(document);
    world.deliver();
    expect(world.session.obstacle).toBe('outdated');
    expect(world.sockets()).toEqual([]);
  });

  test('is no longer a hook of another version when the page is left for one without any', async () => {
    const document = world.bridge.openSilently('a');
    document.version = 99;
    world.bridge.announce(document);
    world.deliver();
    world.bridge.empty(0);
    world.bridge.navigated('about:blank');
    await world.pass(AGES);
    expect(world.session.obstacle).toBe('no-hook');
  });

  test('is a hook of another version also where the navigation to its page is told late', async () => {
    const document = world.bridge.openSilently('a');
    document.version = 99;
    world.bridge.announce(document);
    world.deliver();
    world.bridge.navigated('https://example.test/');
    world.bridge.announce(document);
    world.deliver();
    await world.pass(AGES);
    expect(world.session.obstacle).toBe('outdated');
  });

  test('is nothing as long as one document is live', async () => {
    liveDocument('top');
    liveDocument('child', 3);
    world.bridge.empty(3);
    await world.pass(AGES);
    expect(world.session.obstacle).toBe('none');
  });

  test('is looked for again after each navigation', async () => {
    await world.pass(1000);
    world.bridge.navigated('about:blank');
    expect(world.session.obstacle).toBe('looking');
    expect(world.bridge.asked).toEqual(['roll call', 'roll call']);
  });

  test('reloading and granting are the bridge’s to do', () => {
    world.session.reloadPage();
    world.session.openPermissionPage();
    expect(world.bridge.asked.slice(-2)).toEqual(['reload', 'permission page']);
  });
});

describe('navigation', () => {
  test('forgets the frames and sockets of the page before', () => {
    liveDocument('before');
    liveDocument('after');
    expect(world.rows()).toEqual(['open']);
    expect(world.sockets().map(({ document }) => document.identity.document)).toEqual(['after']);
    expect(world.session.totals()).toMatchObject({ stored: 1, dropped: 0 });
  });

  test('forgets the child frames of the page before too', () => {
    liveDocument('before');
    liveDocument('child', 7);
    liveDocument('after');
    expect(world.sockets().map(({ document }) => document.identity.document)).toEqual(['after']);
  });

  test('keeps them where the log is preserved; their sockets are closed', () => {
    world.session.preserveLog = true;
    liveDocument('before');
    liveDocument('after');
    expect(world.rows()).toEqual(['open', 'open']);
    expect(world.sockets().map(({ readyState }) => readyState)).toEqual([3, 1]);
  });

  test('of a child frame closes its sockets and leaves everything else alone', () => {
    const top = liveDocument('top');
    liveDocument('child', 5);
    liveDocument('next child', 5);
    expect(world.sockets().map(({ readyState }) => readyState)).toEqual([1, 3, 1]);
    top.page.recordText(top.tap, 'unmoved');
    world.deliver();
    expect(world.rows().at(-1)).toBe('unmoved');
  });

  test('back to a page from the back/forward cache goes on with its sockets', () => {
    world.session.preserveLog = true;
    const { document, page, tap } = liveDocument('before');
    liveDocument('after');
    world.bridge.show(document);
    page.recordText(tap, 'back');
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows()).toEqual(['open', 'open', 'back']);
    expect(world.sockets().map(({ readyState }) => readyState)).toEqual([1, 3]);
  });

  test('back to a page that had been forgotten shows what it still holds', () => {
    const { document } = liveDocument('before');
    liveDocument('after');
    world.bridge.show(document);
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows()).toEqual(['open']);
    expect(world.socket()).toMatchObject({ readyState: 1, document: { identity: { document: 'before' } } });
  });

  describe('to a page with a frame in another process, which announces itself first', () => {
    const openWithSocket = (shownAt: number, name: string, frameId: number) => {
      const opened = world.bridge.openAt(shownAt, name, frameId);
      const { socket, tap } = opened.page.watchedSocket();
      socket.serverOpens();
      return { opened, tap };
    };
    const announce = (...documents: FakeDocument[]) => {
      for (const document of documents) {
        world.bridge.announce(document);
        world.deliver();
      }
    };
    const listed = () =>
      world.sockets().map(({ document: { identity }, readyState }) => [identity.document, readyState]);

    function navigate() {
      const before = openWithSocket(1000, 'before', 0);
      const frameBefore = openWithSocket(1500, 'frame before', 4);
      announce(before.opened, frameBefore.opened);
      const next = openWithSocket(2000, 'next', 0);
      const frame = openWithSocket(2000, 'its frame', 7);
      announce(frame.opened, next.opened);
      frame.opened.page.recordText(frame.tap, 'of the frame');
      world.deliver();
    }

    test('leaves the page before with its frames, and keeps the frame of the new one', () => {
      navigate();
      expect(listed()).toEqual([
        ['its frame', 1],
        ['next', 1],
      ]);
      expect(world.rows()).toEqual(['open', 'open', 'of the frame']);
      expect(world.session.totals()).toMatchObject({ observed: 3, stored: 3, dropped: 0, inFlight: 0 });
    });

    test('closes with a preserved log what was on the page before, and nothing else', () => {
      world.session.preserveLog = true;
      navigate();
      expect(listed()).toEqual([
        ['before', 3],
        ['frame before', 3],
        ['its frame', 1],
        ['next', 1],
      ]);
    });

    test('keeps it too where both come back from the back/forward cache', () => {
      world.session.preserveLog = true;
      const top = openWithSocket(1000, 'top', 0);
      const frame = openWithSocket(1001, 'frame', 4);
      announce(top.opened, frame.opened);
      announce(openWithSocket(2000, 'between', 0).opened);
      for (const { opened } of [top, frame]) {
        opened.identity = { ...opened.identity, shownAt: 3000 };
        world.bridge.show(opened);
      }
      announce(frame.opened, top.opened);
      expect(listed()).toEqual([
        ['top', 1],
        ['frame', 1],
        ['between', 3],
      ]);
    });
  });

  describe('to a prerendered page', () => {
    function activated() {
      liveDocument('before');
      const next = liveDocument('prerendered', 9);
      const child = liveDocument('child of the prerendered', 10);
      world.bridge.activate(next.document);
      world.bridge.announce(next.document);
      world.bridge.announce(child.document);
      world.deliver();
      return next;
    }

    const listed = () =>
      world.sockets().map(({ document: { identity }, readyState }) => [identity.document, readyState]);

    test('forgets the page before and goes on with the new one and its frames', () => {
      const { page, tap } = activated();
      page.recordText(tap, 'after');
      world.deliver();
      expect(listed()).toEqual([
        ['prerendered', 1],
        ['child of the prerendered', 1],
      ]);
      expect(world.rows()).toEqual(['open', 'open', 'after']);
      expect(world.socket().document.identity.frameId).toBe(0);
      expect(world.session.obstacle).toBe('none');
    });

    test('keeps with a preserved log both, each frame once', () => {
      world.session.preserveLog = true;
      const { page, tap } = activated();
      page.recordText(tap, 'after');
      world.deliver();
      expect(listed()).toEqual([
        ['before', 3],
        ['prerendered', 1],
        ['child of the prerendered', 1],
      ]);
      expect(world.rows()).toEqual(['open', 'open', 'open', 'after']);
      expect(world.session.totals()).toMatchObject({ stored: 4, dropped: 0 });
    });

    test('does not lose it to the connection of the page before, which is tried again', async () => {
      liveDocument('before');
      const { document, page, tap } = liveDocument('prerendered', 9);
      world.bridge.activate(document);
      await world.pass(AGES);
      page.recordText(tap, 'after');
      world.deliver();
      expect(world.rows()).toEqual(['open', 'open', 'after']);
      expect(world.sockets().map(({ readyState }) => readyState)).toEqual([3, 1]);
    });

    test('asks who else has come with it', () => {
      activated();
      expect(world.bridge.asked.filter((question) => question === 'roll call')).toHaveLength(2);
    });
  });

  test('leaves a page what it is that answers a roll call on its way out, under another frame id', () => {
    world.session.preserveLog = true;
    const { document } = liveDocument('before');
    liveDocument('after');
    document.identity = { ...document.identity, frameId: 9 };
    world.bridge.announce(document);
    world.deliver();
    expect(
      world.sockets().map(({ document: { identity } }) => [identity.document, identity.frameId]),
    ).toEqual([
      ['before', 0],
      ['after', 0],
    ]);
    expect(world.rows()).toEqual(['open', 'open']);
  });

  test('leaves commands to sockets of the page before without effect', async () => {
    world.session.preserveLog = true;
    const { socket } = liveDocument('before');
    liveDocument('after');
    const answer = world.session.run(world.socket(), { type: 'close' });
    await expect(answer).resolves.toEqual({ reason: 'no-connection' });
    expect(socket.readyState).toBe(1);
  });
});

describe('pausing', () => {
  test('counts what passes and says so in a row for each socket when the capture goes on', () => {
    const { page, tap } = liveDocument();
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

  test('a second time counts anew', () => {
    const { page, tap } = liveDocument();
    for (const count of [3, 2]) {
      world.session.isPaused = true;
      page.recordTexts(tap, count);
      world.deliver();
      world.session.isPaused = false;
    }
    expect(world.rows()).toEqual(['open', 'gap of 3: paused', 'gap of 2: paused']);
    expect(world.session.totals().dropped).toBe(5);
  });

  test('leaves no row where nothing passed', () => {
    liveDocument();
    world.session.isPaused = true;
    world.session.isPaused = false;
    expect(world.rows()).toEqual(['open']);
  });

  test('does not stop what is told of the sockets', () => {
    const { socket } = liveDocument();
    world.session.isPaused = true;
    socket.serverCloses(1000);
    world.deliver();
    expect(world.socket().readyState).toBe(3);
  });
});

describe('clearing', () => {
  test('empties the list, starts the totals anew and hides the sockets that are closed', () => {
    const { page, socket, tap } = liveDocument();
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

  test('is not taken for a loss when the connection breaks afterwards', async () => {
    const { document, page, tap } = liveDocument();
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

describe('commands', () => {
  test('are carried out by the page', async () => {
    const { socket } = liveDocument();
    const payload = { type: 'text', text: 'hi' } as const;
    const answer = world.session.run(world.socket(), { type: 'send', payload });
    world.deliver();
    await expect(answer).resolves.toBeUndefined();
    expect(socket.sent).toEqual(['hi']);
    expect(world.rows()).toEqual(['open', 'hi']);
  });

  test('go to the socket they are for', async () => {
    const { page, socket } = liveDocument();
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

  test('are answered with the reason for which they were not carried out', async () => {
    const { socket } = liveDocument();
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

  test('are refused at once while there is no connection', async () => {
    liveDocument();
    world.bridge.empty(0);
    const answer = world.session.run(world.socket(), { type: 'close' });
    await expect(answer).resolves.toEqual({ reason: 'no-connection' });
  });
});

describe('in flight', () => {
  test('are the frames that the page has spoken of and that have not come', async () => {
    const { document, page, tap } = liveDocument();
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

describe('Blobs', () => {
  function receiveBlob(
    page: ReturnType<typeof liveDocument>['page'],
    tap: ReturnType<typeof liveDocument>['tap'],
  ) {
    const blob = blobOf(Uint8Array.of(5, 6));
    page.outbox.record(tap, FrameKind.receivedBinary, 0, 0, blob, undefined, undefined);
    world.deliver();
  }

  test('are rows at once and have their contents later', () => {
    const { page, tap } = liveDocument();
    receiveBlob(page, tap);
    expect(world.rows()).toEqual(['open', 'receivedBinary']);
    expect(world.store.size(1)).toBe(2);
    finishReadings();
    world.deliver();
    expect(world.store.payload(1)).toEqual(Uint8Array.of(5, 6));
  });

  test('that were being read when the connection broke have their contents all the same', async () => {
    const { document, page, tap } = liveDocument();
    receiveBlob(page, tap);
    document.cut();
    await world.pass(0);
    finishReadings();
    world.deliver();
    expect(world.store.payload(1)).toEqual(Uint8Array.of(5, 6));
  });
});

describe('contents that follow their rows', () => {
  const record = (page: Page, tap: ReturnType<typeof liveDocument>['tap'], byte: number) =>
    page.outbox.record(
      tap,
      FrameKind.receivedBinary,
      0,
      page.time,
      blobOf(Uint8Array.of(byte)),
      undefined,
      undefined,
    );
  const isPending = (row: number) => (world.store.flags(row) & FrameFlag.pending) !== 0;

  test('and that the page has let go while the connection was lost are not waited for', async () => {
    const { document, page, tap } = liveDocument();
    record(page, tap, 1);
    world.deliver();
    world.bridge.empty(0);
    await world.pass(AGES);
    page.time = Date.now() + AGES;
    page.recordTexts(tap, HISTORY);
    world.bridge.show(document);
    expect(isPending(1)).toBe(true);
    world.session.reconnect();
    world.deliver();
    expect(isPending(1)).toBe(false);
    record(page, tap, 2);
    world.deliver();
    finishReadings();
    world.deliver();
    expect(world.store.flags(1) & FrameFlag.payloadGone).not.toBe(0);
    expect(world.store.payload(world.store.endRow - 1)).toEqual(Uint8Array.of(2));
  });

  test('come to a panel that is opened late on a page with many documents, as they do with one', async () => {
    const documents = Array.from({ length: 100 }, (_, index) => world.bridge.open(`${index}`, index));
    const last = documents.at(-1);
    if (!last) throw new Error('there are a hundred');
    const { tap } = last.page.watchedSocket();
    last.page.recordText(tap, 'x'.repeat(2 * MIB));
    world.deliver();
    await world.pass(10_000);
    expect(world.store.payload(0)).toHaveLength(2 * MIB);
  });
});

test('what changes without an event is asked for once a second', async () => {
  const { socket } = liveDocument();
  socket.serverLetsBuffer(4321);
  await world.pass(1000);
  expect(world.socket().record.bufferedAmount).toBe(4321);
});

test('nobody is asked for what closed sockets do', async () => {
  const { document, socket } = liveDocument();
  socket.serverCloses(1000);
  world.deliver();
  await world.pass(3000);
  expect(document.received.filter(({ type }) => type === 'poll')).toEqual([]);
});

test('what is not a message of ours is passed over', () => {
  const { document, page, tap } = liveDocument();
  for (const stray of [null, 'x', { type: 'batch' }, { type: 'hello', session: 'stolen' }]) {
    document.say(stray);
  }
  page.recordText(tap, 'all is well');
  world.deliver();
  expect(world.rows()).toEqual(['open', 'all is well']);
});
