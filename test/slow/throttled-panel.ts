import { describe, expect, it } from 'vitest';
import type { BrowserName, InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import { CAN_THROTTLE, throttle } from '../../scripts/devtools/throttle.ts';
import { closeSocket, openSocket, sendTexts, type TestWindow } from '../e2e/helpers/page.ts';
import {
  account,
  allRows,
  expectLines,
  expectStates,
  expectTrueLedger,
  lines,
  rowCount,
  SOON,
  showSocket,
} from '../e2e/helpers/panel.ts';
import type { Connection } from '../e2e/helpers/server.ts';
import { useStage } from '../e2e/helpers/stage.ts';

/** ms */
const MINUTE = 60_000;
/** A fiftieth of the time. */
const PACE = { runs: 20, every: 1000 };
/** Messages of the busy socket, in each second of the minute. */
const RATE = 300;
/** Large messages, bytes of each and ms between two: more, and faster, than a page may hold for its panel (256 MiB). */
const LARGE = { count: 340, size: 1_000_000, every: 10 };
/** Messages that the panel itself sends meanwhile, and ms between two. Nothing may be asked of it: an answer could take very long. */
const OWN = { count: 5, every: 5000 };
/** Sockets that are opened, used and closed while the panel crawls. */
const BRIEF = 3;
/** For what a panel does that has a minute to catch up with, beside everything else that this machine does. ms */
const LATER = { ...SOON, timeout: MINUTE };

/** Has a server send messages at a rate; fulfilled once all of them are sent. */
async function stream(connection: Connection, count: number, every: number, text: (index: number) => string) {
  const begun = Date.now();
  for (let index = 0; index < count; index++) {
    const wait = begun + index * every - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    connection.send(text(index));
  }
}

function receivedLarge(page: InspectedPage): Promise<number> {
  return page.evaluate(() => (window as unknown as { large: number }).large);
}

/** The server refuses a socket of the page. */
async function openRefused(page: InspectedPage, url: string): Promise<void> {
  await page.evaluate(
    (address: string) =>
      new Promise<void>((resolve) => new WebSocket(address).addEventListener('close', () => resolve())),
    url,
  );
}

/** Messages that arrived without their payload, as the memory figure's popover says. */
async function reportedMissing(panel: Panel): Promise<number> {
  await panel.click('button', { contains: 'memory ' });
  await panel.waitFor(() => document.querySelector('#memory-limits p') !== null);
  const text = await panel.evaluate(() => document.querySelector('#memory-limits')?.textContent ?? '');
  const [, count = '0'] = /without their payload: ([\d,]+), dropped in the page/.exec(text) ?? [];
  return Number(count.replaceAll(',', ''));
}

/** The same in both browsers, each of which has a file of its own, so that they spend the minute at the same time. */
export function describeThrottledPanel(name: BrowserName): void {
  describe.runIf(CAN_THROTTLE)(`a panel throttled to a crawl for a minute, in ${name}`, () => {
    const stage = useStage(name);

    it('has every row in the end, and reports the payloads that its page had to drop', {
      timeout: 4 * MINUTE,
    }, async () => {
      const { page, panel, server } = stage;
      await openSocket(page, `${server.sockets}/large`, 'large');
      await openSocket(page, `${server.sockets}/busy`, 'busy');
      await page.evaluate(() => {
        const own = window as unknown as TestWindow & { large: number };
        own.large = 0;
        own.sockets.large?.addEventListener('message', () => own.large++);
      });
      const large = await server.connection('/large');
      const busy = await server.connection('/busy');
      await showSocket(panel, '/busy');
      await expectLines(panel, ['open connected']);
      await panel.fill('textbox', 'Message', 'from a panel that crawls');
      await panel.click('button', 'More');
      await panel.click('menuitem', 'Send repeatedly');
      await panel.fill('textbox', 'Every (ms)', String(OWN.every));
      await panel.fill('textbox', 'Times', String(OWN.count));
      await panel.click('button', 'Start');
      await busy.messages(1);

      const letGo = throttle(await panel.processId(), PACE);
      try {
        const minute = stream(busy, (MINUTE / 1000) * RATE, 1000 / RATE, (index) => `number ${index}`);
        await stream(large, LARGE.count, LARGE.every, (index) => `${index} `.padEnd(LARGE.size, 'x'));
        // What comes after them is newer, and stays.
        await expect.poll(() => receivedLarge(page), LATER).toBe(LARGE.count);
        for (let index = 1; index <= BRIEF; index++) {
          const key = `brief-${index}`;
          await openSocket(page, `${server.sockets}/${key}`, key);
          await sendTexts(page, ['hello'], key);
          await (await server.connection(`/${key}`)).messages(1);
          await closeSocket(page, key, 4000 + index, 'brief');
        }
        await openRefused(page, `${server.sockets}/refuse/403`);
        await minute;
        await expect.poll(() => busy.received.length, LATER).toBeGreaterThan(1);
      } finally {
        letGo();
      }

      const rows = {
        busy: 1 + (MINUTE / 1000) * RATE + OWN.count,
        large: 1 + LARGE.count,
        brief: 3,
        refused: 2,
      };
      const all = rows.busy + rows.large + BRIEF * rows.brief + rows.refused;
      await expect
        .poll(() => busy.received, LATER)
        .toEqual(Array(OWN.count).fill('from a panel that crawls'));
      await expect.poll(async () => (await account(panel)).Stored, LATER).toBe(all.toLocaleString('en'));
      await expectTrueLedger(panel, all);
      expect(await account(panel)).toMatchObject({ Dropped: 'none' });
      for (let index = 1; index <= BRIEF; index++) {
        await showSocket(panel, `/brief-${index}`);
        await expectStates(panel, `/brief-${index}`, 'CLOSED');
        await expectLines(panel, [
          'open connected',
          'sent text 5 hello',
          `close ${4000 + index} · “brief” · clean`,
        ]);
      }
      await showSocket(panel, '/refuse/403');
      await expectLines(panel, [expect.stringMatching(/^error /), expect.stringMatching(/^close 1006/)]);
      await showSocket(panel, '/busy');
      await expect.poll(() => rowCount(panel), SOON).toBe(rows.busy);
      await showSocket(panel, '/large');
      await expect.poll(() => rowCount(panel), SOON).toBe(rows.large);
      // The newest payloads stay, the oldest that had to wait go first.
      await expect
        .poll(async () => (await lines(panel)).at(-1), LATER)
        .toMatch(/^received text 1000000 339 x/);
      // How many payloads went depends on how much a crawling panel takes, which differs from run to run: whatever is missing is reported.
      const missing = (await allRows(panel)).filter(({ data }) => data.includes('not available')).length;
      expect(await reportedMissing(panel)).toBeGreaterThanOrEqual(missing);
    });
  });
}
