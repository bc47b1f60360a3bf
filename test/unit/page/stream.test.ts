import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FrameKind } from '../../../src/protocol/frames.ts';
import { Page } from '../helpers/page.ts';

/** A WebSocketStream without a network, there before `src/page` looks for one. */
const { FakeStream } = vi.hoisted(() => {
  class FakeStream {
    settle: Record<'open' | 'close' | 'fail', (value?: unknown) => void>;
    readonly closings: unknown[] = [];
    readonly #url: string;
    readonly #opened: Promise<unknown>;
    readonly #closed: Promise<unknown>;

    constructor(url: string) {
      if (!URL.canParse(url)) throw new DOMException('The URL is invalid.', 'SyntaxError');
      this.#url = url;
      this.settle = { open() {}, close() {}, fail() {} };
      this.#opened = new Promise((open, fail) => {
        this.settle.open = open;
        this.settle.fail = fail;
      });
      this.#closed = new Promise((close, fail) => {
        this.settle.close = close;
        this.#opened.catch(fail);
      });
    }

    get url(): string {
      return this.#url;
    }

    get opened(): Promise<unknown> {
      return this.#opened;
    }

    get closed(): Promise<unknown> {
      return this.#closed;
    }

    close(info: unknown): void {
      this.closings.push(info);
    }
  }
  (globalThis as unknown as Record<string, unknown>).WebSocketStream = FakeStream;
  return { FakeStream };
});

const { patchWebSocketStream } = await import('../../../src/page/stream.ts');

let page: Page;

beforeEach(() => {
  page = new Page();
  define('WebSocketStream', FakeStream);
  Object.defineProperty(FakeStream.prototype, 'constructor', { value: FakeStream });
  patchWebSocketStream(page.observer);
  page.outbox.attach('s', 1);
});

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

function newStream(url = 'wss://example.test/stream') {
  const { WebSocketStream } = globalThis as unknown as { WebSocketStream: typeof FakeStream };
  return new WebSocketStream(url);
}

const INFO = { protocol: 'v2', extensions: 'x' };

/** Lets promises call who waits for them. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function record() {
  page.acknowledgeAll();
  return page
    .batches()
    .flatMap(({ sockets }) => sockets)
    .at(-1);
}

function kinds() {
  page.acknowledgeAll();
  return page.frames().map(({ kind }) => kind);
}

describe('a WebSocketStream', () => {
  test('is told of from its construction on', () => {
    newStream();
    expect(record()).toMatchObject({ url: 'wss://example.test/stream', readyState: 0, isStream: true });
  });

  test('is the native object, and its promises stay as they were', () => {
    const stream = newStream();
    expect(stream).toBeInstanceOf(FakeStream);
    expect(stream.constructor).toBe((globalThis as unknown as Record<string, unknown>).WebSocketStream);
    expect([stream.opened, stream.closed].flatMap((promise) => Reflect.ownKeys(promise))).toEqual([]);
  });

  test('fails as ever, and nothing is told of it', () => {
    expect(() => newStream('no address')).toThrow(DOMException);
    expect(record()).toBeUndefined();
  });

  test('is open with subprotocol and extensions, and closed with code and reason', async () => {
    const stream = newStream();
    stream.settle.open(INFO);
    await settled();
    expect(record()).toMatchObject({ readyState: 1, ...INFO });
    stream.settle.close({ closeCode: 4001, reason: 'over' });
    await settled();
    const close = { code: 4001, reason: 'over', wasClean: true };
    expect(record()).toMatchObject({ readyState: 3, close });
    expect(kinds()).toEqual([FrameKind.open, FrameKind.close]);
  });

  test('that fails has an error and an end', async () => {
    newStream().settle.fail(new Error('refused'));
    await settled();
    expect(kinds()).toEqual([FrameKind.error, FrameKind.close]);
    expect(record()).toMatchObject({ readyState: 3, close: { code: 1006, reason: '', wasClean: false } });
  });

  test('does not hold back what the page is told of a failure', async () => {
    const stream = newStream();
    const error = new Error('refused');
    stream.settle.fail(error);
    await expect(stream.opened).rejects.toBe(error);
    await expect(stream.closed).rejects.toBe(error);
  });
});

describe('commands on a WebSocketStream', () => {
  test('close it with code and reason', () => {
    const stream = newStream();
    expect(page.commands.run({ type: 'close', socket: 1, code: 4000, reason: 'x' })).toBeUndefined();
    expect(stream.closings).toEqual([{ closeCode: 4000, reason: 'x' }]);
    expect(record()).toMatchObject({ readyState: 2, closing: { by: 'panel', code: 4000, reason: 'x' } });
  });

  test('do not send or inject', () => {
    newStream();
    const payload = { type: 'text', text: 'x' } as const;
    for (const type of ['send', 'inject'] as const) {
      const refusal = page.commands.run({ type, socket: 1, payload, replayed: false });
      expect(refusal).toEqual({ reason: 'stream' });
    }
  });
});
