import { beforeEach, describe, expect, it } from 'vitest';
import {
  expectLines,
  expectNotice,
  expectStates,
  fact,
  SOON,
  showSocket,
  showTab,
  sockets,
} from './helpers/panel.ts';
import { BLANK, useStage } from './helpers/stage.ts';

interface OpenInfo {
  readonly readable: ReadableStream;
  readonly writable: WritableStream;
  readonly protocol: string;
}

/** https://websockets.spec.whatwg.org/#the-websocketstream-interface */
interface Stream {
  readonly opened: Promise<OpenInfo>;
  readonly closed: Promise<{ readonly closeCode: number; readonly reason: string }>;
  close(info?: { readonly closeCode?: number; readonly reason?: string }): void;
}

/** What pages of these tests have. */
interface StreamWindow extends Window {
  readonly WebSocketStream: {
    new (url: string, options?: { protocols?: readonly string[]; signal?: AbortSignal }): Stream;
    readonly prototype: Stream;
  };
  stream: Stream;
  info: OpenInfo;
  unhandled: string[];
}

describe('WebSocketStream in chromium', () => {
  const stage = useStage('chromium');

  beforeEach(async () => {
    const { page, server } = stage;
    await page.navigate(server.serve('/streams', BLANK));
    await page.evaluate(() => {
      const own = window as unknown as StreamWindow;
      own.unhandled = [];
      addEventListener('unhandledrejection', ({ reason }) => own.unhandled.push(String(reason)));
    });
  });

  /** Opens a stream as `stream`, and what it has opened as `info`. */
  async function open(path: string, protocols: readonly string[] = []) {
    await stage.page.evaluate(
      async (url: string, offered: readonly string[]) => {
        const own = window as unknown as StreamWindow;
        own.stream = new own.WebSocketStream(url, { protocols: offered });
        own.info = await own.stream.opened;
      },
      stage.server.sockets + path,
      protocols,
    );
    return stage.server.connection(path);
  }

  const unhandled = () => stage.page.evaluate(() => (window as unknown as StreamWindow).unhandled);

  it('is listed from its handshake to its end, and marked', async () => {
    const { panel } = stage;
    const connection = await open('/stream', ['first.v1', 'second.v2']);
    await expectStates(panel, '/stream', 'OPEN');
    expect((await sockets(panel)).map(({ text }) => text)).toEqual([
      expect.stringContaining('stream, messages not seen'),
    ]);
    await showSocket(panel, '/stream');
    await showTab(panel, 'Info');
    expect(await fact(panel, 'Interface')).toContain('WebSocketStream');
    expect(await fact(panel, 'Subprotocol')).toBe('second.v2');
    connection.close(4001, 'over');
    await expectLines(panel, [
      'open connected · second.v2',
      expect.stringMatching(/^close 4001 .*over.* clean$/),
    ]);
    await expectStates(panel, '/stream', 'CLOSED');
    expect(await unhandled()).toEqual([]);
  });

  it('carries texts, bytes and piped messages as ever', async () => {
    const { page } = stage;
    const connection = await open('/carrying');
    connection.send('to read');
    connection.send(Buffer.from([1, 2, 3]));
    connection.send('to pipe');
    const read = await page.evaluate(async () => {
      const { readable, writable } = (window as unknown as StreamWindow).info;
      const writer = writable.getWriter();
      await writer.write('text');
      await writer.write(Uint8Array.of(4, 5, 6).buffer);
      writer.releaseLock();
      const reader = readable.getReader();
      const text: unknown = (await reader.read()).value;
      const bytes = (await reader.read()).value as ArrayBuffer;
      reader.releaseLock();
      for await (const piped of readable.pipeThrough(new TransformStream())) {
        return [text, ...new Uint8Array(bytes), piped as unknown];
      }
      return [];
    });
    expect(read).toEqual(['to read', 1, 2, 3, 'to pipe']);
    expect(await connection.messages(2)).toEqual(['text', Uint8Array.of(4, 5, 6)]);
  });

  it('that is refused shows an error and a close with 1006', async () => {
    const { page, panel, server } = stage;
    const errors = await page.evaluate(async (url: string) => {
      const own = window as unknown as StreamWindow;
      const { opened, closed } = new own.WebSocketStream(url);
      const name = (error: Error) => error.constructor.name;
      return [await opened.catch(name), await closed.catch(name)];
    }, `${server.sockets}/refuse/stream`);
    expect(errors).toEqual(['WebSocketError', 'WebSocketError']);
    await showSocket(panel, '/refuse/stream');
    await expectLines(panel, [
      expect.stringMatching(/^error /),
      expect.stringMatching(/^close 1006 .*not clean$/),
    ]);
    expect(await unhandled()).toEqual([]);
  });

  it('that is aborted before it opens ends with the error of the browser', async () => {
    const { page, panel, server } = stage;
    const error = page.evaluate(async (url: string) => {
      const own = window as unknown as StreamWindow;
      const controller = new AbortController();
      const { opened } = new own.WebSocketStream(url, { signal: controller.signal });
      own.stream = { abort: () => controller.abort() } as unknown as Stream;
      return opened.catch(String);
    }, `${server.sockets}/held/aborted`);
    await expectStates(panel, '/held/aborted', 'CONNECTING');
    await page.evaluate(() => (window as unknown as { stream: AbortController }).stream.abort());
    expect(await error).toBe('AbortError: WebSocket handshake was aborted');
    await expectStates(panel, '/held/aborted', 'CLOSED');
    server.release('/held/aborted');
    expect(await unhandled()).toEqual([]);
  });

  it('is closed from the panel with a code and a reason', async () => {
    const { page, panel } = stage;
    const connection = await open('/closed-here');
    await showSocket(panel, '/closed-here');
    await panel.click('button', 'Close socket');
    await panel.fill('textbox', 'Code', '4321');
    await panel.fill('textbox', 'Reason', 'enough');
    await panel.click('button', 'Close now');
    expect(await connection.ended()).toEqual({ code: 4321, reason: 'enough' });
    expect(await page.evaluate(() => (window as unknown as StreamWindow).stream.closed)).toEqual({
      closeCode: 4321,
      reason: 'enough',
    });
    await expectStates(panel, '/closed-here', 'CLOSED');
  });

  it('is not written to from the panel, which says why', async () => {
    const { page, panel } = stage;
    const connection = await open('/not-written');
    await showSocket(panel, '/not-written');
    await panel.fill('textbox', 'Message', 'from the panel');
    for (const button of ['Send', 'Inject']) {
      await panel.click('button', button);
      await expectNotice(panel, 'Only the page can send and receive on a WebSocketStream');
    }
    await page.evaluate(() => (window as unknown as StreamWindow).info.writable.getWriter().write('page'));
    expect(await connection.messages(1)).toEqual(['page']);
  });

  it("leaves the page the browser's own objects", async () => {
    await open('/own-objects');
    const seen = await stage.page.evaluate(() => {
      const own = window as unknown as StreamWindow;
      const { WebSocketStream, stream, info } = own;
      const thrown = (run: () => unknown) => {
        try {
          return run();
        } catch (error) {
          return (error as Error).name;
        }
      };
      const twice = (read: () => unknown) => {
        const first = read();
        return read() === first;
      };
      const Callable = WebSocketStream as unknown as (url: string) => unknown;
      class Sub extends WebSocketStream {}
      const sub = new Sub(`ws://${location.host}/subclass`);
      return {
        names: [WebSocketStream.name, WebSocketStream.length, Object.getOwnPropertyNames(WebSocketStream)],
        writable: Object.getOwnPropertyDescriptor(window, 'WebSocketStream')?.enumerable,
        instance: [stream instanceof WebSocketStream, stream.constructor === WebSocketStream],
        subclass: [sub instanceof Sub, sub instanceof WebSocketStream, sub.constructor === Sub],
        same: [twice(() => stream.opened), twice(() => stream.closed)],
        own: [stream, stream.opened, stream.closed].map((object) => Reflect.ownKeys(object).length),
        promise: stream.opened.constructor === Promise,
        info: [Object.keys(info), info.readable.locked, info.writable.locked],
        native: [
          ReadableStream.prototype.getReader,
          ReadableStreamDefaultReader.prototype.read,
          WritableStreamDefaultWriter.prototype.write,
          WebSocketStream.prototype.close,
        ].every((method) => / [a-zA-Z]+\(\) \{ \[native code\] \}/.test(String(method))),
        errors: [
          thrown(() => Callable('ws://localhost')),
          thrown(() => new (WebSocketStream as unknown as new () => unknown)()),
          thrown(() => new WebSocketStream('ws://[no address/')),
        ],
      };
    });
    expect(seen).toEqual({
      names: ['WebSocketStream', 1, ['length', 'name', 'prototype']],
      writable: false,
      instance: [true, true],
      subclass: [true, true, true],
      same: [true, true],
      own: [0, 0, 0],
      promise: true,
      info: [['extensions', 'protocol', 'readable', 'writable'], false, false],
      native: true,
      errors: ['TypeError', 'TypeError', 'SyntaxError'],
    });
  });

  it('asks nothing of what a page has put in place of promises', async () => {
    const { page, panel, server } = stage;
    const asked = await page.evaluate(async (url: string) => {
      const own = window as unknown as StreamWindow;
      const { then } = Promise.prototype;
      let count = 0;
      const spy = { get: () => ++count && Promise, configurable: true };
      Object.defineProperty(Promise.prototype, 'constructor', spy);
      Object.defineProperty(Promise, Symbol.species, spy);
      Object.defineProperty(Promise.prototype, 'then', {
        value(this: Promise<unknown>, ...args: Parameters<typeof then>) {
          count++;
          return Reflect.apply(then, this, args);
        },
      });
      own.stream = new own.WebSocketStream(url);
      const counted = count;
      own.info = await own.stream.opened;
      return counted;
    }, `${server.sockets}/poisoned`);
    expect(asked).toBe(0);
    await expectStates(panel, '/poisoned', 'OPEN');
    await expect.poll(async () => (await sockets(panel)).length, SOON).toBe(1);
  });
});
