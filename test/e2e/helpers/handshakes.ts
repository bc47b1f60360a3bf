import { expect } from 'vitest';
import type { Panel } from '../../../scripts/devtools/driver.ts';
import { lines, SOON } from './panel.ts';

/** What the browser's own network log has of a handshake. */
export interface LoggedHandshake {
  /** 0 where the log has lost it. */
  readonly status: number;
  readonly isAnswered: boolean;
  /** Subprotocols that the page asked for. */
  readonly offered: string;
}

/**
 * All handshakes on a path that the network log has. Firefox's log is not whole where the browser is busy: of a few in a
 * hundred, which its network stack has seen with their answer, the store of its Network panel loses one of the actions that it
 * batches (`netmonitor/src/middleware/batching.js`). Where that was the one which adds a request, the log lacks it and the
 * browser's console says `HAR: request not found`; where it was the one with the answer, the log lacks the status. Nothing else
 * that an extension can ask of DevTools has them.
 */
export function loggedHandshakes(panel: Panel, path: string): Promise<LoggedHandshake[]> {
  return panel.evaluate(async (wanted: string) => {
    interface Headers {
      readonly headers: readonly { readonly name: string; readonly value: string }[];
    }
    interface Entry {
      readonly request: Headers & { readonly url: string };
      readonly response: Headers & { readonly status: number };
    }
    const { browser } = globalThis as unknown as {
      browser: { devtools: { network: { getHAR(): Promise<{ entries: Entry[] }> } } };
    };
    const { entries } = await browser.devtools.network.getHAR();
    const asked = entries.filter(({ request }) => new URL(request.url).pathname === wanted);
    return asked.map(({ request, response }) => ({
      status: response.status,
      isAnswered: response.headers.length > 0,
      offered: request.headers.find(({ name }) => /^sec-websocket-protocol$/i.test(name))?.value ?? '',
    }));
  }, path);
}

/** Whether the network log has a handshake on a path: all that there were in Chromium, and nearly all in Firefox. */
export async function isLogged(panel: Panel, path: string): Promise<boolean> {
  return (await isWhole(panel)) || (await loggedHandshakes(panel, path)).length > 0;
}

/** Only Firefox's log has holes. */
function isWhole(panel: Panel): Promise<boolean> {
  return panel.evaluate(() => !navigator.userAgent.includes('Firefox'));
}

/**
 * Waits until the first row in sight, an error, says of a refused handshake all that the browser knows. Chromium always knows
 * the status, Firefox does not: see {@link loggedHandshakes}.
 * @param answer as in `403 Forbidden`
 * @returns whether the status is shown
 */
export async function expectRefusal(panel: Panel, path: string, answer: string): Promise<boolean> {
  const refused = `error refused: ${answer}`;
  let shown = '';
  const problem = async () => {
    shown = (await lines(panel))[0] ?? '';
    if (shown === refused) return '';
    const expected = (await isWhole(panel)) ? refused : await knownRefusal(panel, path, refused);
    return shown === expected ? '' : `“${shown}” instead of “${expected}”`;
  };
  await expect.poll(problem, { ...SOON, interval: 250, message: path }).toBe('');
  return shown === refused;
}

/** What the error row can say by what Firefox's log has. */
async function knownRefusal(panel: Panel, path: string, refused: string): Promise<string> {
  const logged = (await loggedHandshakes(panel, path)).at(-1);
  if (logged && logged.status > 0) return refused;
  return logged?.isAnswered
    ? 'error refused: status lost by the browser'
    : 'error The connection failed or was closed because of an error';
}
