import type { DevtoolsBrowser, InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import { connectReceiver, type Realm, type Round, receive } from './in-turn.ts';

/** What the sockets of one pair have received. All in µs a message. */
export interface Received {
  /** Wall time: the geometric mean of the spells, in which one that somebody else has held up for long counts for little more than others. */
  readonly wall: Round;
  /** CPU time of the page's main thread. */
  readonly mainThread: Round;
  /** CPU time of all processes of the browser; 0 while no panel is open. */
  readonly allProcesses: Round;
}

interface Places {
  readonly browser: DevtoolsBrowser;
  readonly page: InspectedPage;
  readonly panel: Panel | undefined;
}

/** Has a new socket of each frame receive in turn, in spells of which each goes first in every other two. */
export async function receiveInTurn(
  { browser, page, panel }: Places,
  { spells, spell }: { readonly spells: number; readonly spell: number },
  first: Realm,
): Promise<Received> {
  const second: Realm = first === 'hooked' ? 'plain' : 'hooked';
  for (const realm of [first, second] as const) await page.evaluate(connectReceiver, realm);
  const logarithms = { hooked: 0, plain: 0 };
  const mainThread = { hooked: 0, plain: 0 };
  const allProcesses = { hooked: 0, plain: 0 };
  const ofPage = async () => (await page.cpuTime?.()) ?? 0;
  const ofAll = async () => (panel ? ((await browser.cpuTime?.()) ?? 0) : 0);
  const perMessage = (ms: number) => (ms * 1000) / spell / spells;
  await panel?.waitFor(isQuiet);
  let all = await ofAll();
  for (let turn = 0; turn < spells; turn++) {
    for (const realm of turn % 2 === 0 ? ([first, second] as const) : ([second, first] as const)) {
      const before = await ofPage();
      logarithms[realm] += Math.log(await page.evaluate(receive, realm, spell)) / spells;
      mainThread[realm] += perMessage((await ofPage()) - before);
      await panel?.waitFor(isQuiet);
      const now = await ofAll();
      allProcesses[realm] += perMessage(now - all);
      all = now;
    }
  }
  const wall = { hooked: Math.exp(logarithms.hooked), plain: Math.exp(logarithms.plain) };
  return { wall, mainThread, allProcesses };
}

/** Nothing has changed in the panel for a while: what a burst has left it to do is done. */
function isQuiet(): Promise<boolean> {
  return new Promise((resolve) => {
    let timer = setTimeout(() => end(), 300);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => end(), 300);
    });
    const end = () => {
      observer.disconnect();
      resolve(true);
    };
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
}
