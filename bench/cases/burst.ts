import type { DevtoolsBrowser, Panel } from '../../scripts/devtools/driver.ts';
import { receiveBurst } from '../page-functions.ts';
import type { Figure } from '../statistics.ts';

/** A burst with the list showing: all of it in the panel, and the panel answering all the while. */
export async function burst(browser: DevtoolsBrowser, url: string, messages: number): Promise<Figure[]> {
  const page = await browser.open(url);
  const panel = await page.openPanel();
  await panel.waitForText('No WebSocket yet');
  await panel.evaluate(watchAnswers);
  const perMessage = await page.evaluate(receiveBurst, 'hooked', messages);
  const start = performance.now();
  // open and close, and the request for the burst, are frames too
  const rows = messages + 3;
  await panel.waitFor((count: number) => {
    const ledger = document.querySelector('[role=status][aria-label=Ledger]')?.textContent ?? '';
    return Number(/^[\d,]+/.exec(ledger)?.[0].replaceAll(',', '')) >= count;
  }, rows);
  const tail = performance.now() - start;
  const worst = await worstAnswer(panel);
  const ledger = (await panel.element('status', 'Ledger')).text;
  await page.close();
  const name = `burst of ${messages.toLocaleString('en')}`;
  return [
    {
      name: `${name}: in the panel`,
      value: `${ledger} (${(perMessage * 1000).toFixed(1)} µs a message, last row ${tail.toFixed(0)} ms after)`,
      goal: 'all, 0 dropped',
      isMet: ledger.includes(' 0 dropped'),
    },
    {
      name: `${name}: slowest answer to a key`,
      value: `${worst.toFixed(0)} ms`,
      goal: '≤ 100 ms',
      isMet: worst <= 100,
    },
  ];
}

/** Presses a key every few ms in the panel and notes how long the next picture takes. */
function watchAnswers(): void {
  const state = window as unknown as { worstAnswer: number };
  state.worstAnswer = 0;
  const channel = new MessageChannel();
  const press = () => {
    const start = performance.now();
    // A message comes after whatever task is under way, as a key does.
    channel.port1.onmessage = () => {
      const grid = document.querySelector('[role=grid]');
      grid?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
      state.worstAnswer = Math.max(state.worstAnswer, performance.now() - start);
      setTimeout(press, 5);
    };
    channel.port2.postMessage(undefined);
  };
  press();
}

function worstAnswer(panel: Panel): Promise<number> {
  return panel.evaluate(() => (window as unknown as { worstAnswer: number }).worstAnswer);
}
