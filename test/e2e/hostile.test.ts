import { describe, expect, it } from 'vitest';
import { openSocket, type TestWindow } from './helpers/page.ts';
import {
  detailText,
  expectLedger,
  expectLines,
  expectStates,
  expectTrueLedger,
  ledger,
  lines,
  rowCount,
  rows,
  SOON,
  selectRow,
  showSocket,
  showTab,
  sockets,
} from './helpers/panel.ts';
import { BLANK, BROWSERS, useStage } from './helpers/stage.ts';

/**
 * Scripts of pages that change the built-ins after they have loaded. They run before the page opens its socket; the page
 * tells the server what it sees, because nothing may be evaluated in such a page any more.
 */
const POISONS: Readonly<Record<string, string>> = {
  JSON: `JSON.stringify = JSON.parse = () => { throw new Error('poisoned'); }; JSON = null;`,
  'Array.prototype': `for (const key of Object.getOwnPropertyNames(Array.prototype)) if (key !== 'length' && key !== 'constructor') Array.prototype[key] = () => { throw new Error('poisoned'); };
    Array.prototype[Symbol.iterator] = () => { throw new Error('poisoned'); };
    for (let index = 0; index < 20; index++) Object.defineProperty(Array.prototype, index, { set() { throw new Error('poisoned'); }, configurable: true });`,
  Promise: `Promise.prototype.then = () => { throw new Error('poisoned'); }; Promise.resolve = undefined; Promise = null;`,
  'Object.prototype': `for (const key of ['get', 'set', 'value', 'construct', 'apply', 'writable', 'ports', 'data', 'has', 'type'])
      Object.prototype[key] = () => { throw new Error('poisoned'); };`,
  MessagePort: `for (const key of ['postMessage', 'start', 'close']) MessagePort.prototype[key] = () => { throw new Error('poisoned'); };
    Object.defineProperty(MessagePort.prototype, 'onmessage', { set() { throw new Error('poisoned'); } }); MessageChannel = null;`,
  EventTarget: `own.listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = EventTarget.prototype.dispatchEvent = () => { throw new Error('poisoned'); };`,
  'WebSocket.prototype': `const native = WebSocket.prototype.send;
    WebSocket.prototype.send = function send(data) { return native.call(this, data); };`,
  'Function.prototype': `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw new Error('poisoned'); };`,
  Reflect: `for (const key of Reflect.ownKeys(Reflect)) if (typeof key === 'string') Reflect[key] = () => { throw new Error('poisoned'); }; Proxy = Symbol = Map = WeakMap = null;`,
  'window.WebSocket': `const Native = WebSocket; WebSocket = class extends Native { constructor(...args) { super(...args); this.wrapped = true; } };`,
};

const hostilePage = (path: string, poison: string) => `<!doctype html><meta charset="utf-8"><script>
  const own = {};
  onerror = (message) => { document.title = 'page failed: ' + message; };
</script><script>{ ${poison} }</script><script>
  const socket = new WebSocket('ws://' + location.host + '${path}', 'chosen');
  socket.onopen = () => { socket.send('text'); socket.send(Uint8Array.of(1, 2, 3)); };
  socket.onmessage = ({ data }) => { socket.send('got ' + data); if (data === 'stop') socket.close(4000, 'stopped'); };
</script>`;

/** The panel's window, where it is counted what comes by `runtime.sendMessage`. */
interface Listening {
  heard: number;
  readonly chrome: { readonly runtime: { readonly onMessage: { addListener(listener: () => void): void } } };
}

/** bytes */
const LARGE = 100_000_000;

describe.each(BROWSERS)('hostile pages in %s', (name) => {
  const stage = useStage(name);

  it.each(Object.keys(POISONS))(
    'are captured, and go on as they would, after they have replaced %s',
    async (what) => {
      const { page, panel, server } = stage;
      const path = `/hostile-${what}`;
      await page.navigate(server.serve(path, hostilePage(path, POISONS[what] ?? '')));
      const connection = await server.connection(path);
      await connection.messages(2);
      connection.send('one');
      connection.send('stop');
      expect(await connection.ended()).toEqual({ code: 4000, reason: 'stopped' });
      expect(connection.received).toEqual(['text', new Uint8Array([1, 2, 3]), 'got one', 'got stop']);
      await expectStates(panel, path, 'CLOSED');
      await showSocket(panel, path);
      await expectLines(panel, [
        'open connected · chosen',
        'sent text 4 text',
        'sent binary 3 01 02 03  ...',
        'received text 3 one',
        'sent text 7 got one',
        'received text 4 stop',
        'sent text 8 got stop',
        'close 4000 · “stopped” · clean',
      ]);
    },
  );

  it('may forge handovers and messages: nothing appears, nothing breaks', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/forging', BLANK));
    await page.evaluate(async (url: string) => {
      const record = {
        id: 99,
        url: 'ws://forged/',
        readyState: 1,
        protocol: '',
        extensions: '',
        binaryType: 'blob',
      };
      const batch = {
        type: 'batch',
        credit: { messages: 1, bytes: 0 },
        sockets: [record],
        gone: [],
        observed: 7,
      };
      const { port1, port2 } = new MessageChannel();
      const trap = new Proxy(
        {},
        {
          get() {
            document.title = 'looked at';
          },
        },
      );
      const handover = { ports: [port2], data: trap };
      document.dispatchEvent(new MessageEvent('framescope-handover', handover));
      dispatchEvent(new MessageEvent('framescope-handover', handover));
      dispatchEvent(new MessageEvent('framescope-handover', { ports: [] }));
      for (const message of [
        batch,
        { type: 'replaced' },
        { type: 'hello', session: '', version: 1, nextSeq: 1 },
        null,
        7,
      ]) {
        port1.postMessage(message);
        postMessage(message, '*');
        document.dispatchEvent(new CustomEvent('framescope-handover', { detail: message }));
      }
      const own = window as unknown as TestWindow;
      const socket = new WebSocket(url);
      own.sockets = { main: socket };
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      socket.dispatchEvent(new MessageEvent('message', { data: 'forged message' }));
      socket.dispatchEvent(new CloseEvent('close', { code: 1000, reason: 'forged close' }));
      socket.send('the real one');
    }, `${server.sockets}/real`);
    await showSocket(panel, '/real');
    await expectLines(panel, ['open connected', 'sent text 12 the real one']);
    expect(await page.evaluate(() => document.title)).not.toBe('looked at');
    await expect
      .poll(async () => (await sockets(panel)).map(({ url }) => new URL(url).pathname), SOON)
      .toEqual(['/real']);
    await expect.poll(() => ledger(panel), SOON).toEqual({ frames: 2, dropped: 0, inFlight: 0 });

    await panel.evaluate(() => {
      const own = globalThis as unknown as Listening;
      own.heard = 0;
      own.chrome.runtime.onMessage.addListener(() => {
        own.heard++;
      });
    });
    await page.evaluate(() => {
      for (let round = 0; round < 1000; round++) {
        dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        document.dispatchEvent(new Event('prerenderingchange'));
      }
      (window as unknown as TestWindow).sockets.main?.send('still there');
    });
    await expectLines(panel, ['open connected', 'sent text 12 the real one', 'sent text 11 still there']);
    await expectTrueLedger(panel, 3);
    expect(await panel.evaluate(() => (globalThis as unknown as Listening).heard)).toBe(0);
  });

  it('may receive and send 100 MB: all of it is there and can be sent again, and other sockets go on meanwhile', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/large-page', BLANK));
    for (const name of ['large', 'other']) await openSocket(page, `${server.sockets}/${name}`, name);
    const connection = await server.connection('/large');
    connection.send(`start${'ü€😀'.repeat(Math.floor(LARGE / 9))}the end`);
    await page.evaluate((length: number) => {
      const { large, other } = (window as unknown as TestWindow).sockets;
      const numbers = new Uint32Array(length / 4);
      for (let index = 0; index < numbers.length; index++) numbers[index] = index;
      large?.send(numbers);
      other?.send('in between');
    }, LARGE);
    await showSocket(panel, '/other');
    await expectLines(panel, ['open connected', 'sent text 10 in between']);
    await showSocket(panel, '/large');
    // It takes three seconds, and fifteen times as long on a machine that has other work.
    await expect
      .poll(async () => (await lines(panel)).sort(), { ...SOON, timeout: 90_000 })
      .toEqual([
        'open connected',
        expect.stringMatching(/^received text 100000011 startü€😀ü€😀/),
        expect.stringMatching(/^sent binary 100000000 00 00 00 00 01 00 00 00/),
      ]);
    const [sent] = await connection.messages(1);
    expect(sent).toHaveLength(LARGE);
    await expectLedger(panel, { frames: 5, dropped: 0, inFlight: 0 });
    await expectTrueLedger(panel, 5);
    const atTheEnd = async (data: string) => {
      await selectRow(panel, data);
      await showTab(panel, 'Hex');
      return () =>
        panel.evaluate(() => {
          const list = document.querySelector('.hex-rows');
          if (list) list.scrollTop = list.scrollHeight;
          return [...document.querySelectorAll('.hex-row')].at(-1)?.textContent;
        });
    };
    // The last number of 25 million, and the end of the text.
    await expect.poll(await atTheEnd('00 00 00 00 01 00 00 00'), SOON).toContain('3f 78 7d 01');
    await expect.poll(await atTheEnd('start'), SOON).toMatch(/^05f5e108.*end$/);
    // More than a port of Chrome carries at once.
    await selectRow(panel, '00 00 00 00 01 00 00 00');
    await panel.click('button', 'Resend');
    const [, again] = await connection.messages(2);
    // Far quicker than to compare them number by number.
    expect(typeof again === 'object' && typeof sent === 'object' && Buffer.compare(sent, again)).toBe(0);
  }, 180_000);

  it('may receive text of several parts: what is sent again is what came, unit for unit', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/again`);
    const connection = await server.connection('/again');
    // 1.2 Mi units, which come in three parts; each cut goes through a surrogate pair.
    const text = `\ufeffstart\0, ${'é€😀'.repeat(300_000)}\ufffd`;
    connection.send(text);
    await showSocket(panel, '/again');
    // In Chromium it comes after the 100 MB that have just been sent again.
    await expect.poll(() => rowCount(panel), { ...SOON, timeout: 90_000 }).toBe(2);
    await selectRow(panel, 'start');
    await panel.click('button', 'Resend');
    const [received] = await connection.messages(1);
    expect(received === text).toBe(true);
  });

  it('may receive JSON of a million nested brackets: Preview shows it and the panel answers', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/nested`);
    const connection = await server.connection('/nested');
    await showSocket(panel, '/nested');
    const depth = 1_000_000;
    connection.send('['.repeat(depth) + ']'.repeat(depth));
    connection.send('['.repeat(depth));
    await expect.poll(() => rowCount(panel), SOON).toBe(3);
    await showTab(panel, 'Preview');
    await panel.click('row', { contains: '[[[[[' }, { nth: -2 });
    await expect.poll(async () => (await panel.elements('treeitem')).length, SOON).toBeGreaterThan(0);
    await panel.click('row', { contains: '[[[[[' }, { nth: -1 });
    await expect.poll(() => detailText(panel), SOON).toContain(`line 1, column ${depth + 1}: found the end`);
    await showTab(panel, 'Info');
    connection.send('still there');
    await expect.poll(async () => (await rows(panel)).at(-1)?.data, SOON).toBe('still there');
  });

  it('may receive 50,000 messages in one burst: none is dropped, and the panel answers meanwhile', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/burst-page', BLANK));
    await openSocket(page, `${server.sockets}/burst`);
    await expectStates(panel, '/burst', 'OPEN');
    await showSocket(panel, '/burst');
    const connection = await server.connection('/burst');
    const count = 50_000;
    for (let index = 0; index < count; index++) connection.send(`number ${index} `.padEnd(110, '.'));
    const tab = async () =>
      (await panel.elements('tab')).find(({ states }) => states.selected === 'true')?.name ?? '';
    await panel.focus('tab', await tab());
    do {
      const before = await tab();
      await panel.press('ArrowRight');
      await expect.poll(tab, { timeout: 2000, interval: 20 }).not.toBe(before);
    } while ((await ledger(panel)).frames < count + 1);
    await expectLedger(panel, { frames: count + 1, dropped: 0, inFlight: 0 });
    await expectTrueLedger(panel, count + 1);
    await expect.poll(() => rowCount(panel), SOON).toBe(count + 1);
    await expect
      .poll(async () => (await lines(panel)).at(-1), SOON)
      .toMatch(new RegExp(`^received text 110 number ${count - 1} `));
  });
});
