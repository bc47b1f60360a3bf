import { type FrameBatch, FrameFlag, FrameKind, type Tally } from '../../protocol/frames.ts';
import type { SocketCount, SocketRecord } from '../../protocol/sockets.ts';
import { BatchReader } from '../../store/batch-reader.ts';
import type { LossReason } from '../../store/block-content.ts';
import { type BatchAppender, FrameStore, type Gap, type StoreLimits } from '../../store/frame-store.ts';
import {
  countFrame,
  emptyTally,
  type GapReason,
  type SocketLedger,
  splitTally,
  tallyBytes,
  tallyFrames,
} from '../../store/ledger.ts';
import type { SpillTrouble } from '../../store/spill.ts';
import type { Vault } from '../../store/vault/vault.ts';
import { Backlog, type Held } from './backlog.ts';
import { type Cleared, canFollow, clearSockets, copyRows, restoreSockets } from './cleared.ts';
import { type ContentPart, Contents } from './contents.ts';
import { Followed } from './followed.ts';
import { STANDARD_LIMITS } from './limits.ts';
import { batchOfEvent, hasLosses, inOrderOfTime, type Stead, steadsFor } from './losses.ts';
import { Pauses } from './pauses.ts';
import { accounted, inFlight, type Progress, startOfDocument } from './progress.ts';
import { Recording } from './recording.ts';
import { type PanelDocument, type PanelSocket, SocketTable } from './sockets.ts';

/** Number of the socket of rows that belong to none. */
const NO_SOCKET = 0;

/** The figures of the status line; each is true at any time. */
export interface LedgerTotals {
  /** Frames that pages have observed: those that are stored, dropped and in flight. */
  readonly observed: number;
  /** Frames in the store. */
  readonly stored: number;
  /** Frames known to have existed and not in the store. */
  readonly dropped: number;
  readonly droppedBy: ReadonlyMap<GapReason, number>;
  /** Frames that pages have observed and that are neither stored nor accounted for yet. */
  readonly inFlight: number;
  /** bytes of memory and of disk that payloads take */
  readonly bytes: number;
  readonly diskBytes: number;
  /** Messages in the store whose payload has been let go, and why. */
  readonly withoutPayload: ReadonlyMap<LossReason, number>;
}

/** Writes what pages report into the store and keeps the ledger. */
export class Recorder {
  private recording = new Recording(this.newStore());
  readonly sockets = new SocketTable();
  isPaused = false;
  /** Told of each socket of which something has changed. */
  onSocket: (socket: PanelSocket) => void = () => undefined;
  /** Told of a payload that was wanted and is in memory now. */
  onLoaded: () => void = () => undefined;
  /** Told once of each thing that goes wrong with what is kept on disk. */
  onTrouble: (trouble: SpillTrouble) => void = () => undefined;
  /** Told that what was cleared cannot be brought back any more. */
  onClearedGone: (cleared: Cleared) => void = () => undefined;
  /** Opens a place on disk for payloads that find none in memory. */
  openVault: () => Vault | undefined = () => undefined;
  /** Frames stored since the panel began, whatever has become of them. */
  received = 0;
  /** What was cleared last and may be brought back. */
  private cleared: Cleared | undefined;
  private readonly backlog = new Backlog();
  private readonly contents = new Contents();
  private readonly followed = new Followed();
  private readonly pauses = new Pauses();

  constructor(private storeLimits: StoreLimits = STANDARD_LIMITS) {}

  /** Rows are numbered anew after each {@link clear}, and belong to another store. */
  get store(): FrameStore {
    return this.recording.store;
  }

  /** What the store may hold; the oldest leaves at once if that is less than it does. */
  get limits(): StoreLimits {
    return this.storeLimits;
  }

  set limits(limits: StoreLimits) {
    this.storeLimits = limits;
    this.trim();
  }

  totals(): LedgerTotals {
    const { followed } = this;
    const { observed } = followed;
    const { stored, dropped, droppedBy, withoutPayload, store } = this.recording;
    const { bytes, diskBytes } = store;
    const underWay = followed.inFlight + this.backlog.frames;
    return { observed, stored, dropped, droppedBy, inFlight: underWay, bytes, diskBytes, withoutPayload };
  }

  updateSockets(document: PanelDocument, records: readonly SocketRecord[]): void {
    for (const record of records) this.onSocket(this.sockets.update(document, record));
  }

  /** Takes note of how many frames there were, and accounts for those which the page has let go and the panel has never had. */
  takeCounts(document: PanelDocument, progress: Progress, counts: readonly SocketCount[]): void {
    this.followed.follow(progress, document);
    const known: [PanelSocket, SocketCount][] = [];
    for (const count of counts) {
      const socket = this.sockets.find(document, count.socket);
      if (!socket) continue;
      socket.ledger.said = Math.max(socket.ledger.said, count.observed);
      if (hasLosses(socket, count)) known.push([socket, count]);
    }
    if (known.length === 0) return;
    if (this.backlog.holdsFramesOf(document)) this.release(); // the account holds only what is stored
    const steads = known.filter((one) => hasLosses(...one)).flatMap((one) => steadsFor(...one));
    for (const stead of inOrderOfTime(steads)) this.takeStead(document, progress, stead);
  }

  private takeStead(document: PanelDocument, progress: Progress, stead: Stead): void {
    const { socket, time = Date.now() } = stead;
    if (stead.type === 'event') {
      progress.explained++;
      this.keep(document, progress, batchOfEvent(stead), 0);
      return;
    }
    const room = Math.min(tallyFrames(stead.tally), inFlight(progress));
    const [lost, counted] = splitTally(stead.tally, room);
    // These went without a word before, and are known only now to have been this socket's.
    socket.ledger.drop('unexplained', splitTally(counted, progress.unassigned)[0]);
    progress.unassigned = Math.max(0, progress.unassigned - tallyFrames(counted));
    progress.explained += room;
    if (room > 0) this.drop(socket.number, lost, progress.gapReason, time, stead.first);
  }

  /** Stores the frames that are new. */
  takeFrames(document: PanelDocument, progress: Progress, batch: FrameBatch): void {
    this.followed.follow(progress, document);
    const rows = batch.kinds.length;
    const missing = batch.firstSeq - progress.nextSeq;
    const unexplained = missing - progress.explained;
    if (unexplained > 0) this.dropUnexplained(progress, unexplained, batch.times[0] ?? 0);
    progress.explained = Math.max(0, progress.explained - Math.max(0, missing));
    const skip = Math.min(rows, Math.max(0, -missing));
    progress.nextSeq = Math.max(progress.nextSeq, batch.firstSeq + rows);
    this.keep(document, progress, batch, skip);
  }

  private keep(document: PanelDocument, progress: Progress, batch: FrameBatch, skip: number): void {
    if (this.isPaused) this.passOver(document, batch, skip);
    else if (this.isHolding) this.backlog.push({ type: 'frames', document, progress, batch, skip });
    else this.storeFrames(document, progress, batch, skip);
  }

  /** The document has ended: what its page had observed and has not handed over will not come any more. */
  takeEnd(document: PanelDocument, progress: Progress): void {
    this.release();
    this.contents.giveUp(progress);
    for (const { number, ledger } of this.sockets.of(document)) {
      const frames = Math.min(ledger.inFlight(), inFlight(progress));
      const first = tallyFrames(ledger.accounted()) + 1;
      progress.explained += frames;
      if (frames > 0) this.drop(number, unknownTally(frames), 'left', Date.now(), first);
    }
    const frames = inFlight(progress);
    if (frames > 0) this.drop(NO_SOCKET, unknownTally(frames), 'left', Date.now(), accounted(progress) + 1);
    progress.nextSeq = Math.max(progress.nextSeq, progress.observed + 1);
    progress.explained = 0;
    this.followed.settle(progress);
  }

  /**
   * Stores frames that a file holds, in its order and at once: live ones may be paused or held, and are none of their business.
   * @param batch names sockets by their panel-wide numbers
   */
  takeImported(batch: FrameBatch): void {
    const appender = this.store.open(batch, 0, (number) => number);
    this.followed.add(batch.kinds.length);
    this.append(startOfDocument(), appender, batch, batch.kinds.length);
    this.trim();
  }

  /** Stores a row for frames that a file does not hold either. */
  takeImportedGap(socket: number, time: number, gap: Gap): void {
    this.followed.add(gap.frames);
    this.account(socket, { ...emptyTally(), received: gap.frames, receivedBytes: gap.bytes }, 'imported');
    this.store.appendGap(socket, time, gap);
  }

  /** Puts a part of a payload where its row is, which came before. */
  takeContent(progress: Progress, part: ContentPart): void {
    if (this.isHolding) {
      this.backlog.pushContent(() => this.takeContent(progress, part));
      return;
    }
    this.contents.take(progress, this.store, part);
    this.trim();
  }

  /** The connection to a document has been taken up again: it sends anew what had not arrived as a whole. */
  restartContents(progress: Progress): void {
    this.contents.restart(progress);
  }

  /**
   * Empties the store, hides the sockets that are closed and starts the totals anew. What there was is kept until
   * {@link forgetCleared}, or until much has come after it.
   */
  clear(): Cleared {
    this.release();
    this.forgetCleared();
    const cleared = {
      recording: this.recording,
      sockets: clearSockets(this.sockets.all()),
      pauses: this.pauses.take(),
    };
    this.cleared = cleared;
    this.contents.spare = cleared.recording.store;
    this.begin();
    return cleared;
  }

  /**
   * Takes back what was cleared, in front of what has come since.
   * @returns false where it is too late
   */
  restore(cleared: Cleared): boolean {
    if (this.cleared !== cleared) return false;
    this.release();
    const later = this.recording;
    const { recording, pauses } = cleared;
    this.recording = recording;
    this.cleared = undefined;
    this.contents.spare = undefined;
    for (const [socket, { first, tally }] of pauses) {
      this.appendGap(socket, tally, 'paused', Date.now(), first);
    }
    const { endRow } = this.store;
    copyRows(later.store, this.store);
    for (const progress of this.followed.progresses()) {
      this.contents.move(progress, later.store, this.store, endRow);
    }
    later.store.discard();
    this.followed.add(recording.stored + recording.dropped);
    recording.add(later);
    restoreSockets(cleared.sockets);
    this.trim();
    return true;
  }

  /**
   * What was cleared will not be brought back.
   * @param only nothing else that was cleared since
   */
  forgetCleared(only = this.cleared): void {
    const { cleared } = this;
    if (!cleared || cleared !== only) return;
    this.cleared = undefined;
    this.contents.spare = undefined;
    for (const progress of this.followed.progresses()) this.contents.forget(progress, this.store);
    cleared.recording.store.discard();
    this.onClearedGone(cleared);
  }

  /** Empties the store and forgets the sockets of documents that are gone, and of files. */
  clearGone(): void {
    this.release();
    this.forgetCleared();
    this.store.discard();
    this.pauses.take();
    this.begin();
    this.sockets.removeWhere(({ document }) => document.isGone || document.readOnly === 'imported');
  }

  private begin(): void {
    this.recording = new Recording(this.newStore());
    this.followed.restart();
    for (const progress of this.followed.progresses()) this.contents.forget(progress, this.store);
  }

  /** The panel is closed. */
  discard(): void {
    this.forgetCleared();
    this.store.discard();
  }

  /** Keeps what arrives from now on until {@link release}, to be merged by time. */
  hold(): void {
    this.backlog.isHolding = true;
  }

  get isHolding(): boolean {
    return this.backlog.isHolding;
  }

  /** Stores what was held, in the order of time. */
  release(): void {
    if (!this.isHolding) return;
    const appenders = new Map<Held, BatchAppender>();
    this.backlog.release(({ held, to }) => {
      if (held.type === 'gap') {
        this.appendGap(held.socket, held.tally, held.reason, held.time, held.first);
        return;
      }
      const { document, progress, batch, skip } = held;
      const appender =
        appenders.get(held) ?? this.store.open(batch, skip, (id) => this.numberOf(document, id));
      appenders.set(held, appender);
      this.append(progress, appender, batch, to);
    });
    this.trim();
  }

  /** Frames of a socket that came while paused and have no row yet. */
  pausedFrames(socket: number): number {
    return this.pauses.frames(socket);
  }

  resume(): void {
    this.isPaused = false;
    for (const [socket, { first, tally }] of this.pauses.take()) {
      this.appendGap(socket, tally, 'paused', Date.now(), first);
    }
  }

  private storeFrames(document: PanelDocument, progress: Progress, batch: FrameBatch, skip: number): void {
    const appender = this.store.open(batch, skip, (id) => this.numberOf(document, id));
    this.append(progress, appender, batch, batch.kinds.length);
    this.trim();
  }

  private append(progress: Progress, appender: BatchAppender, batch: FrameBatch, end: number): void {
    const { store } = this;
    const firstNew = store.endRow;
    appender.appendUpTo(end);
    const added = store.endRow - firstNew;
    let id = 0;
    let ledger: SocketLedger | undefined;
    for (let row = firstNew, index = end - added; index < end; row++, index++) {
      const next = batch.sockets[index] ?? 0;
      if (next !== id) ledger = this.sockets.get(store.socket(row))?.ledger;
      id = next;
      if (ledger) countFrame(ledger.stored, (batch.kinds[index] ?? 0) as FrameKind, store.size(row));
      if ((batch.flags[index] ?? 0) & FrameFlag.pending) {
        this.contents.expect(progress, batch.firstSeq + index, store, row);
      }
    }
    this.recording.stored += added;
    this.received += added;
  }

  /** Lets the oldest rows go where there are too many; the first one that stays gives its place to a row that says so. */
  private trim(): void {
    const { store } = this;
    if (this.cleared && !canFollow(this.recording)) this.forgetCleared();
    const before = store.firstRow;
    store.trim(this.storeLimits, (row) => this.evict(row));
    const { firstRow } = store;
    if (firstRow === before) return;
    this.evict(firstRow);
    const { droppedBy, evictedBytes } = this.recording;
    const frames = droppedBy.get('memory') ?? 0;
    store.turnIntoGap(firstRow, { frames, bytes: evictedBytes, reason: 'memory' });
    for (const progress of this.followed.progresses()) this.contents.forget(progress, store);
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
      this.pauses.count(number, reader.kind, reader.size, () => this.nextNumber(number));
      this.account(number, one, 'paused');
    }
  }

  private evict(row: number): void {
    const { store } = this;
    const kind = store.kind(row);
    if (kind === FrameKind.gap) return;
    const one = emptyTally();
    countFrame(one, kind, store.size(row));
    this.recording.stored--;
    const state = store.payloadState(row);
    if (state === 'memory' || state === 'broken') this.recording.countWithoutPayload(state, -1);
    const socket = this.sockets.get(store.socket(row));
    if (socket) countFrame(socket.ledger.stored, kind, store.size(row), -1);
    this.recording.evictedBytes += store.size(row);
    this.account(store.socket(row), one, 'memory');
  }

  private newStore(): FrameStore {
    const store: FrameStore = new FrameStore({
      openVault: () => this.openVault(),
      payloadLost: (_row, reason) => this.recordingOf(store)?.countWithoutPayload(reason, 1),
      loaded: () => store === this.store && this.onLoaded(),
      trouble: (trouble) => this.onTrouble(trouble),
    });
    return store;
  }

  private recordingOf(store: FrameStore): Recording | undefined {
    return [this.recording, this.cleared?.recording].find((recording) => recording?.store === store);
  }

  private drop(socket: number, tally: Tally, reason: GapReason, time: number, first: number): void {
    this.account(socket, tally, reason);
    const document = this.sockets.get(socket)?.document;
    if (this.isHolding && document) {
      this.backlog.push({ type: 'gap', document, socket, tally, reason, first, time });
      return;
    }
    this.appendGap(socket, tally, reason, time, first);
  }

  private dropUnexplained(progress: Progress, frames: number, time: number): void {
    progress.unassigned += frames;
    // Of the many sockets that a page has had before the panel was open it no longer tells.
    const reason = progress.gapReason === 'before-panel' ? 'before-panel' : 'unexplained';
    this.drop(NO_SOCKET, unknownTally(frames), reason, time, accounted(progress) + 1);
  }

  /** Number that the next frame of a socket has among all of its frames. */
  private nextNumber(socket: number): number {
    return tallyFrames(this.sockets.get(socket)?.ledger.accounted() ?? emptyTally()) + 1;
  }

  private account(socket: number, tally: Tally, reason: GapReason): void {
    this.sockets.get(socket)?.ledger.drop(reason, tally);
    this.recording.drop(reason, tallyFrames(tally));
  }

  private appendGap(
    socket: number,
    tally: Tally,
    reason: GapReason,
    time: number,
    first: number | undefined,
  ): void {
    const gap = { frames: tallyFrames(tally), bytes: tallyBytes(tally), reason, first };
    this.store.appendGap(socket, time, gap);
  }

  private numberOf(document: PanelDocument, id: number): number {
    return this.sockets.find(document, id)?.number ?? NO_SOCKET;
  }
}

/** Frames of which nothing but their number is known. */
function unknownTally(frames: number): Tally {
  return { ...emptyTally(), received: frames };
}
