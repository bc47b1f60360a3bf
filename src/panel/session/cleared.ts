import { FrameFlag, type Tally } from '../../protocol/frames.ts';
import { ReadyState } from '../../protocol/sockets.ts';
import type { FrameStore } from '../../store/frame-store.ts';
import { batchOfFrames, type LooseFrame } from './frame-batch.ts';
import type { Loss, Recording } from './recording.ts';
import type { PanelSocket } from './sockets.ts';

/** What a list held when it was cleared, for as long as it can be brought back. */
export interface Cleared {
  readonly recording: Recording;
  readonly sockets: readonly ClearedSocket[];
  /** What had come while paused and had no row yet. */
  readonly pauses: readonly Loss[];
}

interface ClearedSocket {
  readonly socket: PanelSocket;
  /** What was stored of it. */
  readonly stored: Tally;
  /** It was listed, and is not any more. */
  readonly isHidden: boolean;
}

/**
 * Nothing of an earlier list is kept for longer than until so much has come after it: then memory is needed for what is new, and
 * to put the one behind the other would take long.
 */
const MOST_AFTER = { rows: 100_000, bytes: 16_000_000 };
/** Rows that are copied at once. */
const CHUNK = 4096;

/** Clears the accounts of sockets, and hides those that are closed. */
export function clearSockets(sockets: readonly PanelSocket[]): ClearedSocket[] {
  return sockets.map((socket) => {
    const stored = { ...socket.ledger.stored };
    const isHidden = !socket.isHidden && socket.readyState === ReadyState.closed;
    socket.ledger.clear();
    if (isHidden) socket.isHidden = true;
    return { socket, stored, isHidden };
  });
}

/** Takes back {@link clearSockets}. */
export function restoreSockets(sockets: readonly ClearedSocket[]): void {
  for (const { socket, stored, isHidden } of sockets) {
    socket.ledger.restore(stored);
    if (isHidden) socket.isHidden = false;
  }
}

/** False once what has come since is too much, or not in memory any more. */
export function canFollow({ store, withoutPayload }: Recording): boolean {
  const { rows, bytes } = MOST_AFTER;
  const isWhole = store.firstRow === 0 && store.diskBytes === 0 && withoutPayload.size === 0;
  return isWhole && store.endRow <= rows && store.bytes <= bytes;
}

/** Appends all rows of one store to another; their numbers rise by as many as were there. */
export function copyRows(from: FrameStore, to: FrameStore): void {
  const offset = to.endRow - from.firstRow;
  let frames: LooseFrame[] = [];
  const flush = () => {
    if (frames.length > 0) to.append(batchOfFrames(frames, 1), 0, (number) => number);
    frames = [];
  };
  for (let row = from.firstRow; row < from.endRow; row++) {
    const gap = from.gap(row);
    if (gap || frames.length === CHUNK) flush();
    if (gap) to.appendGap(from.socket(row), from.time(row), gap);
    else frames.push(looseFrame(from, row));
  }
  flush();
  from.remarks.copyTo(to.remarks, offset);
}

function looseFrame(store: FrameStore, row: number): LooseFrame {
  return {
    socket: store.socket(row),
    kind: store.kind(row),
    flags: store.flags(row) & ~FrameFlag.wide,
    time: store.time(row),
    payload: store.payload(row),
    size: store.size(row),
    stack: store.stack(row),
    close: store.close(row),
  };
}
