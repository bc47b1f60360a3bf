import { describe, expect, it } from 'vitest';
import type { Panel } from '../../scripts/devtools/driver.ts';
import { axeInBothThemes } from './helpers/axe.ts';
import { openSocket, sendTexts } from './helpers/page.ts';
import {
  expectLines,
  expectStates,
  expectTrueLedger,
  fact,
  SOON,
  showSocket,
  sockets,
  statesOf,
} from './helpers/panel.ts';
import { withPermissions } from './helpers/site-workers.ts';
import { BROWSERS, reloadExtension, useStage } from './helpers/stage.ts';

const CAPTURE = 'Capture without reloading';

/** Waits until the one socket on a path is listed as adopted, and open. */
async function expectAdopted(panel: Panel, path: string): Promise<void> {
  const listed = async () =>
    (await sockets(panel))
      .filter(({ url }) => new URL(url).pathname === path)
      .map(({ state, text }) => [state, text.includes('adopted')]);
  await expect.poll(listed, { ...SOON, message: path }).toEqual([['OPEN', true]]);
}

/** A page with functions of its own in the place of the browser's, and a frame that no other document may look into. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Older</title><p>A page.</p>
<script>
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) { send.call(this, data); };
</script>
<iframe sandbox="allow-scripts" srcdoc="<script>
  onmessage = ({ data }) => {
    const socket = new WebSocket(data);
    socket.onopen = () => socket.send('hello');
  };
</script>"></iframe>`;

describe.each(BROWSERS)('a page that no extension may look into, in %s', (name) => {
  const stage = useStage(name);

  it('is said to be one, the sockets of the page before are closed, and the next page is captured', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/before`);
    await expectStates(panel, '/before', 'OPEN');
    await page.navigate(name === 'chromium' ? 'chrome://version/' : 'about:license');
    await panel.waitForText('No extension may look into this page');
    await expectStates(panel, '/before', 'CLOSED');
    await page.navigate(`${server.origin}/`);
    await openSocket(page, `${server.sockets}/after`);
    await expectStates(panel, '/after', 'OPEN');
    expect(await panel.text()).not.toContain('No extension may look');
  });
});

describe.each(BROWSERS)('a page that is older than the extension in %s', (name) => {
  const isChromium = name === 'chromium';
  const stage = useStage(name, {
    prepare: isChromium ? withPermissions : undefined,
    html: PAGE,
    before: async (page, server) => {
      await openSocket(page, `${server.sockets}/older`);
      await sendTexts(page, ['unseen']);
    },
  });

  it.runIf(isChromium)(
    'is captured as it is with a click; what the network log tells is not listed twice',
    async () => {
      const { page, panel, server } = stage;
      await panel.waitForText('This page does not answer');
      expect(await axeInBothThemes(panel, 'html')).toEqual([]);
      await openSocket(page, `${server.sockets}/logged`, 'logged');
      (await server.connection('/logged')).send('from before');
      // The longer there was nothing new in the log, the longer it is until it is read again: up to 24 s.
      await expect.poll(() => statesOf(panel, '/logged'), { ...SOON, timeout: 40_000 }).toEqual(['OPEN']);
      await panel.waitForText('from before');
      await panel.click('button', CAPTURE);
      await panel.waitForText('The page is captured from now on.');
      await sendTexts(page, ['first'], 'logged');
      await expectAdopted(panel, '/logged');
      await showSocket(panel, '/logged');
      await expectLines(panel, ['open connected', 'received text 11 from before', 'sent text 5 first']);
      await expect.poll(() => fact(panel, 'Status'), SOON).toBe('101 Switching Protocols');
    },
  );

  it('has its open socket adopted with the first send, and the panel acts on it', async () => {
    const { page, panel, server } = stage;
    await panel.waitForText('Captured since');
    if (isChromium) expect(await axeInBothThemes(panel, 'html')).toEqual([]);
    const connection = await server.connection('/older');
    await sendTexts(page, ['first']);
    expect(await connection.messages(2)).toEqual(['unseen', 'first']);
    connection.send('answer');
    await expectAdopted(panel, '/older');
    await showSocket(panel, '/older');
    await expectLines(panel, ['sent text 5 first', 'received text 6 answer']);
    await panel.fill('textbox', 'Message', 'from the panel');
    await panel.click('button', 'Send');
    expect((await connection.messages(3)).at(-1)).toBe('from the panel');
    await panel.click('button', 'Inject');
    await expectLines(panel, [
      'sent text 5 first',
      'received text 6 answer',
      'sent text panel 14 from the panel',
      'received text injected 14 from the panel',
    ]);
    await panel.click('button', 'Close socket');
    await panel.click('button', 'Close now');
    await connection.ended();
    await expectStates(panel, '/older', 'CLOSED');
  });

  it('has new sockets captured from their start, in frames too, and by one hook', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/newer`, 'newer');
    await sendTexts(page, ['hello'], 'newer');
    await showSocket(panel, '/newer');
    await expectLines(panel, ['open connected', 'sent text 5 hello']);
    await page.evaluate((url: string) => frames[0]?.postMessage(url, '*'), `${server.sockets}/framed`);
    await showSocket(panel, '/framed');
    await expectLines(panel, ['open connected', 'sent text 5 hello']);
    await expect
      .poll(
        async () => (await sockets(panel)).filter(({ text }) => /read-only|handshake only/.test(text)),
        SOON,
      )
      .toEqual([]);
  });

  it('is captured with all that it was when the extension is loaded anew, twice, also if it was written anew meanwhile', async () => {
    const { page, server } = stage;
    await page.evaluate(() => {
      const own = window as unknown as { before: unknown[] };
      own.before = [WebSocket, WebSocket.prototype.send, WebSocket.prototype.close];
    });
    const expected = ['open connected', 'sent text 5 hello'];
    for (const text of ['again', 'and again']) {
      await reloadExtension(stage);
      if (isChromium) await stage.panel.click('button', CAPTURE);
      await showSocket(stage.panel, '/newer');
      await expectLines(stage.panel, expected);
      await sendTexts(page, [text], 'newer');
      expected.push(`sent text ${text.length} ${text}`);
      await expectLines(stage.panel, expected);
      await page.evaluate(() => {
        document.open(); // which removes all listeners
        document.write('<!doctype html><p>A page that was written anew.');
        document.close();
      });
    }
    await stage.panel.fill('textbox', 'Message', 'still there');
    await stage.panel.click('button', 'Send');
    const all = ['hello', 'again', 'and again', 'still there'];
    expect(await (await server.connection('/newer')).messages(4)).toEqual(all);
    await expectTrueLedger(stage.panel);
    expect(
      await page.evaluate(() => {
        const { before } = window as unknown as { before: unknown[] };
        const { send, close } = WebSocket.prototype;
        return [WebSocket, send, close].every((value, index) => value === before[index]);
      }),
    ).toBe(true);
  });
});
