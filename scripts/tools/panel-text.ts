import type { Panel } from '../devtools/driver.ts';

/** A socket as the panel lists it. */
export interface SocketSeen {
  readonly url: string;
  readonly state: string;
  readonly frames: number;
}

/** What a panel shows at one moment. */
export interface PanelSeen {
  readonly sockets: readonly SocketSeen[];
  /** The ledger's line. */
  readonly ledger: string;
  /** Frames that the ledger counts. */
  readonly frames: number;
  /** The rows in sight without the header, cell by cell: time, direction, socket, type, length, data. */
  readonly rows: readonly (readonly string[])[];
  /** The lines of the JSON tree in the detail, if there is one. */
  readonly detail: readonly string[];
}

/** Reads the panel, which must be an English one. */
export async function readPanel(panel: Pick<Panel, 'elements' | 'evaluate'>): Promise<PanelSeen> {
  const [options, ledgers, rows, detail] = await Promise.all([
    panel.elements('option'),
    panel.elements('status', 'Ledger'),
    panel.evaluate(readRows),
    panel.evaluate(readDetail),
  ]);
  const ledger = ledgers[0]?.text ?? '';
  return {
    sockets: options.flatMap(({ name }) => readSocket(name) ?? []),
    ledger,
    frames: wholeNumber(/([\d,.]+) frames?\b/.exec(ledger)?.[1]),
    rows,
    detail,
  };
}

/** The panel in lines of text, for a terminal. */
export function describePanel({ sockets, ledger, rows, detail }: PanelSeen): string {
  const socketLines = table(
    sockets.map(({ url, state, frames }) => [state, `${frames} frames`, url]),
    [1],
  );
  const parts = [
    ['Sockets', ...socketLines],
    ['Newest frames', ...table(rows)],
    ['Frame detail', ...table(detail.map((line) => [line]))],
    [`Ledger: ${ledger.replace(/(?<=frames|dropped|in flight [\d,.]+) /g, ' · ')}`],
  ];
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

function readSocket(name: string): SocketSeen | undefined {
  // Between the state and the count are the close code, and why a handshake was refused.
  const found = /^(.*?) (CONNECTING|OPEN|CLOSING|CLOSED)\b.*?, ([\d,.]+) frames?\b/.exec(name);
  if (!found) return undefined;
  const [, url = '', state = '', frames] = found;
  return { url, state, frames: wholeNumber(frames) };
}

function wholeNumber(text: string | undefined): number {
  return Number(text?.replace(/\D/g, '') ?? 0);
}

/** Runs in the panel. */
function readRows(): string[][] {
  const cellText = (cell: Element) => {
    const copy = cell.cloneNode(true) as Element;
    // The exact length is accompanied by a rounded one.
    for (const double of copy.querySelectorAll('[aria-hidden=true]')) double.remove();
    return copy.textContent?.trim() ?? '';
  };
  const names = [...document.querySelectorAll('[role=grid] [role=columnheader]')].map(
    ({ ariaLabel }) => ariaLabel,
  );
  const isTold = (column: number) => names[column] !== 'Star' && names[column] !== 'Δ ms';
  return [...document.querySelectorAll('[role=grid] [role=row]')]
    .map((row) => [...row.querySelectorAll('[role=gridcell]')])
    .filter((cells) => cells.length > 0)
    .map((cells) => cells.filter((_cell, column) => isTold(column)).map(cellText));
}

/** Runs in the panel: the lines of the tree in it, each as far to the right as it is deep. */
function readDetail(): string[] {
  const lines = document.querySelectorAll('[aria-label="Frame detail"] [role=treeitem]');
  return [...lines].map((line) => {
    const text = (line.textContent ?? '').replace(/^[▾▸]/, '').trim();
    return `${'  '.repeat(Number(line.ariaLevel ?? 1) - 1)}${text}`;
  });
}

const WIDTH = 118;

/** Rows in columns as wide as their widest cell, cut at the width of a terminal. */
function table(rows: readonly (readonly string[])[], rightAligned: readonly number[] = []): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      rightAligned.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    const line = `  ${cells.join('  ')}`.trimEnd();
    return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
  });
}
