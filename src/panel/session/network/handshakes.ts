import { headerOf, type LoggedSocket, sentAt } from '../../../formats/har/read-entry.ts';
import { keptUrl, type PanelSocket } from '../sockets.ts';

/** ms that the clocks of a page and of the network log may differ while nothing has set them. */
const CLOCK_TOLERANCE = 50;
/** ms where only one socket is in question; a page's clock goes wrong while the machine sleeps. */
const WIDE_TOLERANCE = 2000;

/**
 * Finds for each captured socket its entry in the network log. Nothing names both, so they are told by URL, time, outcome and
 * whose code called the constructor: the handshake request is sent after the socket's creation and before its `open` or `close`.
 * Of several sockets that an entry could belong to, the one created first gets it, as the log is in the order of creation. What
 * is left over after that is joined with more tolerance. One that is older than the hook is told by the message at which it was adopted, where
 * there are several. Limits: sockets to one URL that connect at the same time with the
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
      const owner = ownerOf(entry, candidates, tolerance, (socket) =>
        entries.some((other) => other !== entry && !joined.has(other) && isRival(other, socket)),
      );
      if (!owner) continue;
      joined.set(entry, owner);
      candidates.delete(owner);
    }
  }
  return joined;
}

/** @param hasRival whether a socket could have another entry as well */
function ownerOf(
  entry: LoggedSocket,
  candidates: Iterable<PanelSocket>,
  tolerance: number,
  hasRival: (socket: PanelSocket) => boolean,
): PanelSocket | undefined {
  for (const socket of candidates) {
    if (!isPossible(entry, socket) || !isTimely(entry, socket, tolerance)) continue;
    if (!socket.record.adopted || isAdopted(entry, socket, tolerance) || !hasRival(socket)) return socket;
  }
  return undefined;
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

/** The entry of another socket that this one could have as well: all that were there are older than their adoption. */
function isRival(entry: LoggedSocket, socket: PanelSocket): boolean {
  const isAlike = keptUrl(entry.url) === socket.record.url && isPossible(entry, socket);
  return isAlike && isTimely(entry, socket, CLOCK_TOLERANCE);
}

/** True if the log says that the socket was used when it was adopted, or ended when it did. Firefox's keeps no messages: there any may be it. */
function isAdopted({ messages, endedAt }: LoggedSocket, { record }: PanelSocket, tolerance: number): boolean {
  const { createdAt, closedAt } = record;
  const isAt = (time: number | undefined, other: number) =>
    time !== undefined && Math.abs(time - other) <= tolerance;
  if (!messages || (closedAt !== undefined && isAt(endedAt, closedAt))) return true;
  return messages.some((message) => isAt(sentAt(message), createdAt));
}

/** True once the entry says all of its handshake that it will ever say. */
export function isOver({ handshake, endedAt }: LoggedSocket): boolean {
  return handshake.status > 0 || endedAt !== undefined;
}
