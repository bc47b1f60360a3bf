import { describe, expect, it } from 'vitest';
import type { Panel } from '../../scripts/devtools/driver.ts';
import { closeSocket, openSocket, sendTexts, type TestWindow } from './helpers/page.ts';
import {
  detailText,
  expectLines,
  expectNotice,
  expectStates,
  fact,
  nextPicture,
  rawText,
  rowCount,
  rows,
  SOON,
  selectRow,
  showSocket,
  showTab,
  sockets,
} from './helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

interface DevtoolsChrome {
  readonly devtools: {
    readonly panels: { openResource?: (url: string, line: number, column: number, done: () => void) => void };
  };
}

/** All bytes in sight in the Hex tab; how many stand in one line depends on its width. */
function hexBytes(panel: Panel): Promise<string> {
  return panel.evaluate(() => {
    const group = document.querySelector('[role=group][aria-label="Hex"]');
    const columns = [...(group?.querySelectorAll('.hex-bytes') ?? [])];
    return columns.map(({ textContent }) => textContent?.trim().replace(/\s+/g, ' ')).join(' ');
  });
}

/**
 * Runs in the panel: presses End in the list and waits for the tree of the row.
 * @returns ms of the longest time in which the panel did nothing else, and ms that it took in all
 */
async function openLastRow(): Promise<{ pause: number; whole: number }> {
  const start = performance.now();
  let last = start;
  let pause = 0;
  const grid = document.querySelector('[role=grid][aria-label=Frames]');
  grid?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
  const { port1, port2 } = new MessageChannel();
  await new Promise<void>((resolve) => {
    port1.onmessage = () => {
      const now = performance.now();
      pause = Math.max(pause, now - last);
      last = now;
      if (document.querySelector('[role=treeitem]')) resolve();
      else port2.postMessage(undefined);
    };
    port2.postMessage(undefined);
  });
  return { pause, whole: last - start };
}

describe.each(BROWSERS)('reading in %s', (name) => {
  const stage = useStage(name, {
    html: `<!doctype html><meta charset="utf-8"><script>
      function connectToTheServer(url) { return new WebSocket(url); }
      function sayGreeting(socket) { socket.send('greeting'); }
    </script>`,
  });

  /** Sends texts on a socket of its own and shows its rows alone. */
  async function show(path: string, texts: readonly string[]) {
    const { page, panel, server } = stage;
    await openSocket(page, server.sockets + path);
    await sendTexts(page, texts);
    await showSocket(panel, path);
    await expect.poll(() => rowCount(panel), SOON).toBe(texts.length + 1);
  }

  /** Puts the selection on the row with this number, 0 being the first. */
  async function pick(panel: Panel, index: number) {
    await panel.focus('grid', 'Frames');
    await panel.press('Home');
    for (let step = 0; step < index; step++) await panel.press('ArrowDown');
    await expect
      .poll(async () => (await rows(panel)).findIndex(({ selected }) => selected), SOON)
      .toBe(index);
    await nextPicture(panel);
  }

  it('shows JSON as a tree with numbers as they were sent, and duplicate keys', async () => {
    const { panel } = stage;
    const json =
      '{"big": 9007199254740993, "huge": 1e999, "same": 1, "same": 2, "list": [true, null, "ü"], "o": {"in": -0}}';
    await show('/json', [json]);
    await pick(panel, 1);
    await showTab(panel, 'Preview');
    const items = async () => (await panel.elements('treeitem')).map(({ name: item }) => item);
    await expect
      .poll(items, SOON)
      .toEqual([
        expect.stringContaining('{…}'),
        expect.stringMatching(/big ?: ?9007199254740993/),
        expect.stringMatching(/huge ?: ?1e999/),
        expect.stringMatching(/same ?: ?1$/),
        expect.stringMatching(/same ?: ?2$/),
        expect.stringMatching(/list ?: ?\[3\]/),
        expect.stringMatching(/0 ?: ?true/),
        expect.stringMatching(/1 ?: ?null/),
        expect.stringMatching(/2 ?: ?"ü"/),
        expect.stringMatching(/o ?: ?\{…\}/),
        expect.stringMatching(/in ?: ?-0/),
      ]);
    await panel.focus('tree', 'JSON');
    await panel.press('ArrowLeft');
    await expect.poll(async () => (await items()).length, SOON).toBe(1);
    await panel.press('Enter');
    await expect.poll(async () => (await items()).length, SOON).toBeGreaterThan(6);
  });

  it('says in which line and column broken JSON is broken, and keeps it readable', async () => {
    const { panel } = stage;
    const broken = '{"a": 1,\n "b": [1, 2,\n "c": oops}';
    await show('/broken-json', [broken]);
    await pick(panel, 1);
    await showTab(panel, 'Preview');
    await expect.poll(() => detailText(panel), SOON).toContain('Not JSON: line 3, column 5');
    await expect.poll(() => rawText(panel), SOON).toBe(broken);
  });

  it('opens 10 MB of JSON without standing still for as long as reading it takes', async () => {
    const { page, panel } = stage;
    await show('/large-json', []);
    await showTab(panel, 'Preview');
    await page.evaluate(() => {
      const trade = { type: 'trade', price: 64209.18, meta: { venue: 'XBT1', tags: ['a', 'b'] } };
      const trades = Array.from({ length: 120_000 }, (_, id) => ({ id, ...trade }));
      (window as unknown as TestWindow).sockets.main?.send(JSON.stringify(trades));
    });
    await expect.poll(async () => (await rows(panel))[1]?.bytes, SOON).toBeGreaterThan(10_000_000);
    const { pause, whole } = await panel.evaluate(openLastRow);
    // Where the panel itself reads the text, that is nearly all of it.
    expect(pause / whole).toBeLessThan(0.6);
    await expect.poll(async () => (await panel.elements('treeitem'))[0]?.name, SOON).toContain('[120,000]');
    await panel.focus('tree', 'JSON');
    for (const key of ['End', 'ArrowRight', 'ArrowRight']) await panel.press(key);
    await expect
      .poll(async () => (await panel.elements('treeitem')).map(({ name: item }) => item), SOON)
      .toContainEqual(expect.stringMatching(/^id ?: ?119999$/));
  });

  it('shows in Raw exactly what was sent, unit for unit', async () => {
    const { panel } = stage;
    const control = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('');
    const texts = [
      `\u0000 nul${control}\u007f`,
      '\ufeffBOM first',
      'ends with spaces   \t\n',
      '\r\n  starts with a line break\r',
      'mixed \u202e right to left \u200b zero width',
      '<b onclick="alert(1)">not HTML</b> &amp; &lt;',
      '  {"json": [ 1 ,2]}  ',
    ];
    await show('/raw', texts);
    await showTab(panel, 'Raw');
    for (const [index, text] of texts.entries()) {
      await pick(panel, index + 1);
      await expect.poll(() => rawText(panel), SOON).toBe(text);
    }
  });

  it('shows bytes in Hex, of text the UTF-8 that went over the wire', async () => {
    const { page, panel } = stage;
    await show('/hex', ['aé😀']);
    await page.evaluate(() => {
      const bytes = Uint8Array.from({ length: 20 }, (_, index) => index * 13);
      (window as unknown as TestWindow).sockets.main?.send(bytes);
    });
    await showTab(panel, 'Hex');
    await pick(panel, 1);
    await expect.poll(() => hexBytes(panel), SOON).toBe('61 c3 a9 f0 9f 98 80');
    await pick(panel, 2);
    await expect
      .poll(() => hexBytes(panel), SOON)
      .toBe('00 0d 1a 27 34 41 4e 5b 68 75 82 8f 9c a9 b6 c3 d0 dd ea f7');
  });

  it('sees into packets: in a row, in Preview, in Raw, and by a JSON path of the filter', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/protocol/packets`, 'main', ['mqtt']);
    await showSocket(panel, '/protocol/packets');
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      const publish = (json: string) =>
        Uint8Array.of(0x30, json.length + 3, 0, 1, 0x61, ...new TextEncoder().encode(json));
      main?.send(Uint8Array.of(0x82, 8, 0, 9, 0, 3, 0x61, 0x2f, 0x62, 1));
      main?.send(publish('{"degrees":19}'));
      main?.send(publish('{"degrees":21}'));
    });
    const data = async () => (await rows(panel)).map((row) => row.data);
    const published = /^a +\{"degrees":21\}$/;
    await expect
      .poll(data, SOON)
      .toEqual([
        expect.stringContaining('connected'),
        expect.stringMatching(/^SUBSCRIBE +#9 +a\/b QoS 1$/),
        expect.stringMatching(/"degrees":19/),
        expect.stringMatching(published),
      ]);
    await showTab(panel, 'Preview');
    await pick(panel, 1);
    const items = async () => (await panel.elements('treeitem')).map(({ name: item }) => item);
    await expect.poll(items, SOON).toContainEqual(expect.stringMatching(/topic ?: ?"a\/b"/));
    await panel.fill('searchbox', 'Filter frames', '$.degrees > 20');
    await expect.poll(data, SOON).toEqual([expect.stringMatching(published)]);
    await pick(panel, 0);
    await expect
      .poll(items, SOON)
      .toContainEqual(expect.stringMatching(/degrees ?: ?21.*\+2 since previous/));
    await showTab(panel, 'Raw');
    await panel.fill('combobox', { contains: 'Bytes as' }, 'utf8');
    await expect.poll(() => rawText(panel), SOON).toBe('0\u0011\0\u0001a{"degrees":21}');
    await panel.fill('combobox', { contains: 'Bytes as' }, 'base64');
    await expect.poll(() => rawText(panel), SOON).toBe('MBEAAWF7ImRlZ3JlZXMiOjIxfQ==');
    await panel.fill('searchbox', 'Filter frames', '');
    await expect.poll(() => rowCount(panel), SOON).toBe(4);
  });

  it('shows the values of binary messages, read as what they look like or as what a person chooses', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/values`);
    await showSocket(panel, '/values');
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      // {"bid": 2⁵³ + 1}, as MessagePack and as CBOR
      main?.send(Uint8Array.of(0x81, 0xa3, 0x62, 0x69, 0x64, 0xcf, 0, 0x20, 0, 0, 0, 0, 0, 1));
      main?.send(Uint8Array.of(0xa1, 0x63, 0x62, 0x69, 0x64, 0x1b, 0, 0x20, 0, 0, 0, 0, 0, 1));
    });
    const data = async () => (await rows(panel)).map((row) => row.data);
    const value = '{"bid":9007199254740993}';
    await expect.poll(data, SOON).toEqual([expect.stringContaining('connected'), value, value]);
    await showTab(panel, 'Preview');
    await pick(panel, 2);
    const items = async () => (await panel.elements('treeitem')).map(({ name: item }) => item);
    await expect.poll(items, SOON).toContainEqual(expect.stringMatching(/bid ?: ?9007199254740993/));
    expect(await detailText(panel)).toContain('Automatic: CBOR');
    await panel.fill('combobox', 'Read as', 'MessagePack');
    await panel.waitForText('Not MessagePack');
    await expect.poll(async () => (await data())[2], SOON).toMatch(/^a1 63 62/);
    await panel.fill('searchbox', 'Filter frames', '$.bid == 9007199254740993');
    await expect.poll(data, SOON).toEqual([value]);
    await panel.fill('searchbox', 'Filter frames', '');
    await expect.poll(() => rowCount(panel), SOON).toBe(3);
    await pick(panel, 2);
    await panel.fill('combobox', 'Read as', 'auto');
    await expect.poll(async () => (await data())[2], SOON).toBe(value);
    await page.evaluate(() => {
      // {"rows": [7, 7, …]} of 600,000, which a worker reads
      const large = new Uint8Array(600_011).fill(7);
      large.set([0x81, 0xa4, 0x72, 0x6f, 0x77, 0x73, 0xdd, 0, 0x09, 0x27, 0xc0]);
      (window as unknown as TestWindow).sockets.main?.send(large);
    });
    await expect.poll(() => rowCount(panel), SOON).toBe(4);
    await pick(panel, 3);
    await expect.poll(items, SOON).toContainEqual(expect.stringMatching(/rows ?: ?.*600,?000/));
  });

  it('shows in Info size, times and the function of the page that sent or opened', async () => {
    const { page, panel, server } = stage;
    interface Script {
      connectToTheServer(url: string): WebSocket;
      sayGreeting(socket: WebSocket): void;
    }
    await page.evaluate(async (url: string) => {
      const script = window as unknown as Script;
      const socket = script.connectToTheServer(url);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      script.sayGreeting(socket);
      socket.send('x'.repeat(12_345));
    }, `${server.sockets}/info`);
    await showSocket(panel, '/info');
    await expect.poll(() => rowCount(panel), SOON).toBe(3);
    await showTab(panel, 'Info');
    await expect.poll(() => detailText(panel), SOON).toContain('connectToTheServer');
    await pick(panel, 1);
    await expect.poll(() => fact(panel, 'Length'), SOON).toBe('8 B');
    const text = await detailText(panel);
    expect(text).toMatch(/Sent by[\s\S]*sayGreeting[\s\S]*Created by[\s\S]*connectToTheServer/);
    expect(text).not.toMatch(/(chrome|moz)-extension:/);
    await expect.poll(() => fact(panel, 'Kind'), SOON).toBe('sent · text');
    await expect.poll(() => fact(panel, 'Time'), SOON).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
    await expect.poll(() => fact(panel, 'URL'), SOON).toBe(`${server.sockets}/info`);
    await pick(panel, 2);
    await expect.poll(() => fact(panel, 'Length'), SOON).toMatch(/^12\.3 kB \(12,345 B\)$/);
  });

  it('opens the source of a line of a call stack where DevTools can', async () => {
    const { panel } = stage;
    await pick(panel, 1);
    await showTab(panel, 'Info');
    await expect.poll(() => detailText(panel), SOON).toMatch(/sayGreeting/);
    const opened = await panel.evaluate(() => {
      const { chrome } = globalThis as unknown as { chrome: DevtoolsChrome };
      const calls: unknown[][] = [];
      const lines = [...document.querySelectorAll<HTMLElement>('.stack .link')];
      const { panels } = chrome.devtools;
      if (panels.openResource) {
        panels.openResource = (...args) => void calls.push(args.slice(0, 3));
      }
      lines[0]?.click();
      return { calls, place: lines[0]?.title };
    });
    // Firefox has no such function: there the lines are text.
    const [, url, line, column] = /^(.*):(\d+):(\d+)$/.exec(opened.place ?? '') ?? [];
    const calls = [[url, Number(line) - 1, Number(column) - 1]];
    expect(opened.calls).toEqual(name === 'chromium' ? calls : []);
    expect(opened.place !== undefined).toBe(name === 'chromium');
  });

  it('selects all frames of the list and copies their texts', async () => {
    const { panel } = stage;
    await show('/copy', ['one', '{"two": 2}', 'drei']);
    await panel.evaluate(() => {
      const { setData } = DataTransfer.prototype;
      DataTransfer.prototype.setData = function (format, data) {
        document.body.dataset.copied = data;
        setData.call(this, format, data);
      };
    });
    await panel.focus('grid', 'Frames');
    await panel.press('a', ['Control']);
    await expect
      .poll(async () => (await rows(panel)).filter(({ selected }) => selected).length, SOON)
      .toBe(4);
    await panel.press('c', ['Control']);
    await expectNotice(panel, 'Copied 3');
    expect(await panel.evaluate(() => document.body.dataset.copied)).toBe('one\n{"two": 2}\ndrei');
    await panel.press('Escape');
  });

  it('says of a socket which attempt it is, and how long there was no connection', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/lineage?token=1`);
    (await server.connection('/lineage')).close(4001, 'again');
    await expectStates(panel, '/lineage', 'CLOSED');
    await openSocket(page, `${server.sockets}/lineage?token=2`);
    await expectStates(panel, '/lineage', 'CLOSED', 'OPEN');
    await showSocket(panel, '/lineage');
    await showTab(panel, 'Info');
    await expect.poll(() => fact(panel, 'Reconnect'), SOON).toMatch(/^Attempt 2, .* after the previous one/);
    const areSecond = async () => {
      const listed = (await sockets(panel)).filter(({ url }) => url.includes('/lineage'));
      return listed.map(({ text }) => text.includes('attempt 2'));
    };
    await expect.poll(areSecond, SOON).toEqual([false, true]);
    await closeSocket(page);
    await expectStates(panel, '/lineage', 'CLOSED', 'CLOSED');
    await openSocket(page, `${server.sockets}/lineage?token=3`);
    await expectStates(panel, '/lineage', 'OPEN');
    await panel.focus('listbox', 'Sockets');
    await panel.press('Escape');
    await showSocket(panel, '/lineage');
    await expect.poll(() => rowCount(panel), SOON).toBe(5);
    await panel.focus('listbox', 'Sockets');
    await panel.press('ArrowRight');
    await expectStates(panel, '/lineage', 'OPEN', 'CLOSED', 'CLOSED');
    await panel.press('ArrowLeft');
    await expectStates(panel, '/lineage', 'OPEN');
  });

  it('records no call stacks while that is switched off', async () => {
    const { page, panel } = stage;
    await show('/no-stacks', []);
    await showTab(panel, 'Info');
    let count = 0;
    /** What a click on the box has told the page shows in what it sends next. */
    const hasStack = async () => {
      await sendTexts(page, ['x'.repeat(++count)]);
      await expect.poll(() => rowCount(panel), SOON).toBe(1 + count);
      await panel.focus('grid', 'Frames');
      await panel.press('End');
      await expect.poll(() => fact(panel, 'Length'), SOON).toBe(`${count} B`);
      return (await detailText(panel)).includes('Sent by');
    };
    await expect.poll(() => hasStack(), SOON).toBe(true);
    await panel.click('checkbox', 'Call stacks');
    await expect.poll(hasStack, SOON).toBe(false);
    await panel.click('checkbox', 'Call stacks');
    await expect.poll(hasStack, SOON).toBe(true);
  });

  it('shows HTML in addresses, reasons and payloads as text', async () => {
    const { page, panel, server } = stage;
    const image = `<img src=x onerror="document.title='harmed'"><script>document.title='harmed'</script>`;
    await openSocket(page, `${server.sockets}/html?q=<b>b</b>&'"`, 'main', []);
    await sendTexts(page, [image, `{"<i>key</i>": "${'<u>u</u>'}"}`]);
    (await server.connection('/html')).close(4000, '<h1>reason</h1>');
    await showSocket(panel, '/html');
    await expectLines(panel, [
      'open connected',
      `sent text ${image.length} ${image}`,
      'sent text 26 {"<i>key</i>": "<u>u</u>"}',
      expect.stringMatching(/^close 4000 .*<h1>reason<\/h1>.* clean$/),
    ]);
    for (const tab of ['Preview', 'Raw', 'Hex', 'Info'] as const) {
      await showTab(panel, tab);
      for (const data of ['onerror', 'key', 'reason']) await selectRow(panel, data);
    }
    const foreign = () =>
      panel.evaluate(() => [
        document.title === 'harmed',
        // The editor of the composer has pictures of its own, which show nothing.
        document.querySelectorAll('img:not(.cm-widgetBuffer), b b, main i, main u, main h1, main script')
          .length,
      ]);
    expect(await foreign()).toEqual([false, 0]);
  });
});
