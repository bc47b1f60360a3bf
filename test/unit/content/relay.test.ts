import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HANDOVER_EVENT } from '../../../src/protocol/version.ts';

/** What the browser knows of the content script's document, and what was asked of it. */
class World {
  readonly document = Object.assign(new EventTarget(), {
    readyState: 'loading',
    URL: 'https://example.test/',
  });
  readonly port = { onmessage: undefined as ((event: unknown) => void) | undefined, postMessage: vi.fn() };
  readonly sent: { readonly type: string }[] = [];
  readonly listening: string[] = [];
  /** The document comes back from the back/forward cache. */
  comeBack = () => {};
  /** How often the extension's interfaces were asked for. */
  asked = 0;

  constructor() {
    const listens = (what: string) => ({ addListener: () => this.listening.push(what) });
    const runtime = {
      id: 'framescope',
      getURL: () => 'chrome-extension://framescope/',
      sendMessage: async (message: { type: string }) => this.sent.push(message),
      onConnect: listens('connect'),
      onMessage: listens('message'),
    };
    const world = this;
    vi.stubGlobal('browser', {
      get runtime() {
        world.asked++;
        return runtime;
      },
    });
    vi.stubGlobal('document', this.document);
    vi.stubGlobal('addEventListener', (type: string, listener: (event: unknown) => void) => {
      if (type === 'pageshow') this.comeBack = () => listener({ persisted: true, isTrusted: true });
    });
    vi.stubGlobal('framescopeRelay', undefined);
  }

  /** As the hook does before any script of the page runs. */
  handOver(): void {
    this.document.dispatchEvent(Object.assign(new Event(HANDOVER_EVENT), { ports: [this.port] }));
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
  vi.resetModules();
  world = new World();
  await import('../../../src/content/relay.ts');
});

afterEach(() => vi.unstubAllGlobals());

const HELLO = { type: 'hello', session: '', version: 1 };
const BATCH = { type: 'batch', credit: { messages: 1, bytes: 1 }, sockets: [], counts: [], observed: 1 };

describe('before the first script of the page', () => {
  test('nothing is asked of the browser, which takes time', () => {
    world.handOver();
    expect(world.port.onmessage).toBeTypeOf('function');
    expect(world.asked).toBe(0);
  });

  test('the page sees nothing of the handover', () => {
    const seen = vi.fn();
    world.document.addEventListener(HANDOVER_EVENT, seen);
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

test('a document without a hook has nothing to announce', () => {
  world.document.dispatchEvent(new Event(HANDOVER_EVENT));
  expect(world.sent).toEqual([]);
  expect(world.asked).toBe(0);
});
