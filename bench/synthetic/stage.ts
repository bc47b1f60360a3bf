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
  { start = Date.now(), step = 0.01, perTask = PACE.perTask, ahead = PACE.ahead }: Partial<Flood> = {},
): Promise<FloodResult> {
  return page.evaluate((asked) => window.source.flood(asked), { frames, start, step, perTask, ahead });
}

/** Frames, as the status line of the panel says. */
export interface LedgerLine {
  readonly stored: number;
  readonly dropped: number;
  readonly inFlight: number;
}

export async function readLedger(panel: Panel): Promise<LedgerLine> {
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

/** Bytes of heap and array buffers, once collections bring no more. Needs an exposed `gc` and precise memory figures. */
export function heldMemory(): Promise<number> {
  const { gc } = window as unknown as { gc(options: object): Promise<void> };
  const { memory } = performance as unknown as { memory: { usedJSHeapSize: number } };
  const collect = async (last: number): Promise<number> => {
    await gc({ type: 'major', execution: 'async' });
    // What a port has carried is let go a moment after it has been read.
    await new Promise((done) => setTimeout(done, 300));
    const now = memory.usedJSHeapSize;
    return now < last * 0.995 ? collect(now) : now;
  };
  return collect(Number.POSITIVE_INFINITY);
}
