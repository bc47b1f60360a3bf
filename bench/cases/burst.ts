import type { InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { receiveBurst } from '../real/page-functions.ts';
import { atMost, type Figure, greatest } from '../statistics.ts';
import { settledLedger } from '../synthetic/stage.ts';

const MESSAGES = 50_000;
/** `open`, `close`, and the request for the burst are frames too. */
const ROWS = MESSAGES + 3;

/** A burst while the list is visible and keys are pressed: everything arrives in the panel, and each key has an effect. */
export async function burst({ browser, server }: Stage): Promise<Figure[]> {
  const page = await browser.open(server.url);
  const panel = await page.openPanel();
  await panel.resize(1400, 900);
  await panel.waitForText('No WebSocket yet');
  await page.evaluate(receiveBurst, 1000);
  await settledLedger(panel, 1003);
  await panel.click('button', 'Clear');
  await panel.focus('grid', 'Frames');
  await panel.evaluate(watchKeys);
  const { perMessage, keys } = await typedThrough(page, panel);
  const { stored, dropped } = await settledLedger(panel, ROWS);
  const answers = await panel.evaluate(keyAnswers);
  await page.close();
  const name = `burst of ${MESSAGES.toLocaleString('en')}`;
  const late = answers.filter(({ painted }) => painted > 50).length;
  return [
    {
      name: `${name}: in the panel`,
      value: `${stored.toLocaleString('en')} frames, ${dropped} dropped (${(perMessage * 1000).toFixed(1)} µs a message)`,
      goal: `${ROWS.toLocaleString('en')}, 0 dropped`,
      isMet: stored === ROWS && dropped === 0,
    },
    atMost(`${name}: slowest of ${keys} keys`, greatest(answers.map(({ handled }) => handled)), 50, 'ms', {
      beside: `from the press to the end of what it does; ${late} shown after more than 50, at most ${greatest(answers.map(({ painted }) => painted))}`,
    }),
  ];
}

/** Presses keys, as a driver does it from outside, until the burst is over. */
async function typedThrough(
  page: InspectedPage,
  panel: Panel,
): Promise<{ perMessage: number; keys: number }> {
  let isOver = false;
  const received = page.evaluate(receiveBurst, MESSAGES).finally(() => {
    isOver = true;
  });
  let keys = 0;
  for (; !isOver; keys++) await panel.press(keys % 8 < 4 ? 'ArrowUp' : 'ArrowDown');
  return { perMessage: await received, keys };
}

declare global {
  interface Window {
    keyAnswers: KeyAnswer[];
  }
}

/** ms from the press of a key; a key that was answered within 16 ms is not among them. */
interface KeyAnswer {
  /** To the end of what it does. */
  readonly handled: number;
  /** To the picture that shows it, in steps of 8. */
  readonly painted: number;
}

/** Runs in the panel. https://www.w3.org/TR/event-timing/ */
function watchKeys(): void {
  window.keyAnswers = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[]) {
      if (entry.name !== 'keydown') continue;
      window.keyAnswers.push({ handled: entry.processingEnd - entry.startTime, painted: entry.duration });
    }
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

/** Runs in the panel. */
async function keyAnswers(): Promise<KeyAnswer[]> {
  await new Promise((done) => setTimeout(done, 200)); // entries come after the picture
  return window.keyAnswers;
}
