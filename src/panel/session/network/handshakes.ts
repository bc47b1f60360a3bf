import { headerOf, type LoggedSocket } from '../../../formats/har/read-entry.ts';
import { keptUrl, type PanelSocket } from '../sockets.ts';

/** ms that the clocks of a page and of the network log may differ while nothing has set them. */
const CLOCK_TOLERANCE = 50;
/** ms where only one socket is in question; a page's clock goes wrong while the machine sleeps. */
const WIDE_TOLERANCE = 2000;

/**
 * Finds for each captured socket its entry in the network log. Nothing names both, so they are told by URL, time, outcome and
 * whose code called the constructor: the handshake request is sent after the socket's creation and before its `open` or `close`.
 * Of several sockets that an entry could belong to, the one created first gets it, as the log is in the order of creation. What
 * is left over after that is joined with more tolerance. Limits: sockets to one URL that connect at the same time with the
 * same outcome can be mistaken for each other where the browser delays the first one; an entry of a worker can be taken for
 * that of a page's socket with the same URL and time where the log names no code (Firefox).
 * @param entries in the order of the log
 * @param sockets captured ones that have no entry yet, in the order of their creation
 */
export function joinHandshakes(
  entries: readonly LoggedSocket[],
  sockets: readonly PanelSocket[],
): Map<LoggedSocket, PanelSocket> {
  const joined = new Map<LoggedSocket, PanelSocket>();
  const left = new Map<string, Set<PanelSocket>>();
  for (const socket of sockets) {
    const { url } = socket.record;
    left.set(url, (left.get(url) ?? new Set()).add(socket));
  }
  for (const tolerance of [CLOCK_TOLERANCE, WIDE_TOLERANCE]) {
    for (const entry of entries) {
      const candidates = left.get(keptUrl(entry.url));
      if (!candidates || joined.has(entry)) continue;
      for (const socket of candidates) {
        if (!isPossible(entry, socket) || !isTimely(entry, socket, tolerance)) continue;
        joined.set(entry, socket);
        candidates.delete(socket);
        break;
      }
    }
  }
  return joined;
}

function isPossible({ creator, handshake, endedAt }: LoggedSocket, socket: PanelSocket): boolean {
  const { record } = socket;
  // A worker's hook is part of the worker's own script.
  const isInWorker = socket.document.identity.isWorker === true;
  if (creator === 'other' && !record.adopted && !isInWorker) return false;
  if (creator === 'hook' && (record.adopted || isInWorker)) return false;
  const { status, responseHeaders } = handshake;
  const isAccepted = status === 101;
  const isOver = status > 0 || endedAt !== undefined;
  if (isOver && !isAccepted) return record.openedAt === undefined;
  if (!isAccepted) return true;
  if (record.openedAt === undefined) return record.closedAt === undefined || record.adopted;
  return headerOf(responseHeaders, 'sec-websocket-protocol') === record.protocol;
}

function isTimely({ startedAt }: LoggedSocket, { record }: PanelSocket, tolerance: number): boolean {
  if (startedAt === undefined) return true;
  if (record.adopted) return startedAt <= record.createdAt + tolerance;
  const end = record.openedAt ?? record.closedAt ?? Number.POSITIVE_INFINITY;
  return record.createdAt - tolerance <= startedAt && startedAt <= end + tolerance;
}

/** True once the entry says all of its handshake that it will ever say. */
export function isOver({ handshake, endedAt }: LoggedSocket): boolean {
  return handshake.status > 0 || endedAt !== undefined;
}
