import { beforeEach, describe, expect, it } from 'vitest';
import { openSocket, type TestWindow } from './helpers/page.ts';
import {
  expectLines,
  expectNotice,
  expectStates,
  fact,
  lines,
  SOON,
  selectRow,
  showSocket,
  showTab,
} from './helpers/panel.ts';
import type { Connection } from './helpers/server.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

describe.each(BROWSERS)('acting in %s', (name) => {
  const stage = useStage(name);
  let connection: Connection;
  let path: string;
  let lastPath = 0;

  // A socket of its own for each test; the older ones stay and must not be touched.
  beforeEach(async () => {
    const { page, panel, server } = stage;
    path = `/acting-${++lastPath}`;
    await openSocket(page, server.sockets + path);
    connection = await server.connection(path);
    await showSocket(panel, path);
    await expectLines(panel, ['open connected']);
  });

  async function compose(format: 'text' | 'base64' | 'hex', message: string) {
    await stage.panel.fill('combobox', 'Format', format);
    await stage.panel.fill('textbox', 'Message', message);
  }

  it('sends text, JSON, base64 and hex: the server gets exactly those characters and bytes', async () => {
    const { panel } = stage;
    const texts = ['Grüße 😀', '{"a": 9007199254740993, "a": 1e999}', '{"broken": ', ''];
    for (const [index, text] of texts.entries()) {
      await compose('text', text);
      await panel.click('button', 'Send');
      expect((await connection.messages(index + 1)).at(-1)).toBe(text);
    }
    await compose('base64', 'AP+AgQ==');
    await panel.click('button', 'Send');
    expect((await connection.messages(5)).at(-1)).toEqual(new Uint8Array([0x00, 0xff, 0x80, 0x81]));
    await compose('hex', 'de ad BE EF');
    await panel.focus('textbox', 'Message');
    await panel.press('Enter', ['Control']);
    expect((await connection.messages(6)).at(-1)).toEqual(new Uint8Array([0xde, 0xad, 0xbe, 0xef]));
    await expectLines(panel, [
      'open connected',
      'sent text panel 12 Grüße 😀',
      `sent text panel 35 ${texts[1]}`,
      'sent text panel 11 {"broken":',
      'sent text panel 0 ',
      'sent binary panel 4 00 ff 80 81  ....',
      'sent binary panel 4 de ad be ef  ....',
    ]);
  });

  it('says where hex and base64 are wrong and sends nothing', async () => {
    const { panel } = stage;
    for (const [format, message, complaint] of [
      ['hex', 'de xy', 'Not hexadecimal at character 4'],
      ['base64', 'AP+A*Q==', 'Not base64 at character 5'],
    ] as const) {
      await compose(format, message);
      await panel.waitForText(complaint);
      await panel.click('button', 'Send');
      await expectNotice(panel, 'nothing was sent');
    }
    await compose('text', 'after all');
    await panel.click('button', 'Send');
    expect(await connection.messages(1)).toEqual(['after all']);
  });

  it('resends a frame as it was, text and bytes, and lets it be edited first', async () => {
    const { page, panel } = stage;
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      main?.send('\u0000 as it was \ud83d\ude00 ');
      main?.send(new Uint8Array([1, 2, 250]));
    });
    await connection.messages(2);
    await selectRow(panel, 'as it was');
    await panel.click('button', 'Resend');
    expect((await connection.messages(3)).at(-1)).toBe('\u0000 as it was \ud83d\ude00 ');
    await selectRow(panel, '01 02 fa');
    await panel.click('button', 'Resend');
    expect((await connection.messages(4)).at(-1)).toEqual(new Uint8Array([1, 2, 250]));
    await panel.click('button', 'Edit and resend');
    await expect.poll(async () => (await panel.element('textbox', 'Message')).value, SOON).toBe('01 02 fa');
    await panel.fill('textbox', 'Message', '01 02 fb');
    await panel.click('button', 'Send');
    expect((await connection.messages(5)).at(-1)).toEqual(new Uint8Array([1, 2, 251]));
    await expectLines(panel, [
      'open connected',
      expect.stringMatching(/^sent text 17 /),
      'sent binary 3 01 02 fa  ...',
      expect.stringMatching(/^sent text panel 17 /),
      'sent binary panel 3 01 02 fa  ...',
      'sent binary panel, edited 3 01 02 fb  ...',
    ]);
    await selectRow(panel, '01 02 fb');
    await showTab(panel, 'Info');
    await expect
      .poll(() => fact(panel, 'Marks'), SOON)
      .toBe('sent from this panel · a frame that was edited in the composer');
    await showTab(panel, 'Preview');
  });

  it('injects: every kind of listener gets the message as the server would have sent it', async () => {
    const { page, panel, server } = stage;
    await page.evaluate(() => {
      const own = window as unknown as TestWindow;
      const { main } = own.sockets;
      if (!main) return;
      own.seen = [];
      const note = (who: string) => async (event: MessageEvent<string | Blob | ArrayBuffer>) => {
        const { data, origin, target, type, lastEventId, source, ports } = event;
        const kind = Object.prototype.toString.call(data);
        const sound = target === main && type === 'message' && !lastEventId && !source && !ports.length;
        const entry = [who, kind, '', origin, sound ? 'sound' : 'odd'];
        own.seen.push(entry);
        entry[2] =
          typeof data === 'string' ? data : String(new Uint8Array(await new Response(data).arrayBuffer()));
      };
      main.addEventListener('message', note('listener'));
      main.addEventListener('message', { handleEvent: note('object') });
      main.onmessage = note('property');
    });
    const seen = () => page.evaluate(() => (window as unknown as TestWindow).seen);
    const everyone = (kind: string, data: string) =>
      ['listener', 'object', 'property'].map((who) => [who, kind, data, server.sockets, 'sound']);

    await compose('text', 'never sent ü');
    await panel.click('button', 'Inject');
    const first = everyone('[object String]', 'never sent ü');
    await expect.poll(seen, SOON).toEqual(first);
    await compose('hex', '00 ff');
    await panel.click('button', 'Inject');
    const second = [...first, ...everyone('[object Blob]', '0,255')];
    await expect.poll(seen, SOON).toEqual(second);
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      if (main) main.binaryType = 'arraybuffer';
    });
    await panel.focus('textbox', 'Message');
    await panel.press('Enter', ['Control', 'Shift']);
    await expect.poll(seen, SOON).toEqual([...second, ...everyone('[object ArrayBuffer]', '0,255')]);
    await expectLines(panel, [
      'open connected',
      'received text injected 13 never sent ü',
      'received binary injected 2 00 ff  ..',
      'received binary injected 2 00 ff  ..',
    ]);
    expect(connection.received).toEqual([]);
  });

  it('closes the socket without a code, with 1000, and with a code and a reason', async () => {
    const { page, panel, server } = stage;
    for (const [code, reason, expected] of [
      ['', '', 1005],
      ['1000', '', 1000],
      ['4001', 'tschüs 👋', 4001],
    ] as const) {
      const own = `${path}-${expected}`;
      await openSocket(page, server.sockets + own);
      await showSocket(panel, own);
      await panel.click('button', 'Close socket');
      await panel.fill('textbox', 'Code', code);
      await panel.fill('textbox', 'Reason', reason);
      await panel.click('button', 'Close now');
      expect(await (await server.connection(own)).ended()).toEqual({ code: expected, reason });
      await expectStates(panel, own, 'CLOSED');
      await expectLines(panel, [
        'open connected',
        expect.stringMatching(new RegExp(`^close ${expected} .*${reason}.*clean$`)),
      ]);
      await expect.poll(() => fact(panel, 'close() by'), SOON).toMatch(/^this panel/);
    }
  });

  it('refuses to close with what the standard does not allow, says why, and sends nothing', async () => {
    const { panel } = stage;
    await panel.click('button', 'Close socket');
    for (const [code, reason, complaint] of [
      ['999', '', 'Scripts may use only 1000, 3000–4999 or no code'],
      ['1001', '', 'Scripts may use only 1000, 3000–4999 or no code'],
      ['4000', 'ü'.repeat(62), 'The reason takes 124 bytes; at most 123 fit'],
    ] as const) {
      await panel.fill('textbox', 'Code', code);
      await panel.fill('textbox', 'Reason', reason);
      await panel.waitForText(complaint);
      await expect.poll(async () => (await panel.element('button', 'Close now')).disabled, SOON).toBe(true);
      await panel.focus('textbox', 'Reason');
      await panel.press('Enter');
    }
    await panel.click('button', 'Cancel');
    await compose('text', 'still open');
    await panel.click('button', 'Send');
    expect(await connection.messages(1)).toEqual(['still open']);
    await expectStates(panel, path, 'OPEN');
  });

  it('says that a closed socket takes nothing more, while inject still reaches its page', async () => {
    const { page, panel } = stage;
    await page.evaluate(() => {
      const own = window as unknown as TestWindow;
      own.seen = [];
      own.sockets.main?.addEventListener('message', ({ data }) => own.seen.push(data));
    });
    connection.close(1000);
    await expectStates(panel, path, 'CLOSED');
    await compose('text', 'to nobody');
    await panel.waitForText('This socket is CLOSED');
    await expect.poll(async () => (await panel.element('button', 'Close socket')).disabled, SOON).toBe(true);
    await panel.click('button', 'Send');
    await expectNotice(panel, 'The socket is CLOSED: nothing was sent');
    await panel.click('button', 'Inject');
    await expect
      .poll(() => page.evaluate(() => (window as unknown as TestWindow).seen), SOON)
      .toEqual(['to nobody']);
    await expect
      .poll(async () => (await lines(panel)).filter((line) => line.startsWith('sent')), SOON)
      .toEqual([]);
  });

  describe('replay', () => {
    /** Three sent frames and one received, some time apart. */
    beforeEach(async () => {
      const { page, panel } = stage;
      await page.evaluate(async () => {
        const own = window as unknown as TestWindow;
        own.seen = [];
        own.sockets.main?.addEventListener('message', ({ data }) => own.seen.push(data));
        const { main } = own.sockets;
        main?.send('first');
        for (const text of ['second', 'third']) {
          await new Promise((resolve) => setTimeout(resolve, 300));
          main?.send(text);
        }
      });
      await connection.messages(3);
      connection.send('answer');
      await expectLines(panel, [
        'open connected',
        'sent text 5 first',
        'sent text 6 second',
        'sent text 5 third',
        'received text 6 answer',
      ]);
    });

    it('sends what is selected again, in order, and injects what was received', async () => {
      const { page, panel } = stage;
      await selectRow(panel, 'first');
      await panel.click('row', { contains: 'answer' }, { modifiers: ['Shift'] });
      await panel.waitForText('4 selected');
      await panel.click('button', 'Replay');
      await expectNotice(panel, 'Replayed 4 frames');
      expect(await connection.messages(6)).toEqual(['first', 'second', 'third', 'first', 'second', 'third']);
      await expect
        .poll(() => page.evaluate(() => (window as unknown as TestWindow).seen), SOON)
        .toEqual(['answer', 'answer']);
      await expect
        .poll(async () => (await lines(panel)).slice(5), SOON)
        .toEqual([
          'sent text panel, replay 5 first',
          'sent text panel, replay 6 second',
          'sent text panel, replay 5 third',
          'received text injected, replay 6 answer',
        ]);
    });

    it('keeps the gaps, shows its progress and can be cancelled', async () => {
      const { panel } = stage;
      await selectRow(panel, 'first');
      for (let step = 0; step < 2; step++) await panel.press('ArrowDown', ['Shift']);
      await panel.waitForText('3 selected');
      await panel.fill('combobox', 'Pace', '1');
      const begun = await panel.evaluate(() => {
        const now = new Date();
        return now.getTime() - now.setHours(0, 0, 0, 0);
      });
      await panel.click('button', 'Replay');
      await expectNotice(panel, 'Replayed 3 frames');
      await expect.poll(async () => (await lines(panel)).length, SOON).toBe(8);
      const times = await panel.evaluate(() =>
        [...document.querySelectorAll('[role=grid] [role=row] [role=gridcell].time')].map(
          (cell) => cell.textContent,
        ),
      );
      const at = (index: number) => Date.parse(`1970-01-01T${times[index]}Z`);
      // The way to the page may take longer for one than for the next, but none is sooner than it was, but for rounding.
      const rounding = 3;
      expect(at(6) - begun).toBeGreaterThan(at(2) - at(1) - rounding);
      expect(at(7) - begun).toBeGreaterThan(at(3) - at(1) - rounding);

      await panel.fill('combobox', 'Pace', '10');
      await panel.click('button', 'Replay');
      // There are three seconds between two of them.
      await panel.waitForText('1 of 3');
      expect(await panel.elements('progressbar', 'Replay progress')).toHaveLength(1);
      await panel.click('button', 'Cancel');
      await expectNotice(panel, 'Replay cancelled after 1 of 3');
      await expect
        .poll(() => connection.received.slice(3), SOON)
        .toEqual(['first', 'second', 'third', 'first']);
      await panel.fill('combobox', 'Pace', '');
    });
  });
});
