import type { DevtoolsBrowser, InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import { EMPTY_PATH, PLAIN_PATH } from '../half-extension.ts';
import { firstScriptDelay, type Realm, receiveBurst, sendMany } from '../page-functions.ts';
import { type Figure, median } from '../statistics.ts';

const VISITS = 31;
const BURSTS = 20;
const SEND_ROUNDS = 200;
const CALLS_PER_ROUND = 100;

/**
 * What the page pays, panel shut and panel open, against a frame of the same page that Framescope leaves alone: two browsers, two
 * tabs or two visits differ by more than what is measured here.
 */
export async function pageCost(browser: DevtoolsBrowser, url: string, messages: number): Promise<Figure[]> {
  const page = await browser.open(url);
  const figures = [
    await delay(page, url),
    await receiving(page, undefined, messages, 1.05),
    await sending(page, 'panel shut'),
  ];
  const panel = await page.openPanel();
  figures.push(await receiving(page, panel, messages, 1.1), await sending(page, 'panel open'));
  await page.close();
  return figures;
}

async function receiving(
  page: InspectedPage,
  panel: Panel | undefined,
  messages: number,
  goal: number,
): Promise<Figure> {
  const measure = async (realm: Realm) => {
    await panel?.waitFor(isQuiet);
    return page.evaluate(receiveBurst, realm, Math.ceil(messages / BURSTS));
  };
  await measure('hooked');
  await measure('plain');
  const { hooked, plain, ratio } = await inTurn(
    BURSTS,
    () => measure('hooked'),
    () => measure('plain'),
  );
  return {
    name: `received message, ${panel ? 'panel open' : 'panel shut'}`,
    value: `${ratio.toFixed(3)} × (${(hooked * 1000).toFixed(1)} µs against ${(plain * 1000).toFixed(1)} µs)`,
    goal: `≤ ${goal} ×`,
    isMet: ratio <= goal,
  };
}

/** Nothing has changed in the panel for a while: what a burst has left it to do is done. */
function isQuiet(): Promise<boolean> {
  return new Promise((resolve) => {
    let timer = setTimeout(() => end(), 600);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => end(), 600);
    });
    const end = () => {
      observer.disconnect();
      resolve(true);
    };
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
}

async function sending(page: InspectedPage, state: string): Promise<Figure> {
  const rounds = await page.evaluate(sendMany, SEND_ROUNDS, CALLS_PER_ROUND);
  const hooked = median(rounds.map((round) => round.hooked));
  const plain = median(rounds.map((round) => round.plain));
  const extra = median(rounds.map((round) => round.hooked - round.plain));
  return {
    name: `send(), ${state}`,
    value: `+${extra.toFixed(2)} µs (${hooked.toFixed(2)} µs against ${plain.toFixed(2)} µs)`,
    goal: state === 'panel shut' ? '≤ +1.5 µs' : undefined,
    isMet: state !== 'panel shut' || extra <= 1.5,
  };
}

/** Against no content scripts, and against empty ones: those delay a page by themselves. */
async function delay(page: InspectedPage, url: string): Promise<Figure> {
  const paths = { hooked: '', empty: EMPTY_PATH, plain: `${PLAIN_PATH}-page` };
  const delays = { hooked: [] as number[], empty: [] as number[], plain: [] as number[] };
  for (let visit = 0; visit < VISITS; visit++) {
    for (const arm of ['hooked', 'empty', 'plain'] as const) {
      await page.navigate(`${url}${paths[arm]}`);
      delays[arm].push(await page.evaluate(firstScriptDelay));
    }
  }
  await page.navigate(url);
  const [hooked, empty, plain] = [median(delays.hooked), median(delays.empty), median(delays.plain)];
  const beside = `${empty.toFixed(1)} ms with empty content scripts, ${plain.toFixed(1)} ms with none`;
  return {
    name: 'first inline script after the response',
    value: `${hooked.toFixed(1)} ms (${beside})`,
    goal: undefined,
    isMet: true,
  };
}

/** Medians of rounds in which both are measured one after the other, and the median of each round's ratio. */
async function inTurn(
  rounds: number,
  measureHooked: () => Promise<number>,
  measurePlain: () => Promise<number>,
): Promise<Record<Realm | 'ratio', number>> {
  const hooked: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) hooked.push(await measureHooked());
    plain.push(await measurePlain());
    if (round % 2 === 1) hooked.push(await measureHooked());
  }
  const ratios = hooked.map((value, index) => value / (plain[index] ?? Number.NaN));
  return { hooked: median(hooked), plain: median(plain), ratio: median(ratios) };
}
