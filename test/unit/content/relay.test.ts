import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LATE_RELAY, type LateRelay, SUCCESSION_EVENT } from '../../../src/protocol/older-pages.ts';
import { HANDOVER_EVENT } from '../../../src/protocol/version.ts';

const ADDRESSES = { chrome: 'chrome-extension://framescope/', firefox: 'moz-extension://framescope/' };

/** Forgets all who listen to it, as a document and its window do with `document.open()`. */
class Erasable extends EventTarget {
  private readonly listeners: Parameters<EventTarget['addEventListener']>[] = [];

  override addEventListener(...listener: Parameters<EventTarget['addEventListener']>): void {
    this.listeners.push(listener);
    super.addEventListener(...listener);
  }

  erase(): void {
    for (const listener of this.listeners.splice(0)) this.removeEventListener(...listener);
  }
}

/** What the browser knows of the content script's document, and what was asked of it. */
class World {
  readonly window = new Erasable();
  readonly document = Object.assign(new Erasable(), {
    readyState: 'loading',
    URL: 'https://example.test/',
  });
  readonly port = { onmessage: undefined as ((event: unknown) => void) | undefined, postMessage: vi.fn() };
  /** Without an id once the extension has been loaded anew. */
  readonly runtime: { id: string | undefined } = { id: 'framescope' };
  readonly sent: { readonly type: string }[] = [];
  readonly listening: string[] = [];
  /** The root of the document is replaced. */
  replaceRoot = () => {};
  /** How often the extension's interfaces were asked for, and the document. */
  asked = 0;
  looked = 0;

  constructor(browser: keyof typeof ADDRESSES = 'chrome') {
    const listens = (what: string) => ({ addListener: () => this.listening.push(what) });
    const runtime = Object.assign(this.runtime, {
      getURL: () => ADDRESSES[browser],
      sendMessage: async (message: { type: string }) => this.sent.push(message),
      onConnect: listens('connect'),
      onMessage: listens('message'),
    });
    const world = this;
    vi.stubGlobal('browser', {
      get runtime() {
        world.asked++;
        return runtime;
      },
    });
    Object.defineProperty(globalThis, 'document', {
      configurable: true,
      get() {
        world.looked++;
        return world.document;
      },
    });
    vi.stubGlobal('addEventListener', (type: string, listener: (event: unknown) => void) => {
      const trusting = (event: Event) =>
        listener(type === 'pageshow' ? { persisted: true, isTrusted: true } : event);
      this.window.addEventListener(type, type === 'pageshow' ? trusting : listener);
    });
    vi.stubGlobal(
      'MutationObserver',
      class {
        constructor(changed: () => void) {
          world.replaceRoot = changed;
        }
        observe(): void {}
      },
    );
    vi.stubGlobal('removeEventListener', this.window.removeEventListener.bind(this.window));
    // Node's takes no ports but its own.
    vi.stubGlobal(
      'MessageEvent',
      class extends Event {
        constructor(type: string, init: object) {
          super(type);
          Object.assign(this, init);
        }
      },
    );
    vi.stubGlobal(LATE_RELAY, undefined);
    vi.stubGlobal('FOR_FIREFOX', browser === 'firefox');
  }

  /** The document comes back from the back/forward cache. */
  comeBack(): void {
    this.window.dispatchEvent(new Event('pageshow'));
  }

  /** As `document.open()` does. */
  open(): void {
    this.window.erase();
    this.document.erase();
    this.replaceRoot();
  }

  async start(): Promise<void> {
    vi.resetModules();
    await import('../../../src/content/relay.ts');
  }

  /** As the hook does before any script of the page runs. */
  handOver(): void {
    this.window.dispatchEvent(this.handover());
  }

  /** The event that brings the port. */
  handover(type = HANDOVER_EVENT, data?: number): Event {
    return Object.assign(new Event(type), { ports: [this.port], data });
  }

  hear(data: unknown, isTrusted: boolean): void {
    this.port.onmessage?.({ data, isTrusted });
  }

  types(): string[] {
    return this.sent.map(({ type }) => type);
  }
}

let world: World;

beforeEach(async () => {
  world = new World();
  await world.start();
});

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, 'document');
});

const HELLO = { type: 'hello', session: '', version: 1 };
const BATCH = { type: 'batch', credit: { messages: 1, bytes: 1 }, sockets: [], counts: [], observed: 1 };

describe('before the first script of the page', () => {
  test('nothing is asked of the browser, which takes time', () => {
    world.handOver();
    expect(world.port.onmessage).toBeTypeOf('function');
    expect(world.asked).toBe(0);
    expect(world.looked).toBe(0);
  });

  test('the page sees nothing of the handover', () => {
    const seen = vi.fn();
    world.window.addEventListener(HANDOVER_EVENT, seen);
    world.handOver();
    expect(seen).not.toHaveBeenCalled();
  });
});

test('with the first message the document is announced, once, and the panel is listened for', () => {
  world.handOver();
  world.hear(0, true);
  world.hear(0, true);
  expect(world.sent).toMatchObject([{ type: 'framescope-document', shownAt: expect.any(Number) }]);
  expect(world.listening).toEqual(['connect', 'message']);
});

test('a page that is left at once is announced before its last words', () => {
  world.handOver();
  world.hear(HELLO, false);
  world.hear(BATCH, false);
  expect(world.types()).toEqual(['framescope-document', 'framescope-last-words']);
});

test('what a page says in its session for last words after it has come back is left for whoever asks for it', () => {
  const leave = () => {
    world.hear(HELLO, false);
    world.hear(BATCH, false);
  };
  world.handOver();
  leave();
  world.comeBack();
  world.hear(BATCH, false);
  expect(world.types()).toEqual(['framescope-document', 'framescope-last-words', 'framescope-document']);
  leave();
  expect(world.types().at(-1)).toBe('framescope-last-words');
});

test('what a page says with nobody there are no last words as long as it stays', () => {
  world.handOver();
  world.hear(0, true);
  world.hear(BATCH, true);
  expect(world.types()).toEqual(['framescope-document']);
});

describe('a document that is written anew', () => {
  test('is announced when it comes back, as before, and once', () => {
    world.handOver();
    world.hear(0, true);
    for (const change of [world.open, world.replaceRoot, world.open]) change.call(world);
    world.comeBack();
    expect(world.types()).toEqual(['framescope-document', 'framescope-document']);
  });

  test('hands on its port when the extension is loaded anew', () => {
    world.handOver();
    world.hear(0, true);
    world.open();
    world.runtime.id = undefined;
    const handed = vi.fn();
    world.document.addEventListener(HANDOVER_EVENT, handed);
    world.document.dispatchEvent(new Event(SUCCESSION_EVENT));
    expect(handed).toHaveBeenCalledTimes(1);
  });

  test('in Firefox tells the hook anew who its heirs are, and only if it has forgotten', async () => {
    const firefox = new World('firefox');
    await firefox.start();
    firefox.handOver();
    firefox.hear(0, true);
    firefox.replaceRoot();
    expect(firefox.port.postMessage.mock.calls).toEqual([[{ type: 'heir', name: ADDRESSES.firefox }]]);
    firefox.open();
    expect(firefox.port.postMessage).toHaveBeenCalledTimes(2);
  });
});

test('a document without a hook has nothing to announce', () => {
  world.window.dispatchEvent(new Event(HANDOVER_EVENT));
  expect(world.sent).toEqual([]);
  expect(world.asked).toBe(0);
});

describe('a page that is older than the script', () => {
  const isThere = () => (globalThis as LateRelay)[LATE_RELAY]?.();

  test('in Chrome is asked for its port when the panel has brought the script', () => {
    world.document.addEventListener(SUCCESSION_EVENT, () =>
      world.document.dispatchEvent(world.handover(HANDOVER_EVENT, 5)),
    );
    expect(isThere()).toBe(true);
    expect(world.sent).toMatchObject([{ type: 'framescope-document', since: 5 }]);
  });

  test('in Chrome may have no hook; the one that comes then is taken, with the time', () => {
    expect(isThere()).toBe(false);
    world.handOver();
    world.hear(0, true);
    expect(isThere()).toBe(true);
    expect(world.sent).toMatchObject([{ type: 'framescope-document', since: expect.any(Number) }]);
  });

  test('is not asked where a hook has handed over its port', () => {
    const asked = vi.fn();
    world.document.addEventListener(SUCCESSION_EVENT, asked);
    world.handOver();
    world.hear(0, true);
    expect(isThere()).toBe(true);
    expect(asked).not.toHaveBeenCalled();
    expect(world.sent).toMatchObject([{ since: undefined }]);
  });

  test.each([
    { readyState: 'loading', URL: 'https://example.test/', times: 0 },
    { readyState: 'complete', URL: 'about:blank', times: 0 },
    { readyState: 'complete', URL: 'https://example.test/', times: 1 },
  ])('in Firefox is asked by the script itself: $readyState, $URL', async ({ times, ...state }) => {
    const firefox = new World('firefox');
    Object.assign(firefox.document, state);
    const asked = vi.fn();
    firefox.document.addEventListener(ADDRESSES.firefox, asked, { once: true });
    await firefox.start();
    expect(asked).toHaveBeenCalledTimes(times);
  });
});
