import { beforeAll, describe, expect, it } from 'vitest';
import { openSocket, sendTexts, type TestWindow } from './helpers/page.ts';
import {
  detailText,
  expectLines,
  ledger,
  lines,
  rawText,
  rowCount,
  rows,
  SOON,
  selectRow,
  showSocket,
  showTab,
} from './helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

describe.each(BROWSERS)('frames in %s', (name) => {
  const stage = useStage(name);

  /** Opens a socket on a path and shows its rows alone. */
  async function begin(path: string) {
    const { page, panel, server } = stage;
    await openSocket(page, server.sockets + path);
    const connection = await server.connection(path);
    await showSocket(panel, path);
    return connection;
  }

  it('shows one row for each text with its exact length in bytes, in true order', async () => {
    const { page, panel } = stage;
    const connection = await begin('/texts');
    const texts = ['ascii', 'Grüße aus Köln', '→ 日本', '😀 two', '', ' spaces ', 'last'];
    await sendTexts(page, texts);
    expect(await connection.messages(texts.length)).toEqual(texts);
    for (const text of ['one', 'zwölf', '👍🏽']) connection.send(text);
    await expectLines(panel, [
      'open connected',
      'sent text 5 ascii',
      'sent text 17 Grüße aus Köln',
      'sent text 10 → 日本',
      'sent text 8 😀 two',
      'sent text 0 ',
      expect.stringMatching(/^sent text 8 /),
      'sent text 4 last',
      'received text 3 one',
      'received text 6 zwölf',
      'received text 8 👍🏽',
    ]);
    const times = (await rows(panel)).map(({ time }) => time);
    expect(times).toEqual([...times].sort());
    connection.close(1000, 'over');
    await expect.poll(async () => (await lines(panel)).at(-1), SOON).toMatch(/^close 1000 .*over.*clean$/);
  });

  it('counts a lone surrogate as the replacement character that goes over the wire', async () => {
    const { page, panel } = stage;
    const connection = await begin('/surrogates');
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      main?.send(`a${String.fromCharCode(0xd800)}`);
      main?.send(`${String.fromCharCode(0xdc00)}b`);
      main?.send(String.fromCharCode(0xdbff, 0xd83d, 0xde00));
    });
    expect(await connection.messages(3)).toEqual(['a\ufffd', '\ufffdb', '\ufffd😀']);
    await expect
      .poll(async () => (await rows(panel)).map(({ bytes }) => bytes), SOON)
      .toEqual([undefined, 4, 4, 7]);
  });

  it('shows buffers, views of every type, views into a larger buffer, and values that become text', async () => {
    const { page, panel } = stage;
    const connection = await begin('/buffers');
    const names = await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      const buffer = Uint8Array.from({ length: 64 }, (_, index) => index).buffer;
      const types = [
        Int8Array,
        Uint8Array,
        Uint8ClampedArray,
        Int16Array,
        Uint16Array,
        Int32Array,
        Uint32Array,
        Float32Array,
        Float64Array,
        BigInt64Array,
        BigUint64Array,
      ];
      main?.send(buffer);
      for (const View of types) main?.send(new View(buffer, 8, 2));
      main?.send(new DataView(buffer, 3, 5));
      main?.send(new Uint8Array(buffer, 60));
      main?.send(new ArrayBuffer(0));
      for (const odd of [17, null, undefined, { toString: () => 'made a string' }]) main?.send(odd as never);
      return types.map(({ BYTES_PER_ELEMENT }) => BYTES_PER_ELEMENT * 2);
    });
    const bytes = (from: number, length: number) => Uint8Array.from({ length }, (_, index) => from + index);
    const sent = [
      bytes(0, 64),
      ...names.map((length) => bytes(8, length)),
      bytes(3, 5),
      bytes(60, 4),
      bytes(0, 0),
    ];
    const texts = ['17', 'null', 'undefined', 'made a string'];
    expect(await connection.messages(sent.length + texts.length)).toEqual([...sent, ...texts]);
    const hex = (part: Uint8Array) => [...part].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    await expectLines(panel, [
      'open connected',
      ...sent.map((part) =>
        expect.stringMatching(new RegExp(`^sent binary ${part.length} ${hex(part.subarray(0, 32))}`)),
      ),
      ...texts.map((text) => `sent text ${text.length} ${text}`),
    ]);
  });

  it('shows what was sent although the buffer is filled again right after', async () => {
    const { page, panel } = stage;
    const connection = await begin('/reused');
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      const view = new Uint8Array(4);
      for (let round = 1; round <= 3; round++) {
        view.fill(round);
        main?.send(round === 2 ? view.buffer : view);
        view.fill(0xee);
      }
    });
    expect(await connection.messages(3)).toEqual([1, 2, 3].map((round) => new Uint8Array(4).fill(round)));
    await expectLines(panel, [
      'open connected',
      'sent binary 4 01 01 01 01  ....',
      'sent binary 4 02 02 02 02  ....',
      'sent binary 4 03 03 03 03  ....',
    ]);
  });

  it('keeps the order of Blobs, whose contents come later, and shows received ones of both binary types', async () => {
    const { page, panel } = stage;
    const connection = await begin('/blobs');
    await page.evaluate(() => {
      const own = window as unknown as TestWindow;
      own.seen = [];
      const { main } = own.sockets;
      main?.addEventListener('message', ({ data }) => own.seen.push(Object.prototype.toString.call(data)));
      main?.send('before');
      main?.send(new Blob(['blöb']));
      main?.send('between');
      main?.send(new Blob([]));
      main?.send('after');
    });
    await connection.messages(5);
    const sent = [
      'open connected',
      'sent text 6 before',
      'sent binary 5 62 6c c3 b6 62  bl..b',
      'sent text 7 between',
      'sent binary 0 ',
      'sent text 5 after',
    ];
    await expectLines(panel, sent);
    connection.send(Buffer.from('as blob'));
    await page.waitFor(() => (window as unknown as TestWindow).seen.length === 1);
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      if (main) main.binaryType = 'arraybuffer';
    });
    connection.send(Buffer.from('as buffer'));
    connection.send('text');
    await expectLines(panel, [
      ...sent,
      'received binary 7 61 73 20 62 6c 6f 62  as blob',
      'received binary 9 61 73 20 62 75 66 66 65 72  as buffer',
      'received text 4 text',
    ]);
    await expect
      .poll(() => page.evaluate(() => (window as unknown as TestWindow).seen), SOON)
      .toEqual(['[object Blob]', '[object ArrayBuffer]', '[object String]']);
    await selectRow(panel, 'as blob');
    await showTab(panel, 'Hex');
    await expect.poll(() => detailText(panel), SOON).toContain('61 73 20 62 6c 6f 62');
  });

  it('shows all bytes of a Blob that is sent right after texts', async () => {
    const { page, panel } = stage;
    const connection = await begin('/blob-after-texts');
    const bytes = Uint8Array.from({ length: 5000 }, (_, index) => (index * 31) % 256);
    await page.evaluate((content: readonly number[]) => {
      const { main } = (window as unknown as TestWindow).sockets;
      for (let index = 0; index < 50; index++) main?.send(`text ${index}`);
      main?.send(new Blob([Uint8Array.from(content)]));
      main?.send('last');
    }, Array.from(bytes));
    expect((await connection.messages(52))[50]).toEqual(bytes);
    await expect.poll(() => rowCount(panel), SOON).toBe(53);
    await selectRow(panel, '00 1f 3e');
    await showTab(panel, 'Raw');
    await expect.poll(() => rawText(panel), SOON).toBe(Buffer.from(bytes).toString('base64'));
    await showTab(panel, 'Hex');
  });

  it('stay where they are once one is clicked, however many come faster than they are drawn', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/flood`, 'flood');
    await showSocket(panel, '/flood');
    const flood = await page.evaluate(() => {
      const { flood: socket } = (window as unknown as TestWindow).sockets;
      let sent = 0;
      return Number(
        setInterval(() => {
          for (let more = 0; more < 50; more++) socket?.send(`flooding ${sent++}`);
        }, 25),
      );
    });
    await expect.poll(() => rowCount(panel), SOON).toBeGreaterThan(2_000);
    await panel.click('row', { contains: 'flooding' }, { nth: 5 });
    await panel.element('button', { contains: ' new' });
    expect((await rows(panel)).filter(({ selected }) => selected)).toHaveLength(1);
    await page.evaluate((timer: number) => clearInterval(timer), flood);
  });

  it('marks what the browser discarded because the socket was closing', async () => {
    const { page, panel } = stage;
    const connection = await begin('/discarded');
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      main?.send('in time');
      main?.close();
      main?.send('too late');
    });
    await connection.ended();
    expect(connection.received).toEqual(['in time']);
    await expectLines(panel, [
      'open connected',
      'sent text 7 in time',
      'sent text not sent 8 too late',
      expect.stringMatching(/^close 1005 .*clean$/),
    ]);
  });

  describe('that are older than the panel', () => {
    beforeAll(async () => {
      const { page, panel, server } = stage;
      await panel.close();
      await page.navigate(`${server.origin}/`);
    });

    it('are there when it opens: sockets, open and closed, and their frames', async () => {
      const { page, server } = stage;
      await openSocket(page, `${server.sockets}/early`);
      const connection = await server.connection('/early');
      await sendTexts(page, ['zero', 'one']);
      connection.send('two');
      await openSocket(page, `${server.sockets}/early-closed`, 'closed');
      (await server.connection('/early-closed')).close(1000, 'early');
      await page.waitFor(() => (window as unknown as TestWindow).sockets.closed?.readyState === 3);
      stage.panel = await page.openPanel();
      await stage.panel.resize(1400, 700);
      await showSocket(stage.panel, '/early-closed');
      await expectLines(stage.panel, [
        'open connected',
        expect.stringMatching(/^close 1000 .*early.* clean$/),
      ]);
      await showSocket(stage.panel, '/early');
      const early = ['open connected', 'sent text 4 zero', 'sent text 3 one', 'received text 3 two'];
      await expectLines(stage.panel, early);
      connection.send('three');
      await expectLines(stage.panel, [...early, 'received text 5 three']);
      await expect.poll(() => ledger(stage.panel), SOON).toEqual({ frames: 7, dropped: 0, inFlight: 0 });
    });

    it('leave a row that says how many are gone where they were too many to keep', async () => {
      const { page, panel, server } = stage;
      await panel.close();
      await page.navigate(`${server.origin}/`);
      await openSocket(page, `${server.sockets}/many`);
      const connection = await server.connection('/many');
      const sent = 13_000;
      await page.evaluate((count: number) => {
        const { main } = (window as unknown as TestWindow).sockets;
        for (let index = 0; index < count; index++) main?.send(`number ${index}`);
      }, sent);
      await connection.messages(sent);
      stage.panel = await page.openPanel();
      await stage.panel.resize(1400, 700);
      const observed = sent + 1;
      await expect.poll(async () => (await ledger(stage.panel)).frames, SOON).toBeGreaterThan(9_000);
      await expect
        .poll(async () => {
          const { frames, dropped, inFlight } = await ledger(stage.panel);
          return [frames + dropped, inFlight];
        }, SOON)
        .toEqual([observed, 0]);
      const { frames, dropped } = await ledger(stage.panel);
      await expect.poll(() => rowCount(stage.panel), SOON).toBe(frames + 1);
      await stage.panel.focus('grid', 'Frames');
      await stage.panel.press('Home');
      const gone = dropped.toLocaleString('en');
      await expect
        .poll(async () => (await lines(stage.panel)).slice(0, 3), SOON)
        .toEqual([
          'open connected', // the socket's record still tells of it
          expect.stringMatching(
            new RegExp(`^gap ${gone} frames .*dropped by the page before the panel was opened · numbers 2–`),
          ),
          expect.stringMatching(new RegExp(`^sent text \\d+ number ${dropped}$`)),
        ]);
      await stage.panel.press('End');
      await expect.poll(async () => (await lines(stage.panel)).at(-1), SOON).toMatch(` number ${sent - 1}`);
    });

    it('do not make the list as high as they are while the text for an empty one still stands below it', async () => {
      // While a panel opens this lasts from the first frames to the picture that shows them.
      const [list, panel] = await stage.panel.evaluate(() => {
        const text = document.createElement('div');
        text.className = 'empty';
        document.querySelector('[role=grid]')?.after(text);
        const { clientHeight = -1 } = document.querySelector('[role=rowgroup]') ?? {};
        text.remove();
        return [clientHeight, innerHeight] as const;
      });
      expect(list).toBeGreaterThanOrEqual(0);
      expect(list).toBeLessThan(panel);
    });
  });
});
