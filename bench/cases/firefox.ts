import type { Stage } from '../case.ts';
import { receiveBurst } from '../real/page-functions.ts';
import { between, estimate, type Figure } from '../statistics.ts';
import { settledLedger } from '../synthetic/stage.ts';

const SPELLS = { full: 20, quick: 5 };
const MESSAGES = 20_000;
/** `open`, `close`, and the request for a burst are frames too. */
const ROWS = MESSAGES + 3;

/**
 * What a page receives in Firefox while it has a panel, in turn with one that has no DevTools. Two frames of one page would not do: had the
 * panel DevTools make records of frames, they would do so for both.
 */
export async function firefox({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const alone = await browser.open(server.url);
  const page = await browser.open(server.url);
  const panel = await page.openPanel();
  await panel.resize(1400, 900);
  await panel.waitForText('No WebSocket yet');
  const spells = isQuick ? SPELLS.quick : SPELLS.full;
  const ratios: number[] = [];
  // The first spell warms up.
  for (let spell = 0; spell <= spells; spell++) {
    const without = await alone.evaluate(receiveBurst, MESSAGES);
    const withPanel = await page.evaluate(receiveBurst, MESSAGES);
    await settledLedger(panel, ROWS);
    await panel.click('button', 'Clear');
    if (spell > 0) ratios.push(withPanel / without);
  }
  await page.close();
  await alone.close();
  const ratio = estimate(ratios);
  return [
    {
      name: 'Firefox: received message, panel open',
      value: `${ratio.median.toFixed(2)} × one without DevTools (${between(ratio, 2)})`,
      measured: ratio.median,
      goal: '≤ 1.5 ×',
      isMet: ratio.median <= 1.5,
    },
  ];
}
