import type { InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { EMPTY_PATH, PLAIN_PATH } from '../real/half-extension.ts';
import {
  bytesPerSocket,
  constructMany,
  firstScriptDelay,
  type Realm,
  receiveBurst,
  sendMany,
} from '../real/page-functions.ts';
import { type Figure, median } from '../statistics.ts';

const VISITS = 31;
const BURSTS = 20;
const SEND_ROUNDS = 200;
const CALLS_PER_ROUND = 100;
/** Few enough, with ms enough between them, for each to have its call stack. */
const SLOW_SENDS = { rounds: 20, calls: 25, pause: 150 };
const SOCKETS = 200;

/*
 * What the page pays, against a frame of the same page that Framescope leaves alone: two browsers, two tabs or two visits differ
 * by more than what is measured here.
 */

const messagesOf = ({ isQuick }: Stage) => (isQuick ? 40_000 : 200_000);

/** While no panel is open. */
export async function panelShut(stage: Stage): Promise<Figure[]> {
  const { url } = stage.server;
  const page = await stage.browser.open(url);
  const figures = [
    await delay(page, url),
    await receiving(page, undefined, messagesOf(stage), 1.03),
    await sending(page, 'panel shut'),
    await sendingSlowly(page, 'panel shut, each with a stack'),
    await constructing(page, 'panel shut, each with a stack'),
    await memory(page),
  ];
  await page.close();
  return figures;
}

/** With the panel in sight. */
export async function panelOpen(stage: Stage): Promise<Figure[]> {
  const page = await stage.browser.open(stage.server.url);
  const panel = await page.openPanel();
  const figures = [
    await receiving(page, panel, messagesOf(stage), 1.05),
    await sending(page, 'panel open'),
    await sendingSlowly(page, 'panel open, each with a stack'),
    await constructing(page, 'panel open, each with a stack'),
  ];
  await panel.click('checkbox', 'Call stacks');
  figures.push(
    await sendingSlowly(page, 'panel open, call stacks off'),
    await constructing(page, 'panel open, call stacks off'),
  );
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
  const { extra, value } = compared(await page.evaluate(sendMany, SEND_ROUNDS, CALLS_PER_ROUND, 1));
  return {
    name: `send(), ${state}`,
    value,
    goal: state === 'panel shut' ? '≤ +1.5 µs' : undefined,
    isMet: state !== 'panel shut' || extra <= 1.5,
  };
}

/** At a rate at which every message has the call stack that sent it, unless that is switched off. */
async function sendingSlowly(page: InspectedPage, state: string): Promise<Figure> {
  const { rounds, calls, pause } = SLOW_SENDS;
  const { value } = compared(await page.evaluate(sendMany, rounds, calls, pause));
  return { name: `send(), ${state}`, value, goal: undefined, isMet: true };
}

async function constructing(page: InspectedPage, state: string): Promise<Figure> {
  const { value } = compared(await page.evaluate(constructMany, 20, 10));
  return { name: `new WebSocket(), ${state}`, value, goal: undefined, isMet: true };
}

async function memory(page: InspectedPage): Promise<Figure> {
  await page.evaluate(bytesPerSocket, 'plain', SOCKETS);
  const plain = await page.evaluate(bytesPerSocket, 'plain', SOCKETS);
  const hooked = await page.evaluate(bytesPerSocket, 'hooked', SOCKETS);
  const bytes = (value: number) => `${value.toFixed(0)} bytes`;
  return {
    name: 'heap of an idle socket',
    value: `+${bytes(hooked - plain)} (${bytes(hooked)} against ${bytes(plain)})`,
    goal: undefined,
    isMet: true,
  };
}

/** Medians of µs a call, and of each round's difference. */
function compared(rounds: readonly Record<Realm, number>[]) {
  const hooked = median(rounds.map((round) => round.hooked));
  const plain = median(rounds.map((round) => round.plain));
  const extra = median(rounds.map((round) => round.hooked - round.plain));
  return {
    extra,
    value: `+${extra.toFixed(2)} µs (${hooked.toFixed(2)} µs against ${plain.toFixed(2)} µs)`,
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
