import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { goOnReading, holdReading } from './helpers/held-files.ts';
import { closeSocket, openSocket, type TestWindow } from './helpers/page.ts';
import {
  expectLedger,
  expectLines,
  expectNotice,
  expectStates,
  ledger,
  lines,
  rowCount,
  SOON,
  selectRow,
  showSocket,
  sockets,
  statesOf,
} from './helpers/panel.ts';
import type { Connection } from './helpers/server.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

/** What tests put into the panel. */
interface SpiedWindow extends Window {
  copied: string[];
}

describe.each(BROWSERS)('files and copies in %s', (name) => {
  const downloads = mkdtempSync(path.join(tmpdir(), 'framescope-downloads-'));
  const stage = useStage(name, { launch: { downloads } });
  let connection: Connection;
  let place: string;
  let lastPlace = 0;

  const ROWS = [
    'open connected',
    'sent text 14 {"op":"hello"}',
    'sent text 3 ⟨U+D83D⟩',
    'sent binary 3 00 01 ff  ...',
  ];

  // A socket of its own for each test, and nothing but its frames.
  beforeEach(async () => {
    const { page, server, panel } = stage;
    if (lastPlace > 0) {
      await closeSocket(page);
      await expectStates(panel, place, ...(await statesOf(panel, place)).map(() => 'CLOSED'));
    }
    place = `/files-${++lastPlace}`;
    await panel.click('button', 'Clear');
    await openSocket(page, server.sockets + place);
    connection = await server.connection(place);
    await page.evaluate(() => {
      const { main } = (window as unknown as TestWindow).sockets;
      main?.send('{"op":"hello"}');
      main?.send('\ud83d');
      main?.send(new Uint8Array([0, 1, 255]));
    });
    await connection.messages(3);
    await expectLines(panel, ROWS);
  });

  afterAll(() => rm(downloads, { recursive: true, force: true }));

  /** Chooses what begins with a letter in a menu that is opening. */
  async function chooseByKey(menu: string, letter: string, label: string): Promise<void> {
    const { panel } = stage;
    await panel.element('menu', menu);
    // A key goes to what has the focus, which the menu gets after it is there.
    await panel.waitFor(() => Boolean(document.activeElement?.closest('[role=menu]')));
    await panel.press(letter);
    await panel.waitFor((text: string) => document.activeElement?.textContent?.includes(text), label);
    await panel.press('Enter');
  }

  /** Chooses a format in the menu of Export by key, and gives the file that is written. */
  async function exported(format: string): Promise<string> {
    await stage.panel.focus('button', 'Export');
    await stage.panel.press('Enter');
    await chooseByKey('Export', format.charAt(0), format);
    const written = async () => {
      const files = await readdir(downloads);
      const file = files.find((each) => /\.(har|ndjson|csv)$/.test(each));
      if (file === undefined || files.some((each) => each.endsWith('.part'))) return '';
      return await readFile(path.join(downloads, file), 'utf8');
    };
    await expect.poll(written, SOON).not.toBe('');
    const text = await written();
    // Its name is the time: the next one of the same second would have the same.
    for (const file of await readdir(downloads)) await rm(path.join(downloads, file));
    return text;
  }

  /** Opens a file as if it had been chosen with the button Import. */
  async function chooseFile(file: string, text: string): Promise<void> {
    await stage.panel.evaluate(
      (fileName: string, contents: string) => {
        const input = document.querySelector<HTMLInputElement>('input[type=file]');
        if (!input) throw new Error('there is no place for a file');
        const transfer = new DataTransfer();
        transfer.items.add(new File([contents], fileName));
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      },
      file,
      text,
    );
  }

  it.each(['NDJSON', 'HAR'])(
    'brings back from %s what has been exported, as a socket that is read-only',
    async (format) => {
      const { panel } = stage;
      const text = await exported(format);
      await panel.click('button', 'Clear');
      await chooseFile(`again-${format}`, text);
      await expectNotice(panel, `Imported from again-${format} — frames: 4, sockets: 1`);
      const imported = async () => {
        const listed = (await sockets(panel)).filter(({ text: facts }) => facts.includes('imported'));
        return listed.map(({ url, state }) => [new URL(url).pathname, state]);
      };
      await expect.poll(imported, SOON).toEqual([[place, 'CLOSED']]);
      await expectLines(panel, ROWS);
      await expectLedger(panel, { frames: 4, dropped: 0, inFlight: 0 });
    },
  );

  it('does not resend a frame of a file, but takes it to an open socket, and replays it there', async () => {
    const { panel } = stage;
    const text = await exported('NDJSON');
    await panel.click('button', 'Clear');
    await chooseFile('mine.ndjson', text);
    await expectLines(panel, ROWS);
    await selectRow(panel, 'hello');
    await panel.click('button', 'Resend');
    await expectNotice(panel, 'read-only');
    await panel.click('button', 'Edit and resend');
    await expect
      .poll(async () => (await panel.element('textbox', 'Message')).value, SOON)
      .toBe('{"op":"hello"}');
    await panel.click('button', 'Send');
    expect((await connection.messages(4)).at(-1)).toBe('{"op":"hello"}');
    await panel.click('row', { contains: 'hello' }, { nth: 0 });
    await panel.press('End', ['Shift']);
    await panel.click('button', 'Replay');
    await expectNotice(panel, 'eplayed');
    expect((await connection.messages(8))[4]).toBe('{"op":"hello"}');
  });

  it('says with its line what of a file could not be read', async () => {
    const { panel } = stage;
    const file = [
      '{"type":"framescope","version":1}',
      '{"type":"socket","socket":1,"url":"wss://old.test/","readyState":"OPEN","createdAt":1}',
      '{"type":"message","socket":1,"time":2,"direction":"sent","format":"text","length":2,"data":"ok"}',
      '{"type":"message","socket":1,',
    ].join('\n');
    await chooseFile('broken.ndjson', `${file}\n`);
    await panel.waitForText('Line 4: not JSON from column');
    await panel.waitForText('Imported — frames: 1, sockets: 1');
    await panel.focus('button', 'Close');
    await panel.press('Enter');
    await panel.waitFor(() => document.activeElement?.getAttribute('role') === 'grid');
  });

  it('stops a long import when it is cancelled, and keeps its account true', async () => {
    const { panel } = stage;
    await holdReading(panel, 5);
    await panel.evaluate(() => {
      const head =
        '{"type":"socket","socket":1,"url":"wss://long.test/","readyState":"OPEN","createdAt":1}\n';
      const line = `{"type":"message","socket":1,"time":2,"direction":"sent","format":"text","length":100,"data":"${'x'.repeat(100)}"}\n`;
      const file = new File([head, ...Array.from({ length: 20 }, () => line.repeat(10_000))], 'long.ndjson');
      const transfer = new DataTransfer();
      transfer.items.add(file);
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    });
    await panel.waitFor(
      () => Number(document.querySelector<HTMLProgressElement>('.transfer-bar progress')?.value) > 0,
    );
    await panel.focus('button', 'Cancel');
    await panel.press('Escape');
    await goOnReading(panel);
    await expectNotice(panel, 'Cancelled. Imported from long.ndjson so far');
    const imported = async () => (await ledger(panel)).frames;
    await expect.poll(imported, SOON).toBeGreaterThan(ROWS.length);
    expect(await imported()).toBeLessThan(200_000);
    await expect.poll(async () => (await rowCount(panel)) - (await imported()), SOON).toBe(0);
  });

  it('copies a frame as a command by keyboard', async () => {
    const { panel, page, server } = stage;
    await page.evaluate(() => (window as unknown as TestWindow).sockets.main?.send("it's\r\nme"));
    await showSocket(panel, place);
    await selectRow(panel, 'me');
    await panel.evaluate(() => {
      const own = window as unknown as SpiedWindow;
      own.copied = [];
      const { setData } = DataTransfer.prototype;
      DataTransfer.prototype.setData = function (format, data) {
        own.copied.push(data);
        setData.call(this, format, data);
      };
    });
    for (const [letter, label] of [
      ['T', 'Text'],
      ['w', 'websocat command'],
    ] as const) {
      await panel.focus('grid', 'Frames');
      await panel.press('F10', ['Shift']);
      await chooseByKey('Frame', letter, label);
      await expectNotice(panel, `Copied: ${label}`);
    }
    const origin = await page.evaluate(() => location.origin);
    expect(await panel.evaluate(() => (window as unknown as SpiedWindow).copied)).toEqual([
      "it's\r\nme",
      String.raw`printf 'it'\''s\015\012me' | websocat --text --no-close --origin='${origin}' --null-terminated '${server.sockets}${place}'`,
    ]);
    await expect.poll(() => lines(panel), SOON).toContain("sent text 8 it's␊me");
  });
});
