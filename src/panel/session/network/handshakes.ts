import { headerOf } from '../../../formats/handshake.ts';
import { type LoggedSocket, sentAt } from '../../../formats/har/read-entry.ts';
import { keptUrl, type PanelSocket } from '../recording/sockets.ts';
import { Candidates, type Span } from './candidates.ts';

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
 * same outcome can be mistaken for each other where the browser delays the first one; in Firefox, which names the frame and no code, an entry
 * of a worker can be taken for that of a page's socket with the same URL and time.
 * @param entries in the order of the log
 * @param sockets captured ones that have no entry yet, in the order of their creation
 */
export function joinHandshakes(
  entries: readonly LoggedSocket[],
  sockets: readonly PanelSocket[],
): Map<LoggedSocket, PanelSocket> {
  const joined = new Map<LoggedSocket, PanelSocket>();
  const socketsOf = byUrl(sockets, ({ record }) => record.url);
  for (const [url, rivals] of byUrl(entries, (entry) => keptUrl(entry.url))) {
    let left = socketsOf.get(url) ?? [];
    for (const tolerance of [CLOCK_TOLERANCE, WIDE_TOLERANCE]) {
      const candidates = new Candidates(left, (socket) => spanOf(socket, tolerance));
      const hasRival = (entry: LoggedSocket, socket: PanelSocket) =>
        rivals.some((other) => other !== entry && !joined.has(other) && isRival(other, socket));
      for (const entry of rivals) {
        if (joined.has(entry)) continue;
        const owner = candidates.take(
          entry.startedAt,
          (socket) =>
            isPossible(entry, socket) &&
            (!socket.record.adopted || isAdopted(entry, socket, tolerance) || !hasRival(entry, socket)),
        );
        if (owner) joined.set(entry, owner);
      }
      left = candidates.left();
    }
  }
  return joined;
}

function byUrl<Item>(items: readonly Item[], urlOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const url = urlOf(item);
    const group = groups.get(url);
    if (group) group.push(item);
    else groups.set(url, [item]);
  }
  return groups;
}

function isPossible({ creator, frameId, handshake, endedAt }: LoggedSocket, socket: PanelSocket): boolean {
  const { record } = socket;
  const { identity } = socket.document;
  // In a worker, the hook is part of the worker's own script.
  const isInWorker = identity.isWorker === true;
  if (frameId !== undefined && (isInWorker || identity.frameId !== frameId)) return false;
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

/** When the handshake request must have been sent, according to the page's times. */
function spanOf({ record }: PanelSocket, tolerance: number): Span {
  const { adopted, createdAt, openedAt, closedAt } = record;
  if (adopted) return { from: Number.NEGATIVE_INFINITY, to: createdAt + tolerance };
  const end = openedAt ?? closedAt ?? Number.POSITIVE_INFINITY;
  return { from: createdAt - tolerance, to: end + tolerance };
}

function isTimely({ startedAt }: LoggedSocket, socket: PanelSocket): boolean {
  if (startedAt === undefined) return true;
  const { from, to } = spanOf(socket, CLOCK_TOLERANCE);
  return from <= startedAt && startedAt <= to;
}

/** Another socket that the entry could belong to: adoption only says that a socket was created earlier. */
function isRival(entry: LoggedSocket, socket: PanelSocket): boolean {
  const isAlike = keptUrl(entry.url) === socket.record.url && isPossible(entry, socket);
  return isAlike && isTimely(entry, socket);
}

/** True if the log says that the socket was used when it was adopted, or ended when it did. Firefox's keeps no messages: there any may be it. */
function isAdopted({ messages, endedAt }: LoggedSocket, { record }: PanelSocket, tolerance: number): boolean {
  const { createdAt, closedAt } = record;
  const isAt = (time: number | undefined, other: number) =>
    time !== undefined && Math.abs(time - other) <= tolerance;
  if (!messages || (closedAt !== undefined && isAt(endedAt, closedAt))) return true;
  return messages.some((message) => isAt(sentAt(message), createdAt));
}

/** True once the entry contains everything that it will ever contain about its handshake. */
export function isOver({ handshake, endedAt }: LoggedSocket): boolean {
  return handshake.status > 0 || endedAt !== undefined;
}
