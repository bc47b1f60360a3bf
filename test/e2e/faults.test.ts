import { describe, expect, it } from 'vitest';
import { stopBackground } from './helpers/firefox.ts';
import { openSocket, type TestWindow } from './helpers/page.ts';
import {
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
} from './helpers/panel.ts';
import { BLANK, BROWSERS, reloadExtension, useStage } from './helpers/stage.ts';

/** A page that says good-bye when it is left, and notes what its socket received. */
const PARTING = `<!doctype html><meta charset="utf-8"><script>
  const main = new WebSocket('ws://' + location.host + '/parting');
  addEventListener('pagehide', () => { for (let i = 0; i < 5; i++) main.send('bye ' + i); });
  addEventListener('message', () => { for (const end = Date.now() + 500; Date.now() < end; ); });
</script>`;

describe.each(BROWSERS)('faults in %s', (name) => {
  const stage = useStage(name);

  it('a page whose script does not end for ten seconds, and sends 50,000 messages in that task: all is there', {
    timeout: 150_000,
  }, async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/blocked-page`);
    const connection = await server.connection('/blocked-page');
    // Until the panel is attached a page keeps its last 10,000 frames alone.
    await expectStates(panel, '/blocked-page', 'OPEN');
    const count = { received: 2_000, sent: 50_000 };
    const blocked = page.evaluate((sent: number) => {
      const end = performance.now() + 10_000;
      const { main } = (window as unknown as TestWindow).sockets;
      for (let index = 0; index < sent; index++) main?.send(`own ${index}`);
      while (performance.now() < end);
    }, count.sent);
    for (let index = 0; index < count.received; index++) connection.send(`number ${index}`);
    await blocked;
    const frames = count.received + count.sent + 1;
    // Seconds, and many more where Firefox carries them on a machine that has other work.
    await expectTrueLedger(panel, frames, 90_000);
    await expectLedger(panel, { frames, dropped: 0, inFlight: 0 });
  });

  it('a page that is left in mid-stream: the tail is there, the last words too', async () => {
    const { page, panel, server } = stage;
    await panel.click('checkbox', 'Preserve log');
    await panel.click('button', 'Clear');
    await page.navigate(server.serve('/parting-page', PARTING));
    await expectStates(panel, '/parting', 'OPEN');
    const connection = await server.connection('/parting');
    for (let index = 0; index < 5000; index++) connection.send(`number ${index}`);
    await page.navigate(server.serve('/parted', BLANK));
    await expectStates(panel, '/parting', 'CLOSED');
    await showSocket(panel, '/parting');
    // In Chromium a page may go on to receive for a while: then that comes after its last words.
    await panel.click('button', 'Sent');
    await expect
      .poll(async () => (await rows(panel)).map(({ data }) => data), SOON)
      .toEqual(['bye 0', 'bye 1', 'bye 2', 'bye 3', 'bye 4']);
    await expectTrueLedger(panel);
    await expect.poll(async () => (await ledger(panel)).dropped, SOON).toBe(0);
    await panel.click('button', 'Received');
    await panel.focus('grid', 'Frames');
    await panel.press('End');
    // Numbers and no hole at the end of so many rows: none of them is missing before.
    const outOfPlace = async () => {
      const count = await rowCount(panel);
      const seen = (await rows(panel)).filter(({ data, index }) => data !== `number ${index}`);
      const last = (await rows(panel)).at(-1)?.index ?? -1;
      return { seen, isAtEnd: last === count - 1 };
    };
    await expect.poll(outOfPlace, SOON).toEqual({ seen: [], isAtEnd: true });
    await panel.click('button', 'All');
    await panel.click('button', 'Show all');
    await panel.click('checkbox', 'Preserve log');
  });

  it.each([
    'a page that is left for another site, whose process does not wait for it',
    'a frame whose process is busy while its page is left',
  ])('%s: the last words are there', async (which) => {
    const { page, panel, server } = stage;
    await panel.click('checkbox', 'Preserve log');
    const parting = server.serve('/parting-page', PARTING);
    const busy = `${BLANK}<iframe src="${parting.replace(server.origin, server.otherOrigin)}"></iframe>`;
    await page.navigate(which.startsWith('a frame') ? server.serve('/busy', busy) : parting);
    await panel.click('button', 'Clear');
    await expectStates(panel, '/parting', 'OPEN');
    const { pathname } = new URL(server.serve('/parted', BLANK));
    await page.evaluate(() => window[0]?.postMessage('be busy', '*'));
    await page.navigate(server.otherOrigin + pathname);
    const bye = expect.stringMatching(/^sent text (not sent )?5 bye \d$/);
    await expect
      .poll(async () => (await lines(panel)).filter((each) => /bye/.test(each)), SOON)
      .toEqual(Array.from({ length: 5 }, () => bye));
    await expectStates(panel, '/parting', 'CLOSED');
    await expectTrueLedger(panel);
    await panel.click('checkbox', 'Preserve log');
  });

  it.runIf(name === 'firefox')(
    'a background that is stopped while 30 MB are under way: they arrive whole',
    async () => {
      const { page, panel, server } = stage;
      await page.navigate(server.serve('/stopped-page', BLANK));
      await openSocket(page, `${server.sockets}/stopped`);
      const connection = await server.connection('/stopped');
      await showSocket(panel, '/stopped');
      const text = `start${'é€😀'.repeat(3_000_000)}`;
      connection.send(text);
      await expect.poll(async () => (await lines(panel)).length, SOON).toBe(2);
      expect(await stopBackground(stage)).toBe('stopped');
      await expectLines(panel, ['open connected', expect.stringMatching(/^received text 27000005 start/)]);
      await expectTrueLedger(panel, 2);
      await selectRow(panel, 'start');
      await panel.click('button', 'Resend');
      expect((await connection.messages(1))[0] === text).toBe(true);
      await panel.click('button', 'Show all');
    },
  );

  it('an extension that is loaded anew: the page goes on, with one hook, and is captured after a reload', async () => {
    const { page, server } = stage;
    await page.navigate(server.serve('/reloaded-page', BLANK));
    await openSocket(page, `${server.sockets}/reloaded`);
    await expectStates(stage.panel, '/reloaded', 'OPEN');
    await page.evaluate(() => {
      const own = window as unknown as { before: unknown[] };
      own.before = [WebSocket, WebSocket.prototype.send, WebSocket.prototype.close];
    });
    await reloadExtension(stage);
    const isSame = await page.evaluate(() => {
      const { before } = window as unknown as { before: unknown[] };
      const { send, close } = WebSocket.prototype;
      (window as unknown as TestWindow).sockets.main?.send('still here');
      return [WebSocket, send, close].map((value, index) => value === before[index]);
    });
    expect(isSame).toEqual([true, true, true]);
    expect(await (await server.connection('/reloaded')).messages(1)).toEqual(['still here']);
    await page.reload();
    await openSocket(page, `${server.sockets}/reloaded-again`);
    await expectStates(stage.panel, '/reloaded-again', 'OPEN');
    await expectTrueLedger(stage.panel, 1);
  });
});
