import type { Stage } from '../cases.ts';
import { atMost, type Figure, greatest, median } from '../statistics.ts';
import { openSynthetic, settledLedger } from '../synthetic/stage.ts';
import { RARE } from '../synthetic/trade.ts';

const NEEDLES = [
  RARE.text,
  RARE.text.toLowerCase(),
  RARE.text.slice(0, 3),
  RARE.text.slice(1),
  RARE.text.slice(1).toLowerCase(),
];

/** A text typed into the filter over a million frames, against one pass over an array of strings in the same page. */
export async function filter({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const frames = isQuick ? 200_000 : 1_000_000;
  const { page, panel, flood } = await openSynthetic(browser, server.framed(0));
  await flood(frames);
  await settledLedger(panel, frames);
  await panel.evaluate(() => window.watch.watchWaits());
  const runs = [];
  for (const needle of NEEDLES) {
    runs.push(await panel.evaluate(filterOnce, needle, frames / RARE.every));
    await panel.evaluate(filterOnce, '', frames);
  }
  // Last, because it holds as much memory again.
  const pass = await panel.evaluate(passOverStrings, frames, NEEDLES[0] ?? '');
  await page.close();
  const all = median(runs.map((run) => run.all));
  const ratio = all / pass;
  const each = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(', ');
  const name = `text filter over ${frames.toLocaleString('en')} frames`;
  return [
    atMost(name, ratio, 1, '×', {
      digits: 2,
      beside: `${all.toFixed(0)} ms against ${pass.toFixed(0)} ms; ${each(runs.map((run) => run.all))}`,
    }),
    atMost(`${name}: first screen`, median(runs.map((run) => run.first)), 50, 'ms', {
      beside: each(runs.map((run) => run.first)),
    }),
    atMost(`${name}: longest wait`, greatest(runs.map((run) => run.wait)), 16, 'ms', {
      beside: each(runs.map((run) => run.wait)),
    }),
  ];
}

/** Runs in the panel. ms until rows fill the list, until all are found, and the longest that nothing was answered. */
async function filterOnce(
  needle: string,
  matches: number,
): Promise<{ first: number; all: number; wait: number }> {
  const grid = document.querySelector('[role=grid][aria-label=Frames]');
  const input = document.querySelector<HTMLInputElement>('input[aria-label="Filter frames"]');
  if (!grid || !input) throw new Error('no list or no filter');
  const isFull = () => {
    const rows = [...grid.querySelectorAll('[role=row]:has([role=gridcell])')];
    const isRight = (row: Element) => row.textContent?.toLowerCase().includes(needle.toLowerCase());
    return rows.length > 10 && rows.every(isRight);
  };
  const result = { first: 0, all: 0, wait: 0 };
  window.watch.longestWait = 0;
  const start = performance.now();
  await new Promise<void>((done) => {
    const look = () => {
      const now = performance.now() - start;
      if (result.first === 0 && isFull()) result.first = now;
      if (result.all === 0 && Number(grid.getAttribute('aria-rowcount')) - 1 === matches) result.all = now;
      if (result.first === 0 || result.all === 0) return;
      observer.disconnect();
      done();
    };
    const observer = new MutationObserver(look);
    observer.observe(grid, { subtree: true, childList: true, characterData: true, attributes: true });
    input.value = needle;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await new Promise((done) => setTimeout(done, 300)); // until words on what was waited for have come
  result.wait = window.watch.longestWait;
  return result;
}

/** Runs in the panel: ms of one pass over as many strings, of as many bytes, as frames are stored. */
function passOverStrings(count: number, needle: string): number {
  const decoder = new TextDecoder();
  const text = new TextEncoder().encode('x'.repeat(110));
  const digits = new TextEncoder();
  const strings: string[] = [];
  for (let index = 0; index < count; index++) {
    digits.encodeInto(index % 1000 === 0 ? `${index} ${needle}` : `${index}`, text);
    strings.push(decoder.decode(text));
  }
  const times: number[] = [];
  for (let pass = 0; pass < 7; pass++) {
    let found = 0;
    const start = performance.now();
    for (const one of strings) if (one.includes(needle)) found++;
    times.push(performance.now() - start);
    if (found < count / 1000) throw new Error(`only ${found} of the strings have it`);
  }
  return times.sort((a, b) => a - b)[3] ?? Number.NaN;
}
