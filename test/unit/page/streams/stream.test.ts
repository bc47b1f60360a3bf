import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { Page } from '../../helpers/page.ts';
import { touchedIn } from '../../helpers/touched.ts';

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
  // Readable, writable and what they are made of are those of Node, which follow the standard.
  (globalThis as unknown as Record<string, unknown>).WebSocketStream = FakeStream;
  return { FakeStream };
});

const { toolsOf } = await import('../../../../src/page/streams/tools.ts');
const { patchWebSocketStream } = await import('../../../../src/page/streams/stream.ts');

let page: Page;

beforeEach(newPage);

function newPage(): void {
  page = new Page();
  define('WebSocketStream', FakeStream);
  Object.defineProperty(FakeStream.prototype, 'constructor', { value: FakeStream });
  for (const restore of restores) restore();
  patchWebSocketStream(toolsOf(page.observer));
  page.outbox.attach('s', 1);
}

const READERS_AND_WRITERS = ['ReadableStreamDefaultReader', 'WritableStreamDefaultWriter'];

/** Puts back what the first stream of an earlier test has replaced. */
const restores = [
  ...[ReadableStream, WritableStream, ReadableStreamDefaultReader, WritableStreamDefaultWriter].map(
    ({ prototype }) => prototype as object,
  ),
  globalThis,
].map((prototype) => {
  const names = prototype === globalThis ? READERS_AND_WRITERS : Reflect.ownKeys(prototype);
  const own = names.map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name)] as const);
  return () => {
    for (const [name, property] of own) Object.defineProperty(prototype, name, property ?? {});
  };
});

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

function newStream(url = 'wss://example.test/stream') {
  const { WebSocketStream } = globalThis as unknown as { WebSocketStream: typeof FakeStream };
  return new WebSocketStream(url);
}

const INFO = { protocol: 'v2', extensions: 'x' };

/** A stream that is open: what the server sends it gets with `send`, what it is sent stands in `taken`. */
async function openStream() {
  const taken: unknown[] = [];
  let fill: ReadableStreamDefaultController<unknown> | undefined;
  const readable = new ReadableStream<unknown>({
    start(controller) {
      fill = controller;
    },
  });
  let blocked: Promise<void> | undefined;
  let failing: WritableStreamDefaultController | undefined;
  const writable = new WritableStream<unknown>({
    start(controller) {
      failing = controller;
    },
    async write(chunk) {
      await blocked;
      taken.push(chunk);
    },
  });
  const stream = newStream();
  stream.settle.open({ ...INFO, readable, writable });
  await settled();
  return {
    ...{ stream, readable, writable, taken },
    send: (chunk: unknown) => fill?.enqueue(chunk),
    end: () => fill?.close(),
    fail: (error: unknown) => {
      fill?.error(error);
      failing?.error(error);
      stream.settle.fail(error);
    },
    block: (by: Promise<void>) => {
      blocked = by;
    },
  };
}

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
  test('is reported from its construction on', () => {
    newStream();
    expect(record()).toMatchObject({ url: 'wss://example.test/stream', readyState: 0, isStream: true });
  });

  test('is the native object, and its promises stay as they were', () => {
    const stream = newStream();
    expect(stream).toBeInstanceOf(FakeStream);
    expect(stream.constructor).toBe((globalThis as unknown as Record<string, unknown>).WebSocketStream);
    expect([stream.opened, stream.closed].flatMap((promise) => Reflect.ownKeys(promise))).toEqual([]);
  });

  test('fails as usual, and is not reported', () => {
    expect(() => newStream('no address')).toThrow(DOMException);
    expect(record()).toBeUndefined();
  });

  test('is open with subprotocol and extensions, and closed with code and reason', async () => {
    const stream = newStream();
    stream.settle.open({ ...INFO, readable: new ReadableStream(), writable: new WritableStream() });
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

  test("does not delay the page's own notice of a failure", async () => {
    const stream = newStream();
    const error = new Error('refused');
    stream.settle.fail(error);
    await expect(stream.opened).rejects.toBe(error);
    await expect(stream.closed).rejects.toBe(error);
  });
});

/** Kind, payload and flags of each row. */
function rows() {
  page.acknowledgeAll();
  return page.frames().map(({ kind, payload, flags }) => [kind, payload, flags]);
}

const { open, sentText, sentBinary, receivedText, receivedBinary, unseenSent, unseenReceived } = FrameKind;
const OPEN = [open, undefined, 0];

describe('messages of a WebSocketStream', () => {
  test('are recorded as they are read and written, the sent ones with their stack', async () => {
    const { readable, writable, send } = await openStream();
    send('a');
    send(Uint8Array.of(1, 2));
    const reader = readable.getReader();
    const writer = writable.getWriter();
    expect(await reader.read()).toEqual({ value: 'a', done: false });
    await writer.write('ü');
    await reader.read();
    await writer.write(Uint8Array.of(3));
    await writer.write(7);
    expect(rows()).toEqual([
      OPEN,
      [receivedText, 'a', 0],
      [sentText, 'ü', 0],
      [receivedBinary, Uint8Array.of(1, 2), 0],
      [sentBinary, Uint8Array.of(3), 0],
      [sentText, '7', 0],
    ]);
    const stacks = page.frames().map(({ detail }) => detail?.stack?.includes('stream.test.ts'));
    expect(stacks).toEqual([undefined, undefined, true, undefined, true, true]);
  });

  test('are recorded before the page hears of them, and not before they are read', async () => {
    const { readable, send } = await openStream();
    send('early');
    await settled();
    expect(rows()).toEqual([OPEN]);
    const seen = readable
      .getReader()
      .read()
      .then(() => rows());
    expect(await seen).toEqual([OPEN, [receivedText, 'early', 0]]);
  });

  test('leave back-pressure unchanged', async () => {
    const { readable, writable, send, block, taken } = await openStream();
    let release: (() => void) | undefined;
    block(
      new Promise((resolve) => {
        release = resolve;
      }),
    );
    const writer = writable.getWriter();
    const sizes = [writer.desiredSize];
    for (const text of ['a', 'b']) {
      void writer.write(text);
      sizes.push(writer.desiredSize);
    }
    expect(sizes).toEqual([1, 0, -1]);
    expect(taken).toEqual([]);
    release?.();
    await writer.ready;
    expect(taken).toEqual(['a', 'b']);
    send('x');
    const reader = readable.getReader();
    await reader.read();
    const waiting = reader.read();
    send('y');
    expect(await waiting).toEqual({ value: 'y', done: false });
  });

  test('that a page makes of objects are made by the browser alone', async () => {
    const { writable, taken } = await openStream();
    const chunk = {
      toString(): string {
        throw new Error('not to be called here');
      },
    };
    await writable.getWriter().write(chunk);
    expect(taken).toEqual([chunk]);
    expect(rows()).toEqual([OPEN, [sentText, undefined, FrameFlag.payloadGone]]);
  });

  test('are seen with readers and writers of the constructors', async () => {
    const { readable, writable, send } = await openStream();
    send('a');
    await new ReadableStreamDefaultReader(readable).read();
    await new WritableStreamDefaultWriter(writable).write('b');
    page.outbox.poll();
    expect(rows()).toEqual([OPEN, [receivedText, 'a', 0], [sentText, 'b', 0]]);
  });

  test('are not claimed to be seen with iterators of an unusual make, as Node’s are', async () => {
    const { readable, send } = await openStream();
    send('a');
    await readable.values().next();
    page.outbox.poll();
    expect(rows()).toEqual([OPEN, [unseenReceived, undefined, 0]]);
  });

  test('of a split stream are recorded once, by whichever branch is first', async () => {
    const { readable, send } = await openStream();
    send('a');
    const reader = readable.getReader();
    void reader.read();
    reader.releaseLock();
    const [left, right] = readable.tee();
    for (const text of ['b', 'c', 'd']) send(text);
    const [first, second] = [left.getReader(), right.getReader()];
    await first.read();
    await second.read();
    await second.read();
    await first.read();
    first.releaseLock();
    const [leaf] = left.tee();
    await leaf.getReader().read();
    await second.read();
    expect(rows()).toEqual([OPEN, ...['a', 'b', 'c', 'd'].map((text) => [receivedText, text, 0])]);
  });

  test('that are piped are recorded, both ways, and nothing is asked for before the pipe asks', async () => {
    const { readable, writable, send, end, block, taken } = await openStream();
    let release: (() => void) | undefined;
    block(
      new Promise((resolve) => {
        release = resolve;
      }),
    );
    const pulled: number[] = [];
    const source = new ReadableStream<string>(
      {
        pull(controller) {
          pulled.push(pulled.length);
          controller.enqueue(`out ${pulled.length}`);
          if (pulled.length === 4) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const feeding = source.pipeTo(writable, { preventClose: true });
    await settled();
    // The destination takes one, which it is busy with, and that is all, as without a hook.
    expect([source.locked, writable.locked, pulled.length]).toEqual([true, true, 1]);
    release?.();
    await feeding;
    expect([taken, source.locked, writable.locked]).toEqual([
      ['out 1', 'out 2', 'out 3', 'out 4'],
      false,
      false,
    ]);
    for (const text of ['in 1', 'in 2']) send(text);
    end();
    const read: string[] = [];
    const { readable: through, writable: into } = new TransformStream<string, string>();
    expect(readable.pipeThrough({ readable: through, writable: into })).toBe(through);
    page.outbox.poll();
    for await (const chunk of through) read.push(chunk);
    expect([read, readable.locked]).toEqual([['in 1', 'in 2'], false]);
    const texts = [...[1, 2, 3, 4].map((n) => [sentText, `out ${n}`, 0]), [receivedText, 'in 1', 0]];
    expect(rows()).toEqual([OPEN, ...texts, [receivedText, 'in 2', 0]]);
    expect(record()?.hasUnseen).toBeUndefined();
  });

  test('that are piped end as pipes end: by cancelling, aborting, closing, with the reasons of either side', async () => {
    const first = await openStream();
    const reason = new Error('full');
    await expect(
      first.readable.pipeTo(new WritableStream({ start: (controller) => controller.error(reason) })),
    ).rejects.toBe(reason);
    expect([first.readable.locked, record()?.closing?.by]).toEqual([false, 'page']);
    await expect(first.readable.getReader().read()).resolves.toEqual({ value: undefined, done: true });

    newPage();
    const second = await openStream();
    const aborted: unknown[] = [];
    const piping = second.readable.pipeTo(new WritableStream({ abort: (why) => void aborted.push(why) }));
    const lost = new Error('lost');
    second.stream.closed.catch(() => undefined);
    second.fail(lost);
    await expect(piping).rejects.toBe(lost);
    expect([aborted, second.readable.locked]).toEqual([[lost], false]);

    newPage();
    const third = await openStream();
    await new ReadableStream({ start: (controller) => controller.close() }).pipeTo(third.writable);
    expect([third.writable.locked, record()?.closing?.by]).toEqual([false, 'page']);
  });

  test('are not touched if a pipe is refused, and its options are read once, in order', async () => {
    const { readable, writable } = await openStream();
    const asked: PropertyKey[] = [];
    const watching = (options: object) =>
      new Proxy(options, {
        get: (target, key) => {
          asked.push(key);
          return Reflect.get(target, key) as unknown;
        },
      });
    const refused = readable.pipeTo(new WritableStream(), watching({ signal: 1 }) as StreamPipeOptions);
    expect(readable.locked).toBe(false);
    await expect(refused).rejects.toThrow(TypeError);
    expect(asked).toEqual(['preventAbort', 'preventCancel', 'preventClose', 'signal']);
    const own = new Error('own');
    const throwing = {
      get signal(): AbortSignal {
        throw own;
      },
    };
    await expect(readable.pipeTo(new WritableStream(), throwing)).rejects.toBe(own);
    expect(() => readable.pipeThrough({ readable: new ReadableStream(), writable }, throwing)).toThrow(own);
    expect(() => readable.pipeThrough(undefined as never)).toThrow(TypeError);
    expect([readable.locked, writable.locked]).toEqual([false, false]);
  });

  test('that a pipe leaves to others when it ends have a row that says so, once for each pipe', async () => {
    const { readable, writable, send, taken } = await openStream();
    send('piped');
    const aborting = new AbortController();
    const piping = readable.pipeTo(writable, { signal: aborting.signal, ...KEEPING });
    page.outbox.poll();
    expect(rows()).toEqual([OPEN, [unseenSent, undefined, 0], [unseenReceived, undefined, 0]]);
    expect(record()).toMatchObject({ hasUnseen: true });
    await settled();
    aborting.abort();
    await expect(piping).rejects.toThrow();
    expect(taken).toEqual(['piped']);
    send('read');
    await readable.getReader().read();
    await writable.getWriter().write('written');
    page.outbox.poll();
    expect(rows().slice(3)).toEqual([
      [receivedText, 'read', 0],
      [sentText, 'written', 0],
    ]);
  });

  test('that are taken in other ways are reported when the panel polls, and at the end', async () => {
    const { readable, stream } = await openStream();
    const reader = readable.getReader();
    page.outbox.poll();
    expect(rows()).toEqual([OPEN]);
    reader.releaseLock();
    structuredClone(readable, { transfer: [readable as unknown as ArrayBuffer] });
    stream.settle.close({ closeCode: 1000, reason: '' });
    await settled();
    expect(kinds()).toEqual([open, unseenReceived, FrameKind.close]);
  });

  test('written to a failed stream are marked as never sent, and rejections stay unhandled', async () => {
    const { writable, fail } = await openStream();
    const writer = writable.getWriter();
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', listen);
    fail(new Error('lost'));
    void writer.write('late');
    await settled();
    process.off('unhandledRejection', listen);
    expect(unhandled).toHaveLength(1);
    expect(rows().slice(0, 2)).toEqual([OPEN, [sentText, 'late', FrameFlag.discarded]]);
  });

  test('end when the page ends them', async () => {
    const { writable } = await openStream();
    await writable.getWriter().close();
    expect(record()).toMatchObject({ readyState: 2, closing: { by: 'page' } });
  });

  test('of other streams are not recorded', async () => {
    await openStream();
    const { readable, writable } = new TransformStream<string, string>();
    void writable.getWriter().write('own');
    for await (const chunk of readable) {
      expect(chunk).toBe('own');
      break;
    }
    expect(rows()).toEqual([OPEN]);
  });
});

const KEEPING = { preventAbort: true, preventCancel: true, preventClose: true };

describe('a page without a WebSocketStream', () => {
  test('keeps the functions of streams', () => {
    const { getReader } = ReadableStream.prototype;
    const native = ReadableStreamDefaultReader;
    newPage();
    expect(ReadableStream.prototype.getReader).toBe(getReader);
    expect(globalThis.ReadableStreamDefaultReader).toBe(native);
    newStream();
    expect(ReadableStream.prototype.getReader).not.toBe(getReader);
    expect(ReadableStream.prototype.getReader.name).toBe('getReader');
    expect(ReadableStream.prototype.values).toBe(ReadableStream.prototype[Symbol.asyncIterator]);
    expect(ReadableStreamDefaultReader.prototype.constructor).toBe(ReadableStreamDefaultReader);
  });
});

describe('commands on a WebSocketStream', () => {
  const send = (text: string, marks = 0) =>
    page.commands.run({ type: 'send', socket: 1, payload: { type: 'text', text }, marks });

  test('close it with code and reason', () => {
    const stream = newStream();
    expect(page.commands.run({ type: 'close', socket: 1, code: 4000, reason: 'x' })).toBeUndefined();
    expect(stream.closings).toEqual([{ closeCode: 4000, reason: 'x' }]);
    expect(record()).toMatchObject({ readyState: 2, closing: { by: 'panel', code: 4000, reason: 'x' } });
  });

  test('send with the writer of the page, or with a passing one', async () => {
    const { writable, taken } = await openStream();
    expect(send('no lock')).toBeUndefined();
    expect(writable.locked).toBe(false);
    const writer = writable.getWriter();
    expect(send('its lock', FrameFlag.replayed)).toBeUndefined();
    await writer.write('the page');
    expect(taken).toEqual(['no lock', 'its lock', 'the page']);
    expect(rows()).toEqual([
      OPEN,
      [sentText, 'no lock', FrameFlag.byPanel],
      [sentText, 'its lock', FrameFlag.byPanel | FrameFlag.replayed],
      [sentText, 'the page', 0],
    ]);
  });

  test('do not send if something else writes to the stream, or before it is open', async () => {
    newStream();
    expect(send('x')).toEqual({ reason: 'not-open', readyState: 0 });
    newPage();
    const { writable, taken } = await openStream();
    void new ReadableStream().pipeTo(writable);
    expect(send('x')).toEqual({ reason: 'stream-locked' });
    expect(taken).toEqual([]);
  });

  test('do not inject', async () => {
    await openStream();
    const payload = { type: 'text', text: 'x' } as const;
    const refusal = page.commands.run({ type: 'inject', socket: 1, payload, origin: '', marks: 0 });
    expect(refusal).toEqual({ reason: 'stream-inject' });
  });
});

test('nothing is looked up or set on Object.prototype', async () => {
  const touched = await touchedIn(async () => {
    const one = await openStream();
    const other = await openStream();
    one.send('received');
    const reader = one.readable.getReader();
    await reader.read();
    reader.releaseLock();
    const writer = one.writable.getWriter();
    await writer.write('sent');
    writer.releaseLock();
    const options = { preventAbort: false, preventCancel: true, preventClose: false };
    const { signal } = new AbortController();
    const piped = one.readable.pipeTo(other.writable, { ...options, signal });
    one.send('piped');
    one.end();
    await piped;
    const own = Object.setPrototypeOf({ type: 'close', socket: 2 }, null);
    page.commands.run(own);
    other.stream.settle.close(Object.setPrototypeOf({ closeCode: 1000, reason: '' }, null));
    await settled();
  });
  expect(touched).toEqual([]);
});
