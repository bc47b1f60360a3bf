import type { Stage } from '../case.ts';
import { atMost, type Figure, greatest, median, plain } from '../statistics.ts';
import { heldMemory, openSynthetic, settledLedger } from '../synthetic/stage.ts';
import { FREQUENT, RARE, tradeText } from '../synthetic/trade.ts';

/** Texts to look for, and of how many frames one has them. */
const NEEDLES = [
  { text: RARE.text, every: RARE.every },
  { text: RARE.text.toLowerCase(), every: RARE.every },
  { text: RARE.text.slice(0, 3), every: RARE.every },
  { text: RARE.text.slice(1), every: RARE.every },
  { text: RARE.text.slice(1).toLowerCase(), every: RARE.every },
  { text: FREQUENT.text, every: FREQUENT.every },
];

/** Times that each is looked for; the first time much of the code is not compiled yet. */
const ROUNDS = 3;

/** A text typed into the filter over a million frames, against one pass over an array of strings in the same page. */
export async function filter({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const frames = isQuick ? 200_000 : 1_000_000;
  const { page, panel, flood } = await openSynthetic(browser, server.framed(0));
  await flood(frames);
  await settledLedger(panel, frames);
  // The strings that a million frames came in are garbage. To give 100 MB back takes the browser 12 ms or more, in the midst of a search.
  await panel.evaluate(heldMemory, 2);
  await panel.evaluate(() => window.watch.watchWaits());
  const typed: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const { text, every } of NEEDLES) {
      typed.push({ text, ...(await panel.evaluate(filterOnce, text, frames / every)) });
      await panel.evaluate(filterOnce, '', frames);
    }
  }
  // Last, because they take as much memory again.
  const texts = Array.from({ length: 4000 }, (_, index) => tradeText(index));
  await panel.evaluate(holdStrings, frames, texts);
  const passes: Passes[] = [];
  for (const { text } of NEEDLES) passes.push(await panel.evaluate(passOverStrings, text));
  await page.close();
  const name = `text filter over ${frames.toLocaleString('en')} frames`;
  return [
    ratio(name, NEEDLES.slice(0, -1), typed, passes.slice(0, -1)),
    ratio(`${name}: every fourth`, NEEDLES.slice(-1), typed, passes.slice(-1)),
    atMost(`${name}: first screen`, median(typed.map(({ first }) => first)), 50, 'ms', {
      beside: list(typed.map(({ first }) => first)),
    }),
    plain(
      `${name}: the picture that shows how many`,
      `${median(typed.map(({ shown }) => shown)).toFixed(0)} ms (${list(typed.map(({ shown }) => shown))})`,
    ),
    atMost(`${name}: longest wait`, greatest(typed.map(({ wait }) => wait)), 16, 'ms', {
      beside: list(typed.map(({ wait }) => wait)),
    }),
  ];
}

function list(values: readonly number[]): string {
  return values.map((value) => value.toFixed(0)).join(', ');
}

/** Medians of what was typed several times, as of the passes. */
function ratio(
  name: string,
  needles: readonly { readonly text: string }[],
  typed: readonly Round[],
  passes: readonly Passes[],
): Figure {
  const known = needles.map((needle) =>
    median(typed.filter(({ text }) => text === needle.text).map((one) => one.known)),
  );
  const exact = passes.map((pass) => pass.exact);
  const ratios = known.map((ms, index) => ms / (exact[index] ?? Number.NaN));
  return atMost(name, median(ratios), 1, '×', {
    digits: 2,
    beside: `${list(known)} ms against ${list(exact)}; with toLowerCase() ${list(passes.map((pass) => pass.folded))}`,
  });
}

/** How a search goes, in ms from the event of the key. */
interface Typed {
  /** Until all rows have been looked at, and those that have the text are known. */
  readonly known: number;
  /** Until rows that have it fill the list. */
  readonly first: number;
  /** Until the list is as long as there are such rows. */
  readonly shown: number;
  /** The longest that nothing was answered. */
  readonly wait: number;
}

interface Round extends Typed {
  readonly text: string;
}

/** ms of a pass with `includes`, and of one with `toLowerCase().includes`, which finds what the filter finds. */
interface Passes {
  readonly exact: number;
  readonly folded: number;
}

/** Runs in the panel. */
async function filterOnce(needle: string, matches: number): Promise<Typed> {
  const grid = document.querySelector('[role=grid][aria-label=Frames]');
  const input = document.querySelector<HTMLInputElement>('input[aria-label="Filter frames"]');
  if (!grid || !input) throw new Error('no list or no filter');
  const isFull = () => {
    const rows = [...grid.querySelectorAll('[role=row]:has([role=gridcell])')];
    const isRight = (row: Element) => row.textContent?.toLowerCase().includes(needle.toLowerCase());
    return rows.length > 10 && rows.every(isRight);
  };
  const result = { known: 0, first: 0, shown: 0, wait: 0 };
  const marks = new PerformanceObserver((list) => {
    const mark = list.getEntriesByName('framescope-searched').at(0);
    if (mark && result.known === 0) result.known = mark.startTime - start;
  });
  marks.observe({ type: 'mark' });
  window.watch.longestWait = 0;
  const start = performance.now();
  await new Promise<void>((done) => {
    let changed = 0;
    const look = () => {
      const now = changed - start;
      if (result.first === 0 && isFull()) result.first = now;
      if (result.shown === 0 && Number(grid.getAttribute('aria-rowcount')) - 1 === matches)
        result.shown = now;
      if (result.first === 0 || result.shown === 0) return;
      observer.disconnect();
      done();
    };
    const observer = new MutationObserver(() => {
      changed = performance.now();
      setTimeout(look); // to look at all rows takes time that is none of the picture's
    });
    // A row that shows another frame has another id.
    observer.observe(grid, { subtree: true, attributeFilter: ['aria-rowcount', 'id'] });
    input.value = needle;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await new Promise((done) => setTimeout(done, 300)); // until words on what was waited for have come
  marks.disconnect();
  result.wait = window.watch.longestWait;
  return result;
}

declare global {
  interface Window {
    /** Of {@link holdStrings}. */
    held: string[];
  }
}

/** Runs in the panel: holds the same messages as the store does, each as the string of its own that a port would have given. */
function holdStrings(count: number, texts: readonly string[]): void {
  window.held = [];
  const message = JSON.stringify(texts);
  while (window.held.length < count) window.held.push(...(JSON.parse(message) as string[]));
  window.held.length = count;
}

/** Runs in the panel. */
function passOverStrings(needle: string): Passes {
  const { held } = window;
  const small = needle.toLowerCase();
  const middleOf = (pass: () => number) => {
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now();
      if (pass() > held.length / 3) throw new Error('too many of the strings have it');
      return performance.now() - start;
    });
    return times.sort((a, b) => a - b)[3] ?? Number.NaN;
  };
  const exact = middleOf(() => {
    let found = 0;
    for (const text of held) if (text.includes(needle)) found++;
    return found;
  });
  const folded = middleOf(() => {
    let found = 0;
    for (const text of held) if (text.toLowerCase().includes(small)) found++;
    return found;
  });
  return { exact, folded };
}
