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
  /** The rows in sight without the header: time, direction, socket, type, length, data. */
  readonly rows: readonly (readonly string[])[];
}

/** Reads the panel, which must be an English one. */
export async function readPanel(panel: Panel): Promise<PanelSeen> {
  const [options, ledgers, rows] = await Promise.all([
    panel.elements('option'),
    panel.elements('status', 'Ledger'),
    panel.evaluate(readRows),
  ]);
  const ledger = ledgers[0]?.text ?? '';
  return {
    sockets: options.flatMap(({ name }) => readSocket(name) ?? []),
    ledger,
    frames: wholeNumber(/([\d,.]+) frames/.exec(ledger)?.[1]),
    rows,
  };
}

/** The panel in lines of text, for a terminal. */
export function describePanel({ sockets, ledger, rows }: PanelSeen): string {
  const socketLines = table(
    sockets.map(({ url, state, frames }) => [state, `${frames} frames`, url]),
    [1],
  );
  // Without the difference to the row before.
  const rowLines = table(rows.map((cells) => cells.filter((_cell, column) => column !== 1)));
  return ['Sockets', ...socketLines, '', `Ledger: ${ledger}`, '', 'Newest frames', ...rowLines].join('\n');
}

function readSocket(name: string): SocketSeen | undefined {
  const found = /^(.*) (CONNECTING|OPEN|CLOSING|CLOSED), ([\d,.]+) frames/.exec(name);
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
    // A rounded length for the eye stands beside the exact one.
    for (const double of copy.querySelectorAll('[aria-hidden=true]')) double.remove();
    return copy.textContent?.trim() ?? '';
  };
  return [...document.querySelectorAll('[role=grid] [role=row]')]
    .map((row) => [...row.querySelectorAll('[role=gridcell]')].map(cellText))
    .filter((cells) => cells.length > 0);
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
