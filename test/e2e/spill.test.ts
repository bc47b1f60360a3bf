import { describe, expect, it } from 'vitest';
import type { Panel } from '../../scripts/devtools/driver.ts';
import { axeInBothThemes } from './helpers/axe.ts';
import { openSocket } from './helpers/page.ts';
import { expectLedger, expectTrueLedger, ledger, rawText, rows, SOON, showTab } from './helpers/panel.ts';
import { BLANK, BROWSERS, type Stage, useStage } from './helpers/stage.ts';

/** Bytes of each message, and how many come at a time: less than a page holds back for its panel. */
const SIZE = 500_000;
const AT_A_TIME = 8;

/** Bytes of disk that a browser gives: less than what finds no place in memory. */
const QUOTA = 6_000_000;

/** What a text that is kept as UTF-8 would not survive. */
const HARD = '\0\ud800\ufeff\ufffd\udfff';

/** Text of a message, which begins with its number. */
function message(number: number): string {
  return `${number}:${HARD}`.padEnd(SIZE / 2, number % 2 === 0 ? 'x' : '€') + HARD;
}

/** Sends so many more, and waits until they are stored. Beside them there is the row of the socket's opening. */
async function sendFrom({ page, panel }: Stage, from: number): Promise<void> {
  await page.evaluate(
    (first: number, last: number, size: number, hard: string) => {
      const { main } = (window as unknown as { sockets: { main: WebSocket } }).sockets;
      for (let number = first; number < last; number++) {
        main.send(`${number}:${hard}`.padEnd(size, number % 2 === 0 ? 'x' : '€') + hard);
      }
    },
    from,
    from + AT_A_TIME,
    SIZE / 2,
    HARD,
  );
  await expect.poll(async () => (await ledger(panel)).frames, SOON).toBe(1 + from + AT_A_TIME);
}

/** Files of the extension's own file system, over all panels. */
function filesOnDisk(panel: Panel): Promise<number> {
  return panel.evaluate(async () => {
    type Folder = FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> };
    const count = async (folder: FileSystemDirectoryHandle): Promise<number> => {
      let files = 0;
      for await (const entry of (folder as Folder).values()) {
        files += entry.kind === 'file' ? 1 : await count(entry as FileSystemDirectoryHandle);
      }
      return files;
    };
    return await count(await navigator.storage.getDirectory());
  });
}

function databases(panel: Panel): Promise<number> {
  return panel.evaluate(async () => (await indexedDB.databases()).length);
}

async function setLimit(panel: Panel, name: string, value: string): Promise<void> {
  await panel.click('button', { contains: 'memory ' });
  await panel.fill('spinbutton', { contains: name }, value);
  await panel.press('Enter');
  await panel.press('Escape');
}

async function showFirst(panel: Panel, number: number): Promise<void> {
  await panel.focus('grid', 'Frames');
  await panel.press('Home');
  for (let step = 0; step < number; step++) await panel.press('ArrowDown');
  await showTab(panel, 'Raw');
}

describe.each(BROWSERS)('memory that is short, in %s', (name) => {
  const stage = useStage(name);

  it('sends payloads to the disk, from where they come back as they were', async () => {
    const { page, panel, server } = stage;
    await panel.evaluate(() => {
      const own = window as unknown as { workers: Worker[] };
      own.workers = [];
      window.Worker = new Proxy(Worker, {
        construct(target, [url, options]) {
          const worker = new target(url, options);
          own.workers.push(worker);
          return worker;
        },
      });
    });
    await setLimit(panel, 'Payloads in memory', '8');
    await page.navigate(server.serve('/spill', BLANK));
    await openSocket(page, `${server.sockets}/spill`);
    await sendFrom(stage, 0);
    await sendFrom(stage, AT_A_TIME);
    await sendFrom(stage, 2 * AT_A_TIME);
    await panel.waitForText('disk ');
    await showFirst(panel, 2);
    await expect.poll(async () => (await rawText(panel)) === message(1), SOON).toBe(true);
    await expect.poll(async () => (await rows(panel))[2]?.data.slice(0, 4), SOON).toContain('1:');
  });

  it('survives a worker that is killed', async () => {
    const { panel } = stage;
    await panel.evaluate(() => (window as unknown as { workers: Worker[] }).workers.at(-1)?.terminate());
    await showFirst(panel, 4);
    await expect.poll(async () => (await rawText(panel)) === message(3), SOON).toBe(true);
    await sendFrom(stage, 3 * AT_A_TIME);
    await expectLedger(panel, { frames: 4 * AT_A_TIME + 1, dropped: 0, inFlight: 0 });
    await expectTrueLedger(panel, 4 * AT_A_TIME + 1);
    const workers = () => panel.evaluate(() => (window as unknown as { workers: Worker[] }).workers.length);
    await expect.poll(workers, SOON).toBe(2);
  });

  it('lets payloads go where the disk is full too, and leaves their rows', async () => {
    const { panel } = stage;
    await setLimit(panel, 'Payloads on disk', '2');
    await showFirst(panel, 1);
    await expect.poll(async () => (await rows(panel))[1]?.data, SOON).toMatch(/dropped for lack of memory/);
    await expectLedger(panel, { frames: 4 * AT_A_TIME + 1, dropped: 0, inFlight: 0 });
    await expectTrueLedger(panel, 4 * AT_A_TIME + 1);
    if (name === 'chromium') expect(await axeInBothThemes(panel, 'html')).toEqual([]);
  });

  it('leaves nothing on disk when the list is cleared', async () => {
    const { panel } = stage;
    await setLimit(panel, 'Payloads on disk', '100');
    await sendFrom(stage, 4 * AT_A_TIME);
    await expect.poll(() => filesOnDisk(panel), SOON).toBeGreaterThan(0);
    await panel.click('button', 'Clear');
    await panel.click('button', 'Clear'); // the second one cannot be undone
    await expect.poll(() => filesOnDisk(panel), SOON).toBe(0);
  });

  it.runIf(name === 'chromium')(
    'goes on where the browser gives less than people allow, and says so',
    async () => {
      const { page, panel, server } = stage;
      await page.navigate(server.serve('/quota', BLANK));
      await page.limitStorage?.(await panel.evaluate(() => location.origin), QUOTA);
      await openSocket(page, `${server.sockets}/quota`);
      for (let sent = 0; sent < 5; sent++) await sendFrom(stage, sent * AT_A_TIME);
      await panel.waitForText('The browser allows no more space on disk');
      await expectLedger(panel, { frames: 5 * AT_A_TIME + 1, dropped: 0, inFlight: 0 });
      await expectTrueLedger(panel, 5 * AT_A_TIME + 1);
      await showFirst(panel, 1);
      await expect.poll(async () => (await rows(panel))[1]?.data, SOON).toMatch(/dropped for lack of memory/);
      // What came after it found a place again: all that is missing has gone in whole volumes.
      const usage = () => panel.evaluate(async () => (await navigator.storage.estimate()).usage);
      await expect.poll(usage, SOON).toBeLessThan(QUOTA);
      await panel.focus('grid', 'Frames');
      await panel.press('End');
      await expect.poll(async () => (await rawText(panel)) === message(5 * AT_A_TIME - 1), SOON).toBe(true);
      await page.limitStorage?.(await panel.evaluate(() => location.origin), 1e9);
      await panel.click('button', 'Clear');
      await panel.click('button', 'Clear'); // the second one cannot be undone
      await expect.poll(() => filesOnDisk(panel), SOON).toBe(0);
    },
  );

  it('takes a database where the browser has no file system', async () => {
    const { page, panel, server } = stage;
    await panel.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      await root.removeEntry('framescope-vaults', { recursive: true });
      await root.getFileHandle('framescope-vaults', { create: true }); // no folder can have this name any more
    });
    await page.navigate(server.serve('/database', BLANK));
    await openSocket(page, `${server.sockets}/database`);
    for (let sent = 0; sent < 4; sent++) await sendFrom(stage, sent * AT_A_TIME);
    await expect.poll(() => databases(panel), SOON).toBe(1);
    await showFirst(panel, 2);
    await expect.poll(async () => (await rawText(panel)) === message(1), SOON).toBe(true);
    await panel.click('button', 'Clear');
    await panel.click('button', 'Clear'); // the second one cannot be undone
    await expect.poll(() => databases(panel), SOON).toBe(0);
  });
});
