import type { BrowserName, DevtoolsBrowser } from '../../../scripts/devtools/driver.ts';
import { launchDevtools } from '../../../scripts/devtools/launch.ts';

/** A name of this machine that only the tests' browsers know. Unlike pages of 127.0.0.1, its pages over plain http are no secure context. */
export const PLAIN_HOST = 'plain.test';

/**
 * Browsers between two test files. To start one takes seconds of both processors, most of them Firefox's, which is more than many
 * files take for their tests. What the tests of a file see of their browser is as in a new one: {@link DevtoolsBrowser.clear}.
 * The files that one worker runs share this module (`isolate` in vitest.config.ts); the browsers end with the worker.
 */
const idle = new Map<BrowserName, DevtoolsBrowser>();

/** A browser without pages of tests and without an extension. */
export async function takeBrowser(name: BrowserName, extension: string): Promise<DevtoolsBrowser> {
  const browser = idle.get(name);
  idle.delete(name);
  if (browser) return browser;
  return await launchDevtools(name, {
    extension,
    installs: 'later',
    args: name === 'chromium' ? [`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`] : [],
    preferences: { 'network.dns.localDomains': PLAIN_HOST },
  });
}

/** Keeps a browser for the next file. One that cannot be cleared is ended, as is one that crashes: the next file gets a new one. */
export async function giveBack(browser: DevtoolsBrowser): Promise<void> {
  try {
    await browser.clear();
    idle.set(browser.name, browser);
    void browser.closed.then(() => {
      if (idle.get(browser.name) === browser) idle.delete(browser.name);
    });
  } catch (error) {
    console.warn(`${browser.name} is not used again:`, error);
    await browser.close();
  }
}
