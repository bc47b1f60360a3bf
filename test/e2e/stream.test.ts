import { beforeEach, describe, expect, it } from 'vitest';
import {
  detailText,
  expectLines,
  expectNotice,
  expectStates,
  fact,
  lines,
  SOON,
  selectRow,
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
    await expect
      .poll(async () => (await sockets(panel)).map(({ text }) => text), SOON)
      .toEqual([expect.stringMatching(/stream(?!, not)/)]);
    await showSocket(panel, '/stream');
    await showTab(panel, 'Info');
    await expect.poll(() => fact(panel, 'Interface'), SOON).toContain('WebSocketStream');
    await expect.poll(() => fact(panel, 'Subprotocol'), SOON).toBe('second.v2');
    connection.close(4001, 'over');
    await expectLines(panel, [
      'open connected · second.v2',
      expect.stringMatching(/^close 4001 .*over.* clean$/),
    ]);
    await expectStates(panel, '/stream', 'CLOSED');
    expect(await unhandled()).toEqual([]);
  });

  it('shows what is read and written when the page does it, with the stack of the write', async () => {
    const { page, panel } = stage;
    const connection = await open('/carrying');
    connection.send('to read');
    connection.send(Buffer.from([1, 2, 3]));
    await showSocket(panel, '/carrying');
    await expectLines(panel, ['open connected']);
    const read = await page.evaluate(async () => {
      const { readable, writable } = (window as unknown as StreamWindow).info;
      const writer = writable.getWriter();
      await writer.write('hello');
      const reader = readable.getReader();
      const text: unknown = (await reader.read()).value;
      await writer.write(Uint8Array.of(4, 5, 6).buffer);
      reader.releaseLock();
      for await (const bytes of readable.values({ preventCancel: true }))
        return [text, ...new Uint8Array(bytes as ArrayBuffer)];
      return [];
    });
    expect(read).toEqual(['to read', 1, 2, 3]);
    expect(await connection.messages(2)).toEqual(['hello', Uint8Array.of(4, 5, 6)]);
    await expectLines(panel, [
      'open connected',
      'sent text 5 hello',
      'received text 7 to read',
      expect.stringMatching(/^sent binary 3 .*04 05 06/),
      expect.stringMatching(/^received binary 3 .*01 02 03/),
    ]);
    await selectRow(panel, 'hello');
    await showTab(panel, 'Info');
    await expect.poll(() => detailText(panel), SOON).toContain('Sent by');
  });

  it('shows a message that both branches get once', async () => {
    const { page, panel } = stage;
    const connection = await open('/split');
    for (const text of ['one', 'two']) connection.send(text);
    const read = await page.evaluate(async () => {
      const seen: unknown[] = [];
      for (const branch of (window as unknown as StreamWindow).info.readable.tee()) {
        const reader = branch.getReader();
        for (let count = 0; count < 2; count++) seen.push((await reader.read()).value);
      }
      return seen;
    });
    expect(read).toEqual(['one', 'two', 'one', 'two']);
    await showSocket(panel, '/split');
    await expectLines(panel, ['open connected', 'received text 3 one', 'received text 3 two']);
  });

  it('shows what is piped, says what is given to a worker, and does not write there', async () => {
    const { page, panel } = stage;
    const connection = await open('/piped');
    connection.send('piped');
    const read = await page.evaluate(async () => {
      const { readable, writable } = (window as unknown as StreamWindow).info;
      const { port1 } = new MessageChannel();
      port1.postMessage(writable, [writable as unknown as Transferable]);
      const reader = readable.pipeThrough(new TransformStream<unknown, unknown>()).getReader();
      return (await reader.read()).value;
    });
    expect(read).toBe('piped');
    await showSocket(panel, '/piped');
    await expect
      .poll(async () => (await lines(panel)).sort(), SOON)
      .toEqual([
        expect.stringMatching(/^not seen From here on, messages to the server are not seen/),
        'open connected',
        'received text 5 piped',
      ]);
    await expect
      .poll(async () => (await sockets(panel)).map(({ text }) => text), SOON)
      .toEqual([expect.stringContaining('stream, not all messages seen')]);
    await panel.fill('textbox', 'Message', 'from the panel');
    await panel.click('button', 'Send');
    await expectNotice(panel, 'so nobody else can write');
    expect(connection.received).toEqual([]);
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

  it('is written to from the panel, whoever of the page holds the writer; nothing is injected', async () => {
    const { page, panel } = stage;
    const connection = await open('/written');
    await showSocket(panel, '/written');
    await panel.fill('textbox', 'Message', 'from the panel');
    await panel.click('button', 'Send');
    expect(await connection.messages(1)).toEqual(['from the panel']);
    await page.evaluate(() => (window as unknown as StreamWindow).info.writable.getWriter().write('page'));
    await panel.click('button', 'Send');
    expect(await connection.messages(3)).toEqual(['from the panel', 'page', 'from the panel']);
    await expectLines(panel, [
      'open connected',
      'sent text panel 14 from the panel',
      'sent text 4 page',
      'sent text panel 14 from the panel',
    ]);
    await panel.click('button', 'Inject');
    await expectNotice(panel, 'Nothing can be injected into a WebSocketStream');
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
