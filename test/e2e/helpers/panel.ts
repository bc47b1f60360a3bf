import { expect } from 'vitest';
import type { Panel } from '../../../scripts/devtools/driver.ts';

/** How long what the panel shows may take to become true: far less, unless the machine has much other work. */
export const SOON = { timeout: 30_000, interval: 50 };

/** One visible row of the frame list. */
export interface Row {
  /** Its place among the rows that pass the filter, from 0. */
  readonly index: number;
  /** `sent`, `received`, or the name of an event. */
  readonly direction: string;
  /** `text` or `binary` of messages, with marks after it: `text panel`. */
  readonly type: string;
  /** Exact bytes of messages, undefined for events. */
  readonly bytes: number | undefined;
  readonly data: string;
  readonly time: string;
  readonly selected: boolean;
}

/** The rows in sight, from the first on. */
export function rows(panel: Panel): Promise<Row[]> {
  return panel.evaluate(() => {
    /** What assistive technology reads. */
    const read = (node: Node): string => {
      if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
      if (node.nodeType !== Node.ELEMENT_NODE || (node as Element).ariaHidden === 'true') return '';
      return [...node.childNodes].map(read).join('');
    };
    const isMark = (node: Node) => node instanceof Element && node.matches('.mark');
    const marks = (data: Element | undefined) => [...(data?.childNodes ?? [])].filter(isMark).map(read);
    const grid = document.querySelector('[role=grid][aria-label="Frames"]');
    const names = [...(grid?.querySelectorAll('[role=columnheader]') ?? [])].map(
      (header) => header.ariaLabel,
    );
    const lines = [...(grid?.querySelectorAll('[role=row]:has([role=gridcell])') ?? [])];
    return lines.map((line) => {
      const cells = [...line.querySelectorAll('[role=gridcell]')];
      const cell = (name: string) => {
        const found = cells[names.indexOf(name)];
        return found ? read(found).trim() : '';
      };
      const type = [...(cells[names.indexOf('Type')]?.childNodes ?? [])]
        .filter((node) => !(node instanceof Element && node.matches('.message-type')))
        .map(read)
        .join('');
      const length = cell('Length');
      const data = cells[names.indexOf('Data')];
      return {
        index: Number(line.getAttribute('aria-rowindex')) - 2,
        direction: cell('Direction'),
        type: [type.trim(), ...marks(data)].join(' '),
        bytes: length === '' ? undefined : Number(length.replace(/ B$/, '')),
        data: [...(data?.childNodes ?? [])]
          .filter((node) => !isMark(node))
          .map(read)
          .join('')
          .trim(),
        time: cell('Time'),
        selected: line.ariaSelected === 'true',
      };
    });
  });
}

/** Each row in sight in one line: `sent text 5 hello`, `open connected`. */
export async function lines(panel: Panel): Promise<string[]> {
  return (await rows(panel)).map(line);
}

export function line({ direction, type, bytes, data }: Row): string {
  return bytes === undefined ? `${direction} ${data}` : `${direction} ${type} ${bytes} ${data}`;
}

/** Waits until the rows in sight are these lines; see {@link lines}. */
export async function expectLines(panel: Panel, expected: readonly unknown[]): Promise<void> {
  await expect.poll(() => lines(panel), SOON).toEqual(expected);
}

/** Rows that pass the filter, those out of sight included. */
export function rowCount(panel: Panel): Promise<number> {
  return panel.evaluate(() => {
    const grid = document.querySelector('[role=grid][aria-label="Frames"]');
    return Number(grid?.getAttribute('aria-rowcount')) - 1;
  });
}

/** All rows that pass the filter, by walking through them page by page. Nothing may be added meanwhile. */
export async function allRows(panel: Panel): Promise<Row[]> {
  const seen: Row[] = [];
  const count = await rowCount(panel);
  const lookAround = async (from: number) => {
    let inSight: Row[] = [];
    const place = async () => {
      inSight = await rows(panel);
      return inSight.find(({ selected }) => selected)?.index;
    };
    await expect.poll(place, SOON).toBeGreaterThanOrEqual(from);
    for (const row of inSight) seen[row.index] = row;
  };
  await panel.focus('grid', 'Frames');
  await panel.press('Home');
  await expect.poll(async () => (await rows(panel)).find(({ selected }) => selected)?.index, SOON).toBe(0);
  await lookAround(0);
  while (seen.length < count) {
    await panel.press('PageDown');
    await lookAround(seen.length - 1);
  }
  return seen;
}

/** Waits until the status line says this. */
export async function expectLedger(panel: Panel, expected: Ledger): Promise<void> {
  await expect.poll(() => ledger(panel), SOON).toEqual(expected);
}

/** One socket of the list. */
export interface ListedSocket {
  readonly url: string;
  readonly state: string;
  readonly text: string;
}

export async function sockets(panel: Panel): Promise<ListedSocket[]> {
  const options = (await panel.elements('option')).filter(({ name }) => /^wss?:/.test(name));
  return options.map(({ name, text }) => {
    const [, url = '', state = ''] = /^(\S*) (CONNECTING|OPEN|CLOSING|CLOSED)\b/.exec(name) ?? [];
    return { url, state, text };
  });
}

/** The states of the sockets on a path, in the order of the list. */
export async function statesOf(panel: Panel, path: string): Promise<string[]> {
  const all = await sockets(panel);
  return all.filter(({ url }) => new URL(url).pathname === path).map(({ state }) => state);
}

/** Waits until the sockets on a path are listed in these states. */
export async function expectStates(panel: Panel, path: string, ...states: string[]): Promise<void> {
  await expect.poll(() => statesOf(panel, path), { ...SOON, message: path }).toEqual(states);
}

/** Shows the frames of one socket alone; of those with the same path the newest. */
export async function showSocket(panel: Panel, path: string): Promise<void> {
  const look = async () => {
    const options = (await panel.elements('option')).filter(({ name }) => /^wss?:/.test(name));
    const nth = options.findLastIndex(({ name }) => new URL(name.split(' ')[0] ?? '').pathname === path);
    return { nth, isShown: options[nth]?.states.selected === 'true' };
  };
  const shown = () =>
    panel.evaluate(
      () => document.querySelector('[role=option][id^="socket-"][aria-selected=true]')?.id ?? '',
    );
  await expect.poll(async () => (await look()).nth, { ...SOON, message: path }).toBeGreaterThanOrEqual(0);
  // A click on the one that is shown already would show all again; while others come above it, one of them may be hit.
  for (let now = await look(); !now.isShown; now = await look()) {
    const before = await shown();
    await panel.click('option', { contains: '://' }, { nth: now.nth });
    await expect.poll(shown, { ...SOON, message: path }).not.toBe(before);
  }
}

/** Selects the row whose data is, or contains, this text; of several the last. Its detail is shown then. */
export async function selectRow(panel: Panel, data: string): Promise<void> {
  await panel.click('row', { contains: data }, { nth: -1 });
  await panel.waitFor(() => document.querySelector('[role=grid] [role=row][aria-selected=true]') !== null);
  await nextPicture(panel);
}

/** Waits for what is drawn after a picture, as the detail of a frame that has been selected is. */
export async function nextPicture(panel: Panel): Promise<void> {
  const picture = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await panel.evaluate(picture);
  await panel.evaluate(picture);
}

/** What the status line says. */
export interface Ledger {
  readonly frames: number;
  readonly dropped: number;
  readonly inFlight: number;
}

export async function ledger(panel: Panel): Promise<Ledger> {
  const { text } = await panel.element('status', 'Ledger');
  const [, frames, dropped, inFlight] =
    /([\d.,\s]+) frames ?([\d.,\s]+) dropped ?in flight ([\d.,\s]+)/.exec(text) ?? [];
  const number = (digits: string | undefined) => Number(digits?.replace(/\D/g, '') || Number.NaN);
  return { frames: number(frames), dropped: number(dropped), inFlight: number(inFlight) };
}

/** Shows one tab of the frame detail. */
export async function showTab(panel: Panel, tab: 'Preview' | 'Raw' | 'Hex' | 'Diff' | 'Info'): Promise<void> {
  await panel.click('tab', tab);
  await panel.waitFor(
    (wanted: string) => document.querySelector('[role=tab][aria-selected=true]')?.textContent === wanted,
    tab,
  );
}

/** All text of the frame detail, white space as it is. */
export function detailText(panel: Panel): Promise<string> {
  return panel.evaluate(
    () => document.querySelector('[aria-label="Frame detail"] [role=tabpanel]')?.textContent ?? '',
  );
}

/** The text that the Raw tab shows, unit for unit. */
export function rawText(panel: Panel): Promise<string | undefined> {
  return panel.evaluate(
    () => document.querySelector('[aria-label="Frame detail"] [role=tabpanel] pre')?.textContent ?? undefined,
  );
}

/** One line of the Info tab. */
export function fact(panel: Panel, name: string): Promise<string | undefined> {
  return panel.evaluate((wanted: string) => {
    const terms = [...document.querySelectorAll('[aria-label="Frame detail"] dt')];
    return terms.find((term) => term.textContent === wanted)?.nextElementSibling?.textContent ?? undefined;
  }, name);
}

/** What the last action is said to have done. */
export async function expectNotice(panel: Panel, text: string): Promise<void> {
  await panel.waitFor(
    (wanted: string) => document.querySelector('footer [aria-live=polite]')?.textContent?.includes(wanted),
    text,
  );
}

/** What the account behind the status line says: the figures, and the reasons why frames were dropped. */
export async function account(panel: Panel): Promise<Readonly<Record<string, string>>> {
  return panel.evaluate(async () => {
    const button = document.querySelector<HTMLElement>('.ledger-figures');
    button?.click();
    const facts = () => [...document.querySelectorAll('#ledger-account .fact')];
    while (facts().length === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    const text = (fact: Element, name: string) => fact.querySelector(name)?.textContent ?? '';
    const entries = facts().map((fact) => [text(fact, 'dt'), text(fact, 'dd')]);
    button?.click();
    return Object.fromEntries(entries);
  });
}

/**
 * Waits until nothing is in flight, and each frame that was observed is stored or counted as dropped.
 * @param observed how many these are, where a test can know
 * @param timeout in ms, for what takes long
 */
export async function expectTrueLedger(
  panel: Panel,
  observed?: number,
  timeout = SOON.timeout,
): Promise<void> {
  const balance = async () => {
    const { frames, dropped, inFlight } = await ledger(panel);
    const seen = Number((await account(panel)).Observed?.replace(/\D/g, ''));
    return { seen, inFlight, missing: seen - frames - dropped };
  };
  const whole = { seen: observed ?? expect.any(Number), inFlight: 0, missing: 0 };
  await expect.poll(balance, { ...SOON, timeout }).toEqual(whole);
}
