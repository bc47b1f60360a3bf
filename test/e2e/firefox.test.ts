import { afterEach, describe, expect, it } from 'vitest';
import { setHosts } from '../../scripts/devtools/firefox-chrome.ts';
import { axeInBothThemes } from './helpers/axe.ts';
import { openSocket, type TestWindow } from './helpers/page.ts';
import {
  allRows,
  detailText,
  expectLedger,
  expectLines,
  expectStates,
  expectTrueLedger,
  fact,
  ledger,
  rowCount,
  SOON,
  showSocket,
} from './helpers/panel.ts';
import { useStage } from './helpers/stage.ts';

// What only Firefox has: a permission that the user gives, and a background that it stops.

declare const Services: {
  readonly wm: {
    getEnumerator(type: string): Iterable<{
      readonly gBrowser: {
        readonly tabs: Iterable<{
          readonly linkedBrowser: { readonly currentURI: { readonly spec: string } };
        }>;
      };
    }>;
  };
};
declare const ChromeUtils: { importESModule(url: string): unknown };
declare const WebExtensionPolicy: {
  getByID(id: string): {
    readonly extension: {
      readonly backgroundState: string;
      terminateBackground(options: object): Promise<void>;
    };
  } | null;
};

const ID = 'framescope@framescope.dev';

/** Addresses of all tabs. Runs in the privileged scope. */
function tabAddresses(): string[] {
  const windows = [...Services.wm.getEnumerator('navigator:browser')];
  const tabs = windows.flatMap(({ gBrowser }) => [...gBrowser.tabs]);
  return tabs.map(({ linkedBrowser }) => linkedBrowser.currentURI.spec);
}

/** Stops the background as Firefox does when it seems idle, and says how it is then. Runs in the privileged scope. */
async function stopBackground(id: string): Promise<string | undefined> {
  const extension = WebExtensionPolicy.getByID(id)?.extension;
  await extension?.terminateBackground({ ignoreDevToolsAttached: true });
  return extension?.backgroundState;
}

/** Whether DevTools make a record of each frame, for the Network panel. Runs in the privileged scope. */
function areFramesRecorded(): boolean[] {
  interface Toolbox {
    readonly _netMonitorAPI?: object | null;
    getPanel(id: string): object | undefined;
  }
  const url = 'resource://devtools/shared/loader/Loader.sys.mjs';
  const { require } = ChromeUtils.importESModule(url) as {
    require(id: string): { gDevTools: { getToolboxes(): Toolbox[] } };
  };
  const { gDevTools } = require('devtools/client/framework/devtools');
  return gDevTools
    .getToolboxes()
    .map((toolbox) => Boolean(toolbox._netMonitorAPI ?? toolbox.getPanel('netmonitor')));
}

describe('without the permission to read pages', () => {
  const stage = useStage('firefox', { launch: { grantHosts: false } });

  function privileged<T, A extends readonly unknown[]>(fn: (...args: A) => T | Promise<T>, ...args: A) {
    const { evaluatePrivileged } = stage.browser;
    if (!evaluatePrivileged) throw new Error('This browser has no privileged scope to evaluate in');
    return evaluatePrivileged(fn, ...args);
  }

  it('says so and offers the page that asks for it', async () => {
    const { panel } = stage;
    await panel.waitForText('Framescope may not read this page');
    expect(await axeInBothThemes(panel, 'html')).toEqual([]);
    await panel.click('button', 'Grant permission…');
    await expect
      .poll(() => privileged(tabAddresses), SOON)
      .toContainEqual(expect.stringMatching(/^moz-extension:.*\/src\/permission\/permission\.html$/));
  });

  it('captures once it is granted and the page reloaded', async () => {
    const { page, panel, server } = stage;
    await privileged(setHosts, ID, true);
    await panel.waitForText('This page does not answer');
    await page.reload();
    await openSocket(page, `${server.sockets}/granted`);
    await expectStates(panel, '/granted', 'OPEN');
    expect(await panel.text()).not.toContain('may not read');
  });
});

describe('while the background is stopped', () => {
  const stage = useStage('firefox');
  let stream: NodeJS.Timeout | undefined;

  afterEach(() => clearInterval(stream));

  it('loses no frame and doubles none, and commands work again', async () => {
    const { browser, page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/stream`);
    const connection = await server.connection('/stream');
    await showSocket(panel, '/stream');
    let sent = 0;
    stream = setInterval(() => connection.send(`number ${sent++}`), 4);
    for (let stop = 0; stop < 3; stop++) {
      const before = (await ledger(panel)).frames;
      await expect.poll(async () => (await ledger(panel)).frames, SOON).toBeGreaterThan(before + 30);
      expect(await browser.evaluatePrivileged?.(stopBackground, ID)).toBe('stopped');
    }
    const before = sent;
    await expect.poll(() => sent, SOON).toBeGreaterThan(before + 30);
    clearInterval(stream);
    await expectLedger(panel, { frames: sent + 1, dropped: 0, inFlight: 0 });
    await expectTrueLedger(panel, sent + 1);
    await expect.poll(() => rowCount(panel), SOON).toBe(sent + 1);
    const numbers = (await allRows(panel)).slice(1).map(({ data }) => data);
    expect(numbers).toEqual(Array.from({ length: sent }, (_, index) => `number ${index}`));

    await panel.fill('textbox', 'Message', 'still there');
    await panel.click('button', 'Send');
    expect(await connection.messages(1)).toEqual(['still there']);
  });

  it('reaches pages that are opened after it was stopped', async () => {
    const { browser, page, panel, server } = stage;
    expect(await browser.evaluatePrivileged?.(stopBackground, ID)).toBe('stopped');
    await page.navigate(`${server.origin}/`);
    await openSocket(page, `${server.sockets}/thereafter`);
    await expectStates(panel, '/thereafter', 'OPEN');
    await page.evaluate(() => (window as unknown as TestWindow).sockets.main?.send('hello'));
    await expectLines(panel, ['open connected', 'sent text 5 hello']);
  });

  it('knows the handshakes of sockets that are opened thereafter', async () => {
    const { browser, page, panel, server } = stage;
    expect(await browser.evaluatePrivileged?.(stopBackground, ID)).toBe('stopped');
    // Its place is taken soon, because the panel is there. What is opened before that has no handshake.
    let opened = 0;
    const nextHandshake = async () => {
      const path = `/shaken/${opened++}`;
      await openSocket(page, server.sockets + path);
      await showSocket(panel, path);
      await expect.poll(() => detailText(panel), SOON).toMatch(/Switching Protocols|has no record of this/);
      return await fact(panel, 'Status');
    };
    await expect.poll(nextHandshake, SOON).toBe('101 Switching Protocols');
  });
});

describe('handshakes', () => {
  const stage = useStage('firefox');

  it('are known without having Firefox record each frame for its Network panel', async () => {
    const { browser, page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/shaken`);
    await showSocket(panel, '/shaken');
    await expect.poll(() => fact(panel, 'Status'), SOON).toBe('101 Switching Protocols');
    expect(await browser.evaluatePrivileged?.(areFramesRecorded)).toEqual([false]);
  });
});
