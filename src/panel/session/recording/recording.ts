import { type FrameBatch, FrameFlag, FrameKind, type Tally } from '../../../protocol/frames.ts';
import {
  type BatchAppender,
  FrameStore,
  type StoreHost,
  type StoreLimits,
} from '../../../store/frame-store.ts';
import {
  countFrame,
  emptyTally,
  type GapReason,
  type SocketLedger,
  tallyBytes,
  tallyFrames,
} from '../../../store/ledger.ts';
import type { PayloadLoss } from '../../../store/store-host.ts';
import type { SocketTable } from './sockets.ts';

/** Frames of a socket that are not there. */
export interface Loss {
  /** Panel-wide number; 0 where it is not known. */
  readonly socket: number;
  readonly tally: Tally;
  readonly reason: GapReason;
  /** ms since the epoch */
  readonly time: number;
  /** Number of the first of them among the frames of their socket, or of their document where the socket is not known. */
  readonly first: number | undefined;
}

/**
 * A store and its counts: every row written here is also entered into the ledger of its socket. Clearing the list starts a new
 * recording.
 */
export class Recording {
  readonly store: FrameStore;
  /** Frames in the store. */
  stored = 0;
  /** Frames that are not in the store. */
  readonly droppedBy = new Map<GapReason, number>();
  /** Messages in the store whose payload is not there, and will not come. */
  readonly withoutPayload = new Map<PayloadLoss, number>();
  /** bytes on the wire of what has left because of the limits */
  private evictedBytes = 0;

  constructor(
    private readonly sockets: SocketTable,
    host: Omit<StoreHost, 'payloadLost'>,
  ) {
    this.store = new FrameStore({
      ...host,
      payloadLost: (_row, reason) => this.countWithoutPayload(reason, 1),
    });
  }

  get dropped(): number {
    let dropped = 0;
    for (const frames of this.droppedBy.values()) dropped += frames;
    return dropped;
  }

  /**
   * Appends the next rows of a batch.
   * @param end index of the frame after the last one to be appended
   * @returns how many there were
   */
  append(appender: BatchAppender, { sockets, kinds, flags }: FrameBatch, end: number): number {
    const { store } = this;
    const firstNew = store.endRow;
    appender.appendUpTo(end);
    const added = store.endRow - firstNew;
    let id = 0;
    let ledger: SocketLedger | undefined;
    for (let row = firstNew, index = end - added; index < end; row++, index++) {
      const next = sockets[index] ?? 0;
      if (next !== id) ledger = this.sockets.get(store.socket(row))?.ledger;
      id = next;
      if (ledger) countFrame(ledger.stored, (kinds[index] ?? 0) as FrameKind, store.size(row));
      if ((flags[index] ?? 0) & FrameFlag.payloadGone) this.countWithoutPayload('absent', 1);
    }
    this.stored += added;
    return added;
  }

  /** Counts missing frames; it writes no row for them. */
  drop(socket: number, tally: Tally, reason: GapReason): void {
    this.sockets.get(socket)?.ledger.drop(reason, tally);
    this.countDropped(reason, tallyFrames(tally));
  }

  /** Appends a row for frames that have been counted as {@link drop}ped. */
  appendGap({ socket, tally, reason, time, first }: Loss): void {
    this.store.appendGap(socket, time, {
      frames: tallyFrames(tally),
      bytes: tallyBytes(tally),
      reason,
      first,
    });
  }

  /**
   * Drops the oldest rows if there are too many, and turns the first remaining one into a gap row.
   * @returns whether some were dropped
   */
  trim(limits: StoreLimits): boolean {
    const { store } = this;
    const before = store.firstRow;
    store.trim(limits, (row) => this.evict(row));
    const { firstRow } = store;
    if (firstRow === before) return false;
    this.evict(firstRow);
    const frames = this.droppedBy.get('memory') ?? 0;
    store.turnIntoGap(firstRow, { frames, bytes: this.evictedBytes, reason: 'memory' });
    return true;
  }

  /** Takes over the counts of a later one, whose rows have come here. */
  add(later: Recording): void {
    this.stored += later.stored;
    for (const [reason, frames] of later.droppedBy) this.countDropped(reason, frames);
    for (const [reason, messages] of later.withoutPayload) this.countWithoutPayload(reason, messages);
  }

  private evict(row: number): void {
    const { store } = this;
    const kind = store.kind(row);
    if (kind === FrameKind.gap) return;
    const one = emptyTally();
    countFrame(one, kind, store.size(row));
    this.stored--;
    const state = store.payloadState(row);
    if (state === 'memory' || state === 'broken') this.countWithoutPayload(state, -1);
    else if (store.flags(row) & FrameFlag.payloadGone) this.countWithoutPayload('absent', -1);
    const socket = store.socket(row);
    const ledger = this.sockets.get(socket)?.ledger;
    if (ledger) countFrame(ledger.stored, kind, store.size(row), -1);
    this.evictedBytes += store.size(row);
    this.drop(socket, one, 'memory');
  }

  private countDropped(reason: GapReason, frames: number): void {
    this.droppedBy.set(reason, (this.droppedBy.get(reason) ?? 0) + frames);
  }

  private countWithoutPayload(reason: PayloadLoss, times: number): void {
    this.withoutPayload.set(reason, (this.withoutPayload.get(reason) ?? 0) + times);
  }
}
