import type { DevtoolsBrowser, InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import type { Flood, FloodResult } from './hook.ts';

/** Frames of one task, and frames that may wait for the panel: far below what the page's ring lets go of. */
const PACE = { perTask: 2000, ahead: 100_000 };

/** A page with the synthetic hook. */
export interface SyntheticPage {
  readonly page: InspectedPage;
  readonly panel: Panel;
  /** Makes frames, as fast as they are taken, and waits until the panel has them all. */
  flood(frames: number, options?: Partial<Flood>): Promise<FloodResult>;
}

/** Opens a page and its panel, and waits until they have met. */
export async function openSynthetic(
  browser: DevtoolsBrowser,
  url: string,
  sockets = 1,
): Promise<SyntheticPage> {
  const page = await browser.open(url);
  await page.evaluate((count) => window.source.openSockets(count), sockets);
  const panel = await page.openPanel();
  await panel.resize(1400, 900);
  await panel.waitFor(() => document.querySelector('[role=option]') !== null);
  return { page, panel, flood: (frames, options) => flood(page, frames, options) };
}

/** Makes frames in a page with the synthetic hook. */
export function flood(
  page: InspectedPage,
  frames: number,
  { start = Date.now(), step = 0.01, perTask = PACE.perTask, ahead = PACE.ahead, bytes }: Partial<Flood> = {},
): Promise<FloodResult> {
  return page.evaluate((asked) => window.source.flood(asked), { frames, start, step, perTask, ahead, bytes });
}

/** Frames, as the status line of the panel says. */
export interface LedgerLine {
  readonly stored: number;
  readonly dropped: number;
  readonly inFlight: number;
}

async function readLedger(panel: Panel): Promise<LedgerLine> {
  const { text } = await panel.element('status', 'Ledger');
  const [, stored, dropped, inFlight] =
    /([\d,]+) frames ([\d,]+) dropped in flight ([\d,]+)/.exec(text) ?? [];
  const number = (digits = '') => Number(digits.replaceAll(',', ''));
  return { stored: number(stored), dropped: number(dropped), inFlight: number(inFlight) };
}

/** Waits until the status line says that so many frames are stored or dropped, and that nothing is under way any more. */
export async function settledLedger(panel: Panel, frames: number): Promise<LedgerLine> {
  await panel.waitFor((count) => {
    const text = document.querySelector('[role=status][aria-label=Ledger]')?.textContent ?? '';
    const [, stored = '', dropped = ''] = /^([\d,]+) frames\s*([\d,]+) dropped/.exec(text) ?? [];
    const number = (digits: string) => Number(digits.replaceAll(',', ''));
    return number(stored) + number(dropped) >= count && /in flight 0(?![\d,])/.test(text);
  }, frames);
  return readLedger(panel);
}

/** Empties the panel as a person does. */
export async function clear(panel: Panel): Promise<void> {
  await panel.click('button', 'Clear');
  await panel.waitFor(() => /^0 /.test(document.querySelector('[aria-label=Ledger]')?.textContent ?? ''));
}

/**
 * Bytes of heap and array buffers that stay after collections. Needs an exposed `gc` and precise memory figures. What a port has
 * carried is let go a while after it has been read, so one look is not enough.
 */
export async function heldMemory(looks: number): Promise<number> {
  const { gc } = window as unknown as { gc(options: object): Promise<void> };
  // Each look at `memory` gives an object of its own with what was true then.
  const clock = performance as unknown as { memory: { usedJSHeapSize: number } };
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < looks; look++) {
    await gc({ type: 'major', execution: 'async' });
    await new Promise((done) => setTimeout(done, 700));
    least = Math.min(least, clock.memory.usedJSHeapSize);
  }
  return least;
}
