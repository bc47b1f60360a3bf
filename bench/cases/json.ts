import type { Panel } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { atMost, type Figure, greatest, median } from '../statistics.ts';
import { openSynthetic } from '../synthetic/stage.ts';

const BYTES = 10_000_000;
const SHAPES = ['objects', 'numbers', 'laid out'] as const;
type Shape = (typeof SHAPES)[number];

/** A message of 10 MB whose row is selected: how soon its tree stands there, and how long nothing else is answered meanwhile. */
export async function json({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const rounds = isQuick ? 2 : 5;
  const opened: number[] = [];
  const waits: number[] = [];
  const rawWaits: number[] = [];
  for (const shape of SHAPES) {
    const { page, panel } = await openSynthetic(browser, server.framed(0));
    await panel.evaluate(() => window.watch.watchWaits());
    await page.evaluate(receiveSmallAndLarge, shape, BYTES);
    await panel.waitFor(
      () => document.querySelector('[role=rowgroup] [role=row]:last-child .json-number') !== null,
    );
    await panel.focus('grid', 'Frames');
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const seen = await open(panel);
      times.push(seen.shown);
      waits.push(seen.wait);
    }
    opened.push(median(times));
    rawWaits.push(await openRaw(panel));
    await page.close();
  }
  const beside = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(', ');
  const name = `JSON of ${(BYTES / 1e6).toFixed(0)} MB`;
  return [
    atMost(`${name}: from the key to its tree`, greatest(opened), 1000, 'ms', {
      beside: `${SHAPES.join(', ')}: ${beside(opened)}`,
    }),
    // Browsers call a task long from there on.
    atMost(`${name}: longest wait`, greatest(waits), 50, 'ms', { beside: beside(waits) }),
    atMost(`${name}, its text: longest wait`, greatest(rawWaits), 50, 'ms', { beside: beside(rawWaits) }),
  ];
}

/** Selects the small message, and then measures how long the large one takes. */
async function open(panel: Panel): Promise<{ shown: number; wait: number }> {
  await panel.press('Home');
  await panel.waitFor(
    () => document.querySelectorAll('[role=treeitem]').length === 2 && document.querySelector('[role=tree]'),
  );
  await panel.evaluate(watchTree);
  await panel.press('End');
  const shown = await panel.waitFor(() => window.treeShown);
  return { shown, wait: await panel.evaluate(() => window.watch.longestWait) };
}

/** The same in the Raw tab. @returns ms that nothing was answered, at the longest */
async function openRaw(panel: Panel): Promise<number> {
  await panel.press('Home');
  await panel.click('tab', 'Raw');
  await panel.waitFor(() => document.querySelector('.raw')?.textContent === '{"small":1}');
  await panel.focus('grid', 'Frames');
  await panel.evaluate(() => {
    window.watch.longestWait = 0;
  });
  await panel.press('End');
  await panel.waitFor(() => (document.querySelector('.raw')?.textContent?.length ?? 0) > 100_000);
  // Until words on what was waited for have come.
  return panel.evaluate(async () => {
    await new Promise((done) => setTimeout(done, 300));
    return window.watch.longestWait;
  });
}

declare global {
  interface Window {
    /** ms from the press of a key to the picture with more than a few lines of a tree; undefined before */
    treeShown: number | undefined;
  }
}

/** Runs in the panel. */
function watchTree(): void {
  window.treeShown = undefined;
  window.watch.longestWait = 0;
  let pressed = 0;
  document.addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), {
    capture: true,
    once: true,
  });
  const observer = new MutationObserver(() => {
    if (pressed === 0 || document.querySelectorAll('[role=treeitem]').length < 5) return;
    observer.disconnect();
    window.watch.nextPicture(() => {
      window.treeShown = performance.now() - pressed;
    });
  });
  observer.observe(document, { subtree: true, childList: true });
}

/** Runs in the page. */
function receiveSmallAndLarge(shape: Shape, bytes: number): void {
  const trade = (index: number) =>
    `{"id":${index},"type":"trade","symbol":"BTC-USD","price":${64_000 + index / 8},"meta":{"ts":${1795370449124 + index},"tags":["a","b"]}}`;
  const parts: string[] = [];
  let length = 0;
  for (let index = 0; length < bytes; index++) {
    const part = shape === 'numbers' ? String(index) : trade(index);
    parts.push(part);
    length += part.length + 1;
  }
  const text = `[${parts.join(',')}]`;
  const laidOut = () => JSON.stringify(JSON.parse(text), undefined, 1);
  window.source.receive('{"small":1}');
  window.source.receive(shape === 'laid out' ? laidOut() : text);
}
