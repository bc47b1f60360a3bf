import type { InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { ignoreLog } from '../real/half-extension.ts';
import {
  constructInTurn,
  heapInTurn,
  installTurns,
  type Realm,
  type Round,
  sendInTurn,
} from '../real/in-turn.ts';
import { type Received, receiveInTurn } from '../real/receive-in-turn.ts';
import { between, estimate, type Figure, median, plain, signed } from '../statistics.ts';

const SEND = { rounds: 200, calls: 100, pause: 1 };
/** Few enough, with ms enough between them, for each to have its call stack. */
const SLOW_SEND = { rounds: 60, calls: 10, pause: 55 };
const CONSTRUCT = { rounds: 80, calls: 5 };
const HEAP = { rounds: 6, sockets: 200 };
/**
 * Groups of sockets, spells that each socket has, and messages of a spell. What a spell takes differs as much from one to the next whether it is
 * short or long. Still they are long: the goal is about 200,000 messages, and of few of them each costs less, because what waits in the browser's
 * buffers is handed over together.
 */
const RECEIVE_SHUT = { groups: 60, spells: 2, spell: 20_000 };
const RECEIVE_OPEN = { groups: 24, spells: 2, spell: 20_000 };

/*
 * What a frame with Framescope pays, against a frame of the same page that is left alone: two browsers or two tabs differ
 * by more than what is measured here, and so do two sockets.
 */

/** While no panel is open. */
export async function panelShut(stage: Stage): Promise<Figure[]> {
  const page = await stage.browser.open(stage.server.paired);
  await page.evaluate(installTurns);
  const figures = [
    ...(await receiving(stage, page, undefined, shortened(RECEIVE_SHUT, stage), 1.03)),
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
  const page = await stage.browser.open(stage.server.paired);
  await page.evaluate(installTurns);
  const panel = await page.openPanel();
  await panel.evaluate(ignoreLog);
  const figures = [
    ...(await receiving(stage, page, panel, shortened(RECEIVE_OPEN, stage), 1.05)),
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

type Receiving = typeof RECEIVE_SHUT;

const shortened = (receiving: Receiving, { isQuick }: Stage): Receiving => ({
  ...receiving,
  groups: isQuick ? Math.ceil(receiving.groups / 5) : receiving.groups,
});

/**
 * Wall time, which the goal is about, and what the page's main thread and all processes of the browser work for it: whoever else is at
 * work on the machine takes nothing of that. To what all processes work belongs what a burst leaves to do, the last pictures for one.
 */
async function receiving(
  { browser }: Stage,
  page: InspectedPage,
  panel: Panel | undefined,
  { groups, ...spells }: Receiving,
  goal: number,
): Promise<Figure[]> {
  const rounds: Received[] = [];
  // The first group warms up.
  for (let group = 0; group <= groups; group++) {
    const round = await receiveInTurn({ browser, page, panel }, spells, group);
    if (group > 0) rounds.push(round);
  }
  const wall = rounds.map((round) => round.wall);
  const state = panel ? 'panel open' : 'panel shut';
  const ratio = estimate(wall.map(({ hooked, plain }) => hooked / plain));
  const least = estimate(wall.map(({ listened, plain }) => listened / plain));
  const figures = [
    {
      name: `received message, ${state}`,
      value: `${ratio.median.toFixed(3)} × (${between(ratio, 3)}; ${against(wall)})`,
      goal: `≤ ${goal} ×`,
      isMet: ratio.median <= goal,
    },
    plain(
      `received message, ${state}: with a listener that does nothing`,
      `${least.median.toFixed(3)} × (${between(least, 3)})`,
    ),
    difference(
      `received message, ${state}: main thread`,
      rounds.map(({ mainThread }) => mainThread),
    ),
  ];
  if (!panel) return figures; // of short spells the steps of the others tell nothing
  const all = rounds.map(({ allProcesses }) => allProcesses);
  return [...figures, difference(`received message, ${state}: all processes`, all, 'µs', 1)];
}

async function sending(page: InspectedPage, state: string): Promise<Figure> {
  const { rounds, calls, pause } = SEND;
  const figure = difference(`send(), ${state}`, await page.evaluate(sendInTurn, rounds, calls, pause));
  if (state !== 'panel shut') return figure;
  return { ...figure, goal: '≤ +1.5 µs', isMet: (figure.measured ?? Number.NaN) <= 1.5 };
}

/** At a rate at which every message has the call stack that sent it, unless that is switched off. */
async function sendingSlowly(page: InspectedPage, state: string): Promise<Figure> {
  const { rounds, calls, pause } = SLOW_SEND;
  return difference(`send(), ${state}`, await page.evaluate(sendInTurn, rounds, calls, pause));
}

async function constructing(page: InspectedPage, state: string): Promise<Figure> {
  const { rounds, calls } = CONSTRUCT;
  return difference(`new WebSocket(), ${state}`, await page.evaluate(constructInTurn, rounds, calls));
}

async function memory(page: InspectedPage): Promise<Figure> {
  const { rounds, sockets } = HEAP;
  await page.evaluate(heapInTurn, 1, sockets);
  return difference('heap of an idle socket', await page.evaluate(heapInTurn, rounds, sockets), 'bytes', 0);
}

/** The median of what each round's two figures differ by. */
function difference(name: string, rounds: readonly Round[], unit = 'µs', digits = 2): Figure {
  const extra = estimate(rounds.map(({ hooked, plain }) => hooked - plain));
  const value = `${signed(extra.median, digits)} ${unit} (${between(extra, digits)}; ${against(rounds, unit, digits)})`;
  return { name, value, measured: extra.median, goal: undefined, isMet: true };
}

function against(rounds: readonly Round[], unit = 'µs', digits = 1): string {
  const of = (realm: Realm) => median(rounds.map((round) => round[realm])).toFixed(digits);
  return `${of('hooked')} against ${of('plain')} ${unit}`;
}
