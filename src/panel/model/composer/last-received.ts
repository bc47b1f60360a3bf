import type { FrameStore } from '../../../store/frame-store.ts';
import { isReceived } from '../frames/frame-kinds.ts';

/** Number of rows that are searched for messages of a socket. */
const LOOKED_THROUGH = 100_000;
/** Number of messages of a socket that are remembered. */
const MOST = 50;

/** Rows of a socket's messages, the newest at the end, among those before `end`. */
interface Known {
  rows: number[];
  end: number;
}

const knownOf = new WeakMap<FrameStore, Map<number, Known>>();

/**
 * The rows of the last messages that a socket has received, the newest first. Only rows that have come since the last call are
 * searched, because a repeated message calls this each time.
 */
export function lastReceived(store: FrameStore, socket: number): readonly number[] {
  const known = knownIn(store, socket);
  const found: number[] = [];
  const first = Math.max(store.firstRow, store.endRow - LOOKED_THROUGH, known.end);
  for (let row = store.endRow - 1; row >= first && found.length < MOST; row--) {
    if (isOf(store, row, socket)) found.push(row);
  }
  const older = known.rows.filter((row) => row >= store.firstRow && isOf(store, row, socket));
  known.rows = [...older, ...found.reverse()].slice(-MOST);
  known.end = store.endRow;
  return known.rows.toReversed();
}

function knownIn(store: FrameStore, socket: number): Known {
  const bySocket = knownOf.get(store) ?? new Map<number, Known>();
  knownOf.set(store, bySocket);
  const known = bySocket.get(socket) ?? { rows: [], end: 0 };
  bySocket.set(socket, known);
  return known;
}

/** A row that was a message may have become a gap. */
function isOf(store: FrameStore, row: number, socket: number): boolean {
  return store.socket(row) === socket && isReceived(store.kind(row));
}
