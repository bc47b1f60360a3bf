import { type FrameBatch, FrameFlag, FrameKind, type Tally } from '../../protocol/frames.ts';
import { ReadyState, type SocketGone, type SocketRecord } from '../../protocol/sockets.ts';
import { BatchReader } from '../../store/batch-reader.ts';
import { type BatchAppender, FrameStore, type Gap, type StoreLimits } from '../../store/frame-store.ts';
import {
  countFrame,
  emptyTally,
  type GapReason,
  subtractTally,
  tallyBytes,
  tallyFrames,
} from '../../store/ledger.ts';
import { type Held, mergeByTime } from './backlog.ts';
import { inFlight, type Progress, startOfDocument } from './progress.ts';
import { type PanelDocument, type PanelSocket, SocketTable } from './sockets.ts';

/** Number of the socket of rows that belong to none. */
const NO_SOCKET = 0;

/** What is kept in the panel before the oldest rows leave. */
const LIMITS: StoreLimits = { rows: 5_000_000, bytes: 512 * 1024 * 1024 };

/** The figures of the status line; each is true at any time. */
export interface LedgerTotals {
  /** Frames in the store. */
  readonly stored: number;
  /** Frames known to have existed and not in the store. */
  readonly dropped: number;
  readonly droppedBy: ReadonlyMap<GapReason, number>;
  /** bytes of payload in the store */
  readonly bytes: number;
}

/** Writes what pages report into the store and keeps the ledger. */
export class Recorder {
  store = new FrameStore();
  readonly sockets = new SocketTable();
  isPaused = false;
  /** Told of each socket of which something has changed. */
  onSocket: (socket: PanelSocket) => void = () => undefined;
  /** Frames stored since the panel began, whatever has become of them. */
  received = 0;
  private stored = 0;
  /** bytes on the wire of what has left because of the limits */
  private evictedBytes = 0;
  private held: Held[] | undefined;
  private readonly heldContents: (() => void)[] = [];
  private readonly droppedBy = new Map<GapReason, number>();
  /** Frames that came while paused and have no row yet, by socket number. */
  private readonly paused = new Map<number, Tally>();

  constructor(private readonly limits: StoreLimits = LIMITS) {}

  totals(): LedgerTotals {
    let dropped = 0;
    for (const frames of this.droppedBy.values()) dropped += frames;
    return { stored: this.stored, dropped, droppedBy: this.droppedBy, bytes: this.store.bytes };
  }

  updateSockets(document: PanelDocument, records: readonly SocketRecord[]): void {
    for (const record of records) this.onSocket(this.sockets.update(document, record));
  }

  /** Accounts for the frames which the page has let go and the panel has never had. */
  takeLosses(document: PanelDocument, progress: Progress, losses: readonly SocketGone[]): void {
    const isHeld = this.held?.some((item) => item.type === 'frames' && item.document === document);
    if (isHeld && losses.length > 0) this.release(); // the account holds only what is stored
    for (const { socket: id, gone } of losses) {
      const socket = this.sockets.find(document, id);
      if (!socket) continue;
      const missing = subtractTally(gone, socket.ledger.accounted());
      const frames = tallyFrames(missing);
      if (frames === 0) continue;
      progress.explained += frames;
      const { gapReason } = progress;
      const time = gapReason === 'before-panel' ? socket.record.createdAt : Date.now();
      this.drop(socket.number, missing, gapReason, time);
    }
  }

  /** Stores the frames that are new. */
  takeFrames(document: PanelDocument, progress: Progress, batch: FrameBatch): void {
    const rows = batch.kinds.length;
    const missing = batch.firstSeq - progress.nextSeq;
    const unexplained = missing - progress.explained;
    if (unexplained > 0) this.dropUnexplained(unexplained, batch.times[0] ?? 0);
    progress.explained = 0;
    const skip = Math.min(rows, Math.max(0, -missing));
    progress.nextSeq = Math.max(progress.nextSeq, batch.firstSeq + rows);
    if (this.isPaused) this.passOver(document, batch, skip);
    else if (this.held) this.held.push({ type: 'frames', document, progress, batch, skip });
    else this.storeFrames(document, progress, batch, skip);
  }

  /** The document has ended: what its page had observed and has not handed over will not come any more. */
  takeEnd(progress: Progress): void {
    const frames = inFlight(progress);
    if (frames === 0) return;
    progress.nextSeq = progress.observed + 1;
    progress.explained = 0;
    this.drop(NO_SOCKET, { ...emptyTally(), received: frames }, 'left', Date.now());
  }

  /**
   * Stores frames that a file holds, in its order and at once: live ones may be paused or held, and are none of their business.
   * @param batch names sockets by their panel-wide numbers
   */
  takeImported(batch: FrameBatch): void {
    const appender = this.store.open(batch, 0, (number) => number);
    this.append(startOfDocument(), appender, batch, batch.kinds.length);
  }

  /** Stores a row for frames that a file does not hold either. */
  takeImportedGap(socket: number, time: number, gap: Gap): void {
    this.account(socket, { ...emptyTally(), received: gap.frames, receivedBytes: gap.bytes }, 'imported');
    this.store.appendGap(socket, time, gap);
  }

  /** Stores the contents of a Blob beside the row that came before. */
  takeContent(progress: Progress, seq: number, bytes: Uint8Array | undefined): void {
    if (this.held) {
      this.heldContents.push(() => this.takeContent(progress, seq, bytes));
      return;
    }
    const place = progress.pending.get(seq);
    progress.pending.delete(seq);
    if (place?.store === this.store) this.store.setContent(place.row, bytes);
  }

  /** Empties the store, hides the sockets that are closed and starts the totals anew. */
  clear(): void {
    this.empty();
    for (const socket of this.sockets.all()) socket.isHidden = socket.readyState === ReadyState.closed;
  }

  /** Empties the store and forgets the sockets of documents that are gone, and of files. */
  clearGone(): void {
    this.empty();
    this.sockets.removeWhere(({ document }) => document.isGone || document.readOnly === 'imported');
  }

  private empty(): void {
    this.release();
    this.store = new FrameStore();
    this.stored = 0;
    this.evictedBytes = 0;
    this.droppedBy.clear();
    this.paused.clear();
  }

  /** Keeps what arrives from now on until {@link release}, to be merged by time. */
  hold(): void {
    this.held ??= [];
  }

  /** Frames that have arrived and wait to be put in order. */
  get heldFrames(): number {
    let frames = 0;
    for (const item of this.held ?? []) {
      if (item.type === 'frames') frames += item.batch.kinds.length - item.skip;
    }
    return frames;
  }

  get isHolding(): boolean {
    return this.held !== undefined;
  }

  /** Stores what was held, in the order of time. */
  release(): void {
    const { held } = this;
    if (!held) return;
    this.held = undefined;
    const appenders = new Map<Held, BatchAppender>();
    for (const { held: item, to } of mergeByTime(held)) {
      if (item.type === 'gap') {
        this.appendGap(item.socket, item.tally, item.reason, item.time);
        continue;
      }
      const { document, progress, batch, skip } = item;
      const appender =
        appenders.get(item) ?? this.store.open(batch, skip, (id) => this.numberOf(document, id));
      appenders.set(item, appender);
      this.append(progress, appender, batch, to);
    }
    for (const take of this.heldContents.splice(0)) take();
  }

  resume(): void {
    this.isPaused = false;
    for (const [socket, tally] of this.paused) {
      this.appendGap(socket, tally, 'paused', Date.now());
    }
    this.paused.clear();
  }

  private storeFrames(document: PanelDocument, progress: Progress, batch: FrameBatch, skip: number): void {
    const appender = this.store.open(batch, skip, (id) => this.numberOf(document, id));
    this.append(progress, appender, batch, batch.kinds.length);
  }

  private append(progress: Progress, appender: BatchAppender, batch: FrameBatch, end: number): void {
    const { store } = this;
    const firstNew = store.endRow;
    appender.appendUpTo(end);
    const added = store.endRow - firstNew;
    for (let row = firstNew; row < store.endRow; row++) {
      if (store.flags(row) & FrameFlag.pending) {
        progress.pending.set(batch.firstSeq + end - added + row - firstNew, { store, row });
      }
      const socket = this.sockets.get(store.socket(row));
      if (socket) countFrame(socket.ledger.stored, store.kind(row), store.size(row));
    }
    this.stored += added;
    this.received += added;
    this.trim();
  }

  /** Lets the oldest rows go where there are too many; the first one that stays gives its place to a row that says so. */
  private trim(): void {
    const { store } = this;
    const before = store.firstRow;
    store.trim(this.limits, (row) => this.evict(row));
    const { firstRow } = store;
    if (firstRow === before) return;
    this.evict(firstRow);
    const frames = this.droppedBy.get('memory') ?? 0;
    store.turnIntoGap(firstRow, { frames, bytes: this.evictedBytes, reason: 'memory' });
  }

  /** Counts what comes while paused; the rows that say so are made when the capture goes on. */
  private passOver(document: PanelDocument, batch: FrameBatch, skip: number): void {
    const reader = new BatchReader(batch);
    while (reader.index < batch.kinds.length) {
      const { index } = reader;
      reader.advance();
      if (index < skip) continue;
      const number = this.numberOf(document, batch.sockets[index] ?? 0);
      const one = emptyTally();
      countFrame(one, reader.kind, reader.size);
      this.account(number, one, 'paused');
      const sum = { ...(this.paused.get(number) ?? emptyTally()) };
      countFrame(sum, reader.kind, reader.size);
      this.paused.set(number, sum);
    }
  }

  private evict(row: number): void {
    const { store } = this;
    const kind = store.kind(row);
    if (kind === FrameKind.gap) return;
    const one = emptyTally();
    countFrame(one, kind, store.size(row));
    this.stored--;
    const socket = this.sockets.get(store.socket(row));
    if (socket) countFrame(socket.ledger.stored, kind, store.size(row), -1);
    this.evictedBytes += store.size(row);
    this.account(store.socket(row), one, 'memory');
  }

  private drop(socket: number, tally: Tally, reason: GapReason, time: number): void {
    this.account(socket, tally, reason);
    const document = this.sockets.get(socket)?.document;
    if (this.held && document) this.held.push({ type: 'gap', document, socket, tally, reason, time });
    else this.appendGap(socket, tally, reason, time);
  }

  private dropUnexplained(frames: number, time: number): void {
    this.drop(NO_SOCKET, { ...emptyTally(), received: frames }, 'unexplained', time);
  }

  private account(socket: number, tally: Tally, reason: GapReason): void {
    this.sockets.get(socket)?.ledger.drop(reason, tally);
    this.droppedBy.set(reason, (this.droppedBy.get(reason) ?? 0) + tallyFrames(tally));
  }

  private appendGap(socket: number, tally: Tally, reason: GapReason, time: number): void {
    this.store.appendGap(socket, time, { frames: tallyFrames(tally), bytes: tallyBytes(tally), reason });
  }

  private numberOf(document: PanelDocument, id: number): number {
    return this.sockets.find(document, id)?.number ?? NO_SOCKET;
  }
}
