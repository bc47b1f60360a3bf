import type { DevtoolsBrowser, InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import { connectReceiver, type Receiver, receive } from './in-turn.ts';

/** A figure of each receiver. */
export type OfEach = Readonly<Record<Receiver, number>>;

/** What the sockets of one group have received. All in µs a message. */
export interface Received {
  /** Wall time: the geometric mean of the spells, in which one that somebody else has held up for long counts for little more than others. */
  readonly wall: OfEach;
  /** CPU time of the page's main thread. */
  readonly mainThread: OfEach;
  /** CPU time of all processes of the browser; 0 while no panel is open. */
  readonly allProcesses: OfEach;
}

interface Places {
  readonly browser: DevtoolsBrowser;
  readonly page: InspectedPage;
  readonly panel: Panel | undefined;
}

const RECEIVERS: readonly Receiver[] = ['hooked', 'plain', 'listened'];

/**
 * Has a new socket of each sort receive in turn, in spells, forwards and backwards.
 * @param group number of the group: each sort is first in every third one
 */
export async function receiveInTurn(
  { browser, page, panel }: Places,
  { spells, spell }: { readonly spells: number; readonly spell: number },
  group: number,
): Promise<Received> {
  const first = group % RECEIVERS.length;
  const order = [...RECEIVERS.slice(first), ...RECEIVERS.slice(0, first)];
  for (const receiver of order) await page.evaluate(connectReceiver, receiver);
  const logarithms = noneOfEach();
  const mainThread = noneOfEach();
  const allProcesses = noneOfEach();
  const ofPage = async () => (await page.cpuTime?.()) ?? 0;
  const ofAll = async () => (panel ? ((await browser.cpuTime?.()) ?? 0) : 0);
  const perMessage = (ms: number) => (ms * 1000) / spell / spells;
  await panel?.waitFor(isQuiet);
  let all = await ofAll();
  for (let turn = 0; turn < spells; turn++) {
    for (const receiver of turn % 2 === 0 ? order : order.toReversed()) {
      const before = await ofPage();
      logarithms[receiver] += Math.log(await page.evaluate(receive, receiver, spell)) / spells;
      mainThread[receiver] += perMessage((await ofPage()) - before);
      await panel?.waitFor(isQuiet);
      const now = await ofAll();
      allProcesses[receiver] += perMessage(now - all);
      all = now;
    }
  }
  const { hooked, plain, listened } = logarithms;
  const wall = { hooked: Math.exp(hooked), plain: Math.exp(plain), listened: Math.exp(listened) };
  return { wall, mainThread, allProcesses };
}

const noneOfEach = () => ({ hooked: 0, plain: 0, listened: 0 });

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
