import { ReadyState } from '../../../protocol/sockets.ts';
import type { PanelDocument, PanelSocket } from '../../session/recording/sockets.ts';
import type { SocketOrder } from '../../settings/socket-marks.ts';
import { urlParts } from '../../words/format.ts';

/** Attempts to one endpoint that become one line: a single reconnect is told by two lines well enough. */
export const FEWEST_FOLDED = 3;

/** One line of the socket list. */
export interface SocketLine {
  /** Of a folded line the newest attempt. */
  readonly socket: PanelSocket;
  /** Attempts before it that this line stands for or, opened, stand below it; the oldest first. */
  readonly earlier: readonly PanelSocket[];
  readonly isOpen: boolean;
  /** An attempt below an open line. */
  readonly isEarlier: boolean;
  /** Another attempt at the same connection has a line of its own. */
  readonly isOneOfSeveral: boolean;
}

/** Lines under one heading. */
export interface SocketGroup {
  /** undefined for those that are pinned, wherever they live */
  readonly document: PanelDocument | undefined;
  readonly lines: readonly SocketLine[];
}

/** What the lines depend on beside the sockets. */
export interface LineChoices {
  readonly order: SocketOrder;
  /** Numbers of the first attempts of lines that are open. */
  readonly open: ReadonlySet<number>;
  isPinned(socket: PanelSocket): boolean;
  rate(socket: PanelSocket): number;
  bytes(socket: PanelSocket): number;
  state(socket: PanelSocket): ReadyState;
}

/** Attempts to one endpoint, each after the one before was done; the oldest first. */
type Lineage = readonly [PanelSocket, ...PanelSocket[]];

/**
 * Lays sockets out as lines: those that are pinned at the top, then by document, the page itself before its frames and workers.
 * @param sockets in the order in which they were opened
 */
export function groupSockets(sockets: readonly PanelSocket[], choices: LineChoices): SocketGroup[] {
  const pinned: Lineage[] = [];
  const documents = new Map<PanelDocument, Lineage[]>();
  for (const lineage of lineagesOf(sockets)) {
    const [{ document }] = lineage;
    if (choices.isPinned(newestOf(lineage))) {
      pinned.push(lineage);
      continue;
    }
    const members = documents.get(document);
    if (members) members.push(lineage);
    else documents.set(document, [lineage]);
  }
  const isTop = ([{ identity }]: [PanelDocument, Lineage[]]) => identity.frameId === 0 && !identity.isWorker;
  const all = [...documents];
  const ordered = [...all.filter(isTop), ...all.filter((group) => !isTop(group))];
  const groups = ordered.map(([document, members]) => ({ document, lines: linesOf(members, choices) }));
  return pinned.length === 0 ? groups : [{ document: undefined, lines: linesOf(pinned, choices) }, ...groups];
}

/** Number of the first attempt of a line, by which it is opened and closed. */
export function lineNumber({ socket, earlier }: Pick<SocketLine, 'socket' | 'earlier'>): number {
  return (earlier[0] ?? socket).number;
}

function newestOf(lineage: Lineage): PanelSocket {
  return lineage.at(-1) ?? lineage[0];
}

/** Few reconnects are lines of their own, where the first of them stands. */
function lineagesOf(sockets: readonly PanelSocket[]): Lineage[] {
  const lineages = new Map<number, [PanelSocket, ...PanelSocket[]]>();
  const firsts = new Map<number, number>();
  for (const socket of sockets) {
    const first = firsts.get(socket.lineage.predecessor ?? -1) ?? socket.number;
    firsts.set(socket.number, first);
    const members = lineages.get(first);
    if (members) members.push(socket);
    else lineages.set(first, [socket]);
  }
  return [...lineages.values()];
}

function linesOf(lineages: readonly Lineage[], choices: LineChoices): SocketLine[] {
  const folded: Lineage[] = [];
  const pairs = new Set<PanelSocket>();
  for (const lineage of lineages) {
    if (lineage.length === 1 || lineage.length >= FEWEST_FOLDED) folded.push(lineage);
    else
      for (const socket of lineage) {
        folded.push([socket]);
        pairs.add(socket);
      }
  }
  // Where nothing is folded, that of two attempts stands where it was opened.
  if (choices.order === 'opened') folded.sort(([a], [b]) => a.number - b.number);
  else folded.sort((a, b) => compare(newestOf(a), newestOf(b), choices) || a[0].number - b[0].number);
  return folded.flatMap((lineage) => {
    const socket = newestOf(lineage);
    const earlier = lineage.slice(0, -1);
    const isOpen = earlier.length > 0 && choices.open.has(lineage[0].number);
    const line = { socket, earlier, isOpen, isEarlier: false, isOneOfSeveral: isOpen || pairs.has(socket) };
    if (!isOpen) return [line];
    const below = earlier.map((attempt) => ({
      socket: attempt,
      earlier: [],
      isOpen: false,
      isEarlier: true,
      isOneOfSeveral: true,
    }));
    return [line, ...below.reverse()];
  });
}

/** Before what is open, what may soon be; behind it what may soon be closed. */
const STATE_PLACES: Readonly<Record<ReadyState, number>> = {
  [ReadyState.connecting]: 0,
  [ReadyState.open]: 1,
  [ReadyState.closing]: 2,
  [ReadyState.closed]: 3,
};

function compare(one: PanelSocket, other: PanelSocket, { order, rate, bytes, state }: LineChoices): number {
  switch (order) {
    case 'opened':
      return 0;
    case 'name':
      return nameOf(one).localeCompare(nameOf(other));
    case 'rate':
      return rate(other) - rate(one);
    case 'bytes':
      return bytes(other) - bytes(one);
    case 'state':
      return STATE_PLACES[state(one)] - STATE_PLACES[state(other)];
  }
}

function nameOf({ record }: PanelSocket): string {
  const { path, host } = urlParts(record.url);
  return `${path} ${host}`;
}
