import type { Panel } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { atMost, type Figure, plain } from '../statistics.ts';
import { heldMemory, openSynthetic, settledLedger } from '../synthetic/stage.ts';
import { RARE } from '../synthetic/trade.ts';

/** Of each frame's text. With 4.1 million of them the disk is almost as full as it may be at first, and after that it is too small. */
const BYTES = 1000;
const FRAMES = 4_100_000;
const MORE = 400_000;
/** What the page may have waiting: less than its ring lets go of. */
const PACE = { bytes: BYTES, perTask: 1000, ahead: 50_000 };

/** A day's payloads, which find no place in memory: on disk, found and opened again, and too many for the disk too. */
export async function disk({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const frames = isQuick ? FRAMES / 10 : FRAMES;
  const { page, panel, flood } = await openSynthetic(browser, server.framed(0), 4);
  const { wall } = await flood(frames, PACE);
  const ledger = await settledLedger(panel, frames);
  const heap = (await panel.evaluate(heldMemory, 6)) / 1e6;
  const kept = await memoryLine(panel);
  const opened = await openFirst(panel);
  const found = await panel.evaluate(searchOnce, RARE.text, frames / RARE.every);
  const nowhere = await panel.evaluate(searchOnce, 'ZZ9', 0);
  await panel.evaluate(searchOnce, '', frames);
  await flood(MORE, PACE);
  const after = await settledLedger(panel, frames + MORE);
  const most = (await panel.evaluate(heldMemory, 6)) / 1e6;
  const full = await memoryLine(panel);
  await page.close();
  const name = `${(frames / 1e6).toFixed(1)} million frames of ${BYTES} bytes`;
  return [
    atMost(`${name}: heap`, Math.max(heap, most), 400, 'MB', {
      beside: `${heap.toFixed(0)}, and ${most.toFixed(0)} after ${MORE.toLocaleString('en')} more; ${kept}; then ${full}`,
    }),
    {
      name: `${name}: ledger`,
      value: `${JSON.stringify(ledger)}, then ${JSON.stringify(after)}`,
      goal: 'true',
      isMet: ledger.stored === frames && after.stored + after.dropped === frames + MORE,
    },
    plain(
      `${name}: taken in`,
      `${(wall / 1000).toFixed(1)} s, ${((frames * BYTES) / wall / 1000).toFixed(0)} MB/s`,
    ),
    plain(`${name}: the oldest payload opened`, `${opened.toFixed(0)} ms`),
    plain(
      `${name}: a text looked for`,
      `${(found / 1000).toFixed(1)} s where one of ${RARE.every} has it, ${(nowhere / 1000).toFixed(1)} s where none has`,
    ),
  ];
}

/** What the status line says of memory and disk. */
function memoryLine(panel: Panel): Promise<string> {
  return panel.evaluate(() => {
    const buttons = [...document.querySelectorAll('button')].map(({ textContent }) => textContent ?? '');
    return buttons.find((text) => text.includes('memory ')) ?? '';
  });
}

/** ms from the key that selects the first frame until its payload is shown. */
async function openFirst(panel: Panel): Promise<number> {
  await panel.focus('grid', 'Frames');
  await panel.evaluate(() => {
    const watch = window as unknown as { opened: number | undefined };
    let start = 0;
    addEventListener(
      'keydown',
      () => {
        start = performance.now();
      },
      { capture: true, once: true },
    );
    const observer = new MutationObserver(() => {
      const text = document.querySelector('.detail')?.textContent ?? '';
      if (!text.includes('XLON')) return;
      watch.opened = performance.now() - start;
      observer.disconnect();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await panel.press('Home');
  return panel.waitFor(() => (window as unknown as { opened: number | undefined }).opened);
}

/** Runs in the panel. @returns ms until all rows have been looked at */
async function searchOnce(needle: string, matches: number): Promise<number> {
  const grid = document.querySelector('[role=grid][aria-label=Frames]');
  const input = document.querySelector<HTMLInputElement>('input[aria-label="Filter frames"]');
  if (!grid || !input) throw new Error('no list or no filter');
  const start = performance.now();
  await new Promise<void>((done) => {
    const look = setInterval(() => {
      if (Number(grid.getAttribute('aria-rowcount')) - 1 !== matches) return;
      clearInterval(look);
      done();
    }, 20);
    input.value = needle;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  return performance.now() - start;
}
