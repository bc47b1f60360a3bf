import type { DevtoolsBrowser, InspectedPage } from '../../scripts/devtools/driver.ts';
import { PLAIN_PATH } from '../half-extension.ts';
import { firstScriptDelay, receiveBurst, sendMany } from '../page-functions.ts';
import { type Figure, median } from '../statistics.ts';

/** One tab that goes to a page with Framescope and to one without in turn. */
interface Tab {
  readonly page: InspectedPage;
  readonly hookedUrl: string;
  readonly plainUrl: string;
}

const ROUNDS = 11;

/** What the page pays, panel shut and panel open, against the same tab without Framescope. */
export async function pageCost(browser: DevtoolsBrowser, url: string, messages: number): Promise<Figure[]> {
  const tab = { page: await browser.open(url), hookedUrl: url, plainUrl: `${url}${PLAIN_PATH}` };
  const figures = [
    await delay(tab),
    await receiving(tab, 'panel shut', messages, 1.05),
    await sending(tab, 'panel shut'),
  ];
  await tab.page.openPanel();
  figures.push(await receiving(tab, 'panel open', messages, 1.1), await sending(tab, 'panel open'));
  await tab.page.close();
  return figures;
}

async function receiving(tab: Tab, state: string, messages: number, goal: number): Promise<Figure> {
  const { hooked, plain, ratio } = await compare(tab, (page) => page.evaluate(receiveBurst, messages));
  return {
    name: `received message, ${state}`,
    value: `${ratio.toFixed(3)} × (${(hooked * 1000).toFixed(1)} µs against ${(plain * 1000).toFixed(1)} µs)`,
    goal: `≤ ${goal} ×`,
    isMet: ratio <= goal,
  };
}

async function sending(tab: Tab, state: string): Promise<Figure> {
  const { hooked, plain } = await compare(tab, (page) => page.evaluate(sendMany, 40, 250));
  const extra = hooked - plain;
  return {
    name: `send(), ${state}`,
    value: `+${extra.toFixed(2)} µs (${hooked.toFixed(2)} µs against ${plain.toFixed(2)} µs)`,
    goal: state === 'panel shut' ? '≤ +1.5 µs' : undefined,
    isMet: state !== 'panel shut' || extra <= 1.5,
  };
}

async function delay(tab: Tab): Promise<Figure> {
  const { hooked, plain } = await compare(tab, (page) => page.evaluate(firstScriptDelay));
  return {
    name: 'first inline script after the response',
    value: `${hooked.toFixed(1)} ms against ${plain.toFixed(1)} ms`,
    goal: undefined,
    isMet: true,
  };
}

/** Medians of rounds in which both are measured one after the other, and the median of each round's ratio. */
async function compare(
  { page, hookedUrl, plainUrl }: Tab,
  measure: (page: InspectedPage) => Promise<number>,
) {
  const measureAt = async (url: string) => {
    await page.navigate(url);
    return measure(page);
  };
  await measureAt(hookedUrl);
  await measureAt(plainUrl);
  const hooked: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const hookedFirst = round % 2 === 0;
    const first = await measureAt(hookedFirst ? hookedUrl : plainUrl);
    const second = await measureAt(hookedFirst ? plainUrl : hookedUrl);
    hooked.push(hookedFirst ? first : second);
    plain.push(hookedFirst ? second : first);
  }
  const ratios = hooked.map((value, index) => value / (plain[index] ?? Number.NaN));
  return { hooked: median(hooked), plain: median(plain), ratio: median(ratios) };
}
