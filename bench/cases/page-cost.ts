import type { DevtoolsBrowser, InspectedPage } from '../../scripts/devtools/driver.ts';
import { firstScriptDelay, receiveBurst, sendMany } from '../page-functions.ts';
import { type Figure, median } from '../statistics.ts';

/** A page with Framescope and one without, measured in turn. */
interface Pair {
  readonly hooked: InspectedPage;
  readonly plain: InspectedPage;
}

const ROUNDS = 7;

/** What the page pays, panel shut and panel open, against the same browser without Framescope. */
export async function pageCost(
  hooked: DevtoolsBrowser,
  plain: DevtoolsBrowser,
  url: string,
  messages: number,
): Promise<Figure[]> {
  const pair = { hooked: await hooked.open(url), plain: await plain.open(url) };
  const figures = [
    await delay(pair),
    await receiving(pair, 'panel shut', messages, 1.05),
    await sending(pair, 'panel shut'),
  ];
  await pair.hooked.openPanel();
  await pair.plain.openPanel();
  figures.push(await receiving(pair, 'panel open', messages, 1.1), await sending(pair, 'panel open'));
  await pair.hooked.close();
  await pair.plain.close();
  return figures;
}

async function receiving(pair: Pair, state: string, messages: number, goal: number): Promise<Figure> {
  const { hooked, plain, ratio } = await compare(pair, (page) => page.evaluate(receiveBurst, messages));
  return {
    name: `received message, ${state}`,
    value: `${ratio.toFixed(3)} × (${(hooked * 1000).toFixed(1)} µs against ${(plain * 1000).toFixed(1)} µs)`,
    goal: `≤ ${goal} ×`,
    isMet: ratio <= goal,
  };
}

async function sending(pair: Pair, state: string): Promise<Figure> {
  const { hooked, plain } = await compare(pair, (page) => page.evaluate(sendMany, 40, 250));
  const extra = hooked - plain;
  return {
    name: `send(), ${state}`,
    value: `+${extra.toFixed(2)} µs (${hooked.toFixed(2)} µs against ${plain.toFixed(2)} µs)`,
    goal: state === 'panel shut' ? '≤ +1.5 µs' : undefined,
    isMet: state !== 'panel shut' || extra <= 1.5,
  };
}

async function delay(pair: Pair): Promise<Figure> {
  const { hooked, plain } = await compare(pair, async (page) => {
    await page.reload();
    return page.evaluate(firstScriptDelay);
  });
  return {
    name: 'first inline script after the response',
    value: `${hooked.toFixed(1)} ms against ${plain.toFixed(1)} ms`,
    goal: undefined,
    isMet: true,
  };
}

/** Medians of rounds in which both are measured one after the other, and the median of each round's ratio. */
async function compare(pair: Pair, measure: (page: InspectedPage) => Promise<number>) {
  await measure(pair.hooked);
  await measure(pair.plain);
  const hooked: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const hookedFirst = round % 2 === 0;
    const first = await measure(hookedFirst ? pair.hooked : pair.plain);
    const second = await measure(hookedFirst ? pair.plain : pair.hooked);
    hooked.push(hookedFirst ? first : second);
    plain.push(hookedFirst ? second : first);
  }
  const ratios = hooked.map((value, index) => value / (plain[index] ?? Number.NaN));
  return { hooked: median(hooked), plain: median(plain), ratio: median(ratios) };
}
