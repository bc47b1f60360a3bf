import { FrameFlag, type Tally } from '../../../protocol/frames.ts';
import { ReadyState } from '../../../protocol/sockets.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import { batchOfFrames, type LooseFrame } from './frame-batch.ts';
import type { Loss, Recording } from './recording.ts';
import type { PanelSocket } from './sockets.ts';

/** What a list held when it was cleared, as long as it can be restored. */
export interface Cleared {
  readonly recording: Recording;
  readonly sockets: readonly ClearedSocket[];
  /** Frames that had arrived while paused and had no row yet. */
  readonly pauses: readonly Loss[];
}

interface ClearedSocket {
  /** Another one than at first where it has turned out to be that. */
  socket: PanelSocket;
  /** What was stored of it. */
  readonly stored: Tally;
  /** It was listed, and is not any more. */
  isHidden: boolean;
}

/**
 * A cleared list is kept until so many rows or bytes have followed: then the memory is needed for new frames, and joining both lists
 * would take long.
 */
const MOST_AFTER = { rows: 100_000, bytes: 16_000_000 };
/** Rows that are copied at once. */
const CHUNK = 4096;

/** Clears the ledgers of sockets, and hides closed ones. */
export function clearSockets(sockets: readonly PanelSocket[]): ClearedSocket[] {
  return sockets.map((socket) => {
    const stored = { ...socket.ledger.stored };
    const isHidden = !socket.isHidden && socket.readyState === ReadyState.closed;
    socket.ledger.clear();
    if (isHidden) socket.isHidden = true;
    return { socket, stored, isHidden };
  });
}

/** Undoes {@link clearSockets}. */
export function restoreSockets(sockets: readonly ClearedSocket[]): void {
  for (const { socket, stored, isHidden } of sockets) {
    socket.ledger.restore(stored);
    if (isHidden) socket.isHidden = false;
  }
}

/** What was cleared of one socket is another's. */
export function handOverCleared({ recording, sockets }: Cleared, from: PanelSocket, to: PanelSocket): void {
  recording.store.handOver(from.number, to.number);
  for (const one of sockets) {
    if (one.socket !== from) continue;
    one.socket = to;
    one.isHidden = false;
  }
}

/** False once too much has followed, or it is no longer in memory. */
export function canFollow({ store, withoutPayload }: Recording): boolean {
  const { rows, bytes } = MOST_AFTER;
  const hasLost = withoutPayload.has('memory') || withoutPayload.has('broken');
  const isWhole = store.firstRow === 0 && store.diskBytes === 0 && !hasLost;
  return isWhole && store.endRow <= rows && store.bytes <= bytes;
}

/** Appends all rows of one store to another; their numbers increase by the number of rows already there. */
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
