import type { BrowserName, DevtoolsBrowser, InspectedPage, Panel } from '../../../scripts/devtools/driver.ts';
import { launchDevtools } from '../../../scripts/devtools/launch.ts';

/** A name of this machine that only the tests' browsers know. Unlike pages of 127.0.0.1, its pages over plain http are no secure context. */
export const PLAIN_HOST = 'plain.test';

/** A page, and the panel of its DevTools. */
export interface OpenPage {
  readonly page: InspectedPage;
  readonly panel: Panel;
}

/** A browser, and the one page that is open in it, with the built extension; without one, neither is there. */
interface Idle {
  readonly browser: DevtoolsBrowser;
  readonly open: OpenPage | undefined;
}

/**
 * Browsers between two test files. To start one takes seconds of both processors, most of them Firefox's, and to open DevTools one or
 * two, which is more than many files take for their tests. What the tests of a file see is as in a new browser: {@link DevtoolsBrowser.clear},
 * {@link Panel.renew}. The files that one worker runs share this module (`isolate` in vitest.config.ts); the browsers end with the worker.
 */
const idle = new Map<BrowserName, Idle>();

/** A browser without pages of tests and without an extension. */
export async function takeBrowser(name: BrowserName, extension: string): Promise<DevtoolsBrowser> {
  const kept = take(name);
  if (kept) {
    if (kept.open) await kept.browser.clear();
    return kept.browser;
  }
  return await launchDevtools(name, {
    extension,
    installs: 'later',
    args: name === 'chromium' ? [`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`] : [],
    preferences: { 'network.dns.localDomains': PLAIN_HOST },
  });
}

/** A browser with an empty page, the panel of that page and the built extension, if the file before has left one. */
export function takeOpenPage(name: BrowserName): (OpenPage & Pick<Idle, 'browser'>) | undefined {
  const open = idle.get(name)?.open;
  const browser = open && take(name)?.browser;
  return browser && { ...open, browser };
}

function take(name: BrowserName): Idle | undefined {
  const kept = idle.get(name);
  idle.delete(name);
  return kept;
}

/**
 * Keeps a browser for the next file. One that cannot be cleared is ended, as is one that crashes: the next file gets a new one.
 * @param open can serve the next file too, with the extension that is loaded
 */
export async function giveBack(browser: DevtoolsBrowser, open?: OpenPage): Promise<void> {
  const { name } = browser;
  try {
    const isOpen = open !== undefined && (await empty(browser, open));
    if (!isOpen) await browser.clear();
    idle.set(name, { browser, open: isOpen ? open : undefined });
    void browser.closed.then(() => {
      if (idle.get(name)?.browser === browser) idle.delete(name);
    });
  } catch (error) {
    console.warn(`${name} is not used again:`, error);
    await browser.close();
  }
}

/** Leaves nothing but an empty page and its panel. False if that cannot be done, as where tests have closed them. */
async function empty(browser: DevtoolsBrowser, { page, panel }: OpenPage): Promise<boolean> {
  try {
    await page.navigate('about:blank');
    await browser.closeOthers(page);
    await panel.renew();
    return true;
  } catch {
    return false;
  }
}
