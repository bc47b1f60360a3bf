import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import type { PageMessage } from '../../../../src/protocol/messages.ts';
import { LAST_WORDS } from '../../../../src/protocol/version.ts';
import { FakeDocument } from '../../helpers/fake-bridge.ts';
import { Page } from '../../helpers/page.ts';
import { AGES, HISTORY, inSessionWorld, type SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

describe('navigation', () => {
  test('forgets the frames and sockets of the previous page', () => {
    world.openLive('before');
    world.openLive('after');
    expect(world.rows()).toEqual(['open']);
    expect(world.sockets().map(({ document }) => document.identity.document)).toEqual(['after']);
    expect(world.session.totals()).toMatchObject({ stored: 1, dropped: 0 });
  });

  test('forgets the child frames of the previous page', () => {
    world.openLive('before');
    world.openLive('child', 7);
    world.openLive('after');
    expect(world.sockets().map(({ document }) => document.identity.document)).toEqual(['after']);
  });

  test('keeps them, with the sockets closed, if the log is preserved', () => {
    world.session.preserveLog = true;
    world.openLive('before');
    world.openLive('after');
    expect(world.rows()).toEqual(['open', 'open']);
    expect(world.sockets().map(({ readyState }) => readyState)).toEqual([3, 1]);
  });

  test('of a child frame closes only the sockets of that frame', () => {
    const top = world.openLive('top');
    world.openLive('child', 5);
    world.openLive('next child', 5);
    expect(world.sockets().map(({ readyState }) => readyState)).toEqual([1, 3, 1]);
    top.page.recordText(top.tap, 'unmoved');
    world.deliver();
    expect(world.rows().at(-1)).toBe('unmoved');
  });

  test('back to a page in the back/forward cache resumes its sockets', () => {
    world.session.preserveLog = true;
    const { document, page, tap } = world.openLive('before');
    world.openLive('after');
    world.bridge.show(document);
    page.recordText(tap, 'back');
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows()).toEqual(['open', 'open', 'back']);
    expect(world.sockets().map(({ readyState }) => readyState)).toEqual([1, 3]);
  });

  test('back to a page that had been forgotten shows what the page still has', () => {
    const { document } = world.openLive('before');
    world.openLive('after');
    world.bridge.show(document);
    world.bridge.announce(document);
    world.deliver();
    expect(world.rows()).toEqual(['open']);
    expect(world.socket()).toMatchObject({ readyState: 1, document: { identity: { document: 'before' } } });
  });

  describe('of a frame', () => {
    const isCalled = () => world.bridge.asked.includes('roll call');
    let before: FakeDocument;

    beforeEach(async () => {
      world.openLive('top');
      before = world.openLive('before', 7).document;
      await world.pass(AGES); // nobody waits for announcements any more
      world.bridge.asked.length = 0;
    });

    test('loses no frame of the next document if word of the one before comes after it', () => {
      const { document, page, tap } = world.openLive('after', 7);
      world.bridge.announce(before);
      world.deliver();
      page.recordText(tap, 'meanwhile');
      vi.advanceTimersByTime(1000);
      expect(isCalled()).toBe(true);
      world.bridge.announce(document);
      world.deliver();
      expect(world.rows()).toEqual(['open', 'open', 'open', 'meanwhile']);
      world.expectTrueLedger();
    });

    test('calls no roll for a document that announces itself after it has answered in the place of the one before', () => {
      const next = world.bridge.openSilently('next', 7);
      world.deliver();
      expect(world.sockets().map(({ readyState }) => readyState)).toEqual([1, 3]);
      world.bridge.announce(next);
      world.deliver();
      vi.advanceTimersByTime(1000);
      expect(isCalled()).toBe(false);
    });
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

    test('forgets the previous page and its child frames, but not the frame of the new page', () => {
      navigate();
      expect(listed()).toEqual([
        ['its frame', 1],
        ['next', 1],
      ]);
      expect(world.rows()).toEqual(['open', 'open', 'of the frame']);
      expect(world.session.totals()).toMatchObject({ observed: 3, stored: 3, dropped: 0, inFlight: 0 });
    });

    test('closes only the sockets of the previous page if the log is preserved', () => {
      world.session.preserveLog = true;
      navigate();
      expect(listed()).toEqual([
        ['before', 3],
        ['frame before', 3],
        ['its frame', 1],
        ['next', 1],
      ]);
    });

    test('keeps the frame if both come back from the back/forward cache', () => {
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
      world.openLive('before');
      const next = world.openLive('prerendered', 9);
      const child = world.openLive('child of the prerendered', 10);
      world.bridge.activate(next.document);
      world.bridge.announce(next.document);
      world.bridge.announce(child.document);
      world.deliver();
      return next;
    }

    const listed = () =>
      world.sockets().map(({ document: { identity }, readyState }) => [identity.document, readyState]);

    test('forgets the previous page and continues with the new one and its child frames', () => {
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

    test('keeps both pages if the log is preserved, each frame once', () => {
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

    test('is not confused by the retried connection of the previous page', async () => {
      world.openLive('before');
      const { document, page, tap } = world.openLive('prerendered', 9);
      world.bridge.activate(document);
      await world.pass(AGES);
      page.recordText(tap, 'after');
      world.deliver();
      expect(world.rows()).toEqual(['open', 'open', 'after']);
      expect(world.sockets().map(({ readyState }) => readyState)).toEqual([3, 1]);
    });

    test('calls the roll again for its child frames', () => {
      activated();
      expect(world.bridge.asked.filter((question) => question === 'roll call')).toHaveLength(2);
    });
  });

  test('ignores a left page that answers a roll call under another frame id', () => {
    world.session.preserveLog = true;
    const { document } = world.openLive('before');
    world.openLive('after');
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

  test('refuses commands for sockets of the previous page', async () => {
    world.session.preserveLog = true;
    const { socket } = world.openLive('before');
    world.openLive('after');
    const answer = world.session.run(world.socket(), { type: 'close' });
    await expect(answer).resolves.toEqual({ reason: 'no-connection' });
    expect(socket.readyState).toBe(1);
  });
});

describe('a document that is left before the panel has attached to it', () => {
  const HASTY = { document: 'hasty', frameId: 0, url: 'https://example.test/hasty' };

  function hastyPage(): Page {
    const page = new Page();
    page.recordText(page.watchedSocket().tap, 'hasty');
    return page;
  }

  beforeEach(() => {
    world.session.preserveLog = true;
  });

  test.each(['has announced itself', 'has not announced itself'])(
    'keeps its frames, with its sockets closed, if it %s',
    async (when) => {
      if (when === 'has announced itself') world.bridge.announce(new FakeDocument(HASTY));
      world.bridge.leave(HASTY, hastyPage());
      world.openLive('next');
      await world.pass(AGES);
      expect(world.session.recorder.sockets.all().map(({ readyState }) => readyState)).toEqual([3, 1]);
      expect(world.rows()).toEqual(['hasty', 'open']);
      expect(world.session.totals()).toMatchObject({ observed: 2, stored: 2, dropped: 0, inFlight: 0 });
    },
  );

  test('leaves one gap for the frames that it did not hand over', async () => {
    const page = hastyPage();
    page.outbox.leave();
    const last = page.posted.findLast(({ type }) => type === 'batch');
    page.posted.splice(0, page.posted.length, { ...last, frames: undefined } as PageMessage);
    world.bridge.leave(HASTY, Object.assign(page, { outbox: { leave: () => undefined } }));
    await world.pass(0);
    expect(world.session.totals()).toMatchObject({ observed: 1, stored: 0, dropped: 1, inFlight: 0 });
    expect(world.rows()).toEqual(['gap of 1: left']);
    expect([world.store.socket(0), world.store.gap(0)?.first]).toEqual([world.socket().number, 1]);
  });

  test('is forgotten if the log is not preserved', () => {
    world.session.preserveLog = false;
    world.bridge.leave(HASTY, hastyPage());
    expect(world.session.recorder.sockets.all()).toEqual([]);
  });
});

describe('a document that is left while the panel is attached to it', () => {
  test.each([
    ['once, if they come both ways', false],
    ['if the browser has disconnected its port before', true],
  ])('has its last words in the list %s', async (_, isCut) => {
    world.session.preserveLog = true;
    const { document, page, tap } = world.openLive('old');
    page.recordText(tap, 'before');
    await world.pass(AGES);
    if (isCut) document.cut();
    page.recordText(tap, 'bye');
    world.bridge.leave(document.identity, page);
    world.openLive('next');
    await world.pass(AGES);
    expect(world.rows()).toEqual(['open', 'before', 'bye', 'open']);
    expect(world.session.totals()).toMatchObject({ observed: 4, stored: 4, dropped: 0, inFlight: 0 });
  });

  /** What comes of a page whose document has made room for the next one, and that then hands over so many frames, in batches of 4,096. */
  async function handOver(
    frames: number,
    { cut = () => undefined, apart = 0 }: { cut?: (words: PageMessage[]) => void; apart?: number } = {},
  ) {
    world.session.preserveLog = true;
    const { document, page, tap } = world.openLive('old');
    await world.pass(AGES);
    world.openLive('next');
    await world.pass(AGES);
    for (let index = 0; index < frames; index++) page.recordText(tap, `${index}`);
    const { posted } = page;
    posted.splice(0);
    page.outbox.attach(LAST_WORDS, 2); // as it does when it is left before it hears that it is detached
    cut(posted);
    const gone = Object.assign(page, { outbox: { leave: () => undefined } });
    for (const message of posted.splice(0)) {
      posted.push(message);
      world.bridge.leave(document.identity, gone);
      posted.splice(0);
      await world.pass(apart);
    }
    await world.pass(AGES);
  }

  test('has all of them in the list, in however many batches they come', async () => {
    await handOver(9000);
    expect(world.rows().filter((row) => row.startsWith('gap'))).toEqual([]);
    expect(world.session.totals()).toMatchObject({ stored: 9002, dropped: 0, inFlight: 0 });
  });

  test('waits for each batch anew: a busy panel hears them late', async () => {
    await handOver(13_000, { apart: 700 });
    expect(world.rows().filter((row) => row.startsWith('gap'))).toEqual([]);
    expect(world.session.totals()).toMatchObject({ stored: 13_002, dropped: 0, inFlight: 0 });
  });

  test('has a gap for those that were to come and do not', async () => {
    const isBatch = ({ type }: PageMessage) => type === 'batch';
    await handOver(9000, { cut: (words) => words.splice(words.findIndex(isBatch) + 1) });
    expect(world.rows().filter((row) => row.startsWith('gap'))).toEqual(['gap of 4904: left']);
    expect(world.session.totals()).toMatchObject({ stored: 4098, dropped: 4904, inFlight: 0 });
  });

  test('has one gap for those of which only the number was handed over, which says whose they are', async () => {
    const withoutFrames = (message: PageMessage): PageMessage =>
      message.type === 'batch' ? { ...message, frames: undefined } : message;
    const cut = (words: PageMessage[]) => {
      const [first = -1] = words.flatMap(({ type }, index) => (type === 'batch' ? [index] : []));
      for (let index = first + 1; index < words.length; index++) {
        words.splice(index, 1, ...words.slice(index, index + 1).map(withoutFrames));
      }
    };
    await handOver(9000, { cut });
    const rows = world.rows();
    const at = rows.indexOf('gap of 4904: left');
    expect(rows.filter((row) => row.startsWith('gap'))).toEqual(['gap of 4904: left']);
    expect([world.store.socket(at), world.store.gap(at)?.first]).toEqual([world.socket().number, 4098]);
    expect(world.session.totals()).toMatchObject({ stored: 4098, dropped: 4904, inFlight: 0 });
  });
});

/** Leaves the page while eight of its frames are in flight, as the panel knows. */
function leaveInFlood(isTold: boolean) {
  world.session.preserveLog = true;
  const { document, page, tap } = world.openLive('before');
  const record = (text: string, time = 0) =>
    page.outbox.record(tap, FrameKind.sentText, 0, time, text, undefined, undefined);
  for (let i = 0; i < 14; i++) record('s'.repeat(900_000));
  if (isTold) page.outbox.poll();
  while (world.session.totals().inFlight < 8) {
    world.bridge.network.run(1);
    vi.advanceTimersByTime(1);
  }
  const { page: next } = world.openLive('after');
  const comeBack = () => {
    world.bridge.show(document);
    world.bridge.announce(document);
    world.deliver();
  };
  return { record, comeBack, pages: [page, next] };
}

test.each([true, false])(
  'what was lost when a page was left is not counted again when the page has come back and loses more; whose it was is known: %s',
  (isTold) => {
    const { record, comeBack, pages } = leaveInFlood(isTold);
    const lateEnough = Date.now() + 20_000;
    for (let i = 0; i < HISTORY + 100; i++) record('later', lateEnough + i * 100);
    comeBack();
    world.expectWholeLedger(...pages);
    expect(world.rows().filter((row) => row.startsWith('gap'))).toEqual([
      'gap of 8: left',
      'gap of 100: disconnected',
    ]);
  },
);
