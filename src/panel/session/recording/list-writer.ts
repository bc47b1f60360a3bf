import { type FrameBatch, FrameFlag } from '../../../protocol/frames.ts';
import type { SpillTrouble } from '../../../store/blocks/spill.ts';
import type { BatchAppender, FrameStore, StoreLimits } from '../../../store/frame-store.ts';
import type { Vault } from '../../../store/vault/vault.ts';
import { Backlog, type Held } from './backlog.ts';
import type { Cleared } from './cleared.ts';
import { type ContentPart, Contents } from './contents.ts';
import type { Followed } from './followed.ts';
import { Pauses } from './pauses.ts';
import { type Progress, startOfDocument } from './progress.ts';
import { type Loss, Recording } from './recording.ts';
import { Recordings } from './recordings.ts';
import type { PanelDocument, PanelSocket, SocketTable } from './sockets.ts';

/** Writes new frames and losses into the list: at once, or when frames that were held back are in order; not at all while paused. */
export class ListWriter {
  isPaused = false;
  /** Called when a requested payload has been read into memory. */
  onLoaded: () => void = () => undefined;
  /** Called once for each kind of problem with the disk. */
  onTrouble: (trouble: SpillTrouble) => void = () => undefined;
  /** Called when what was cleared can no longer be restored. */
  onClearedGone: (cleared: Cleared) => void = () => undefined;
  /** Opens storage on disk for payloads that exceed the memory limit. */
  openVault: () => Vault | undefined = () => undefined;
  /** Frames stored since the panel began, whatever has become of them. */
  received = 0;
  private readonly backlog = new Backlog();
  private readonly contents = new Contents();
  private readonly pauses: Pauses;
  private readonly recordings: Recordings;

  constructor(
    private readonly sockets: SocketTable,
    followed: Followed,
    private storeLimits: StoreLimits,
  ) {
    this.pauses = new Pauses(sockets);
    this.recordings = new Recordings(
      { sockets, contents: this.contents, followed, pauses: this.pauses },
      () => this.newRecording(),
      (cleared) => this.onClearedGone(cleared),
    );
  }

  /** The list. Each {@link clear} begins another one. */
  get recording(): Recording {
    return this.recordings.current;
  }

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

  /** Frames that have arrived and wait for their order. */
  get heldFrames(): number {
    return this.backlog.frames;
  }

  holdsFramesOf(document: PanelDocument): boolean {
    return this.backlog.holdsFramesOf(document);
  }

  /** Frames of a socket that came while paused and have no row yet. */
  pausedFrames(socket: number): number {
    return this.pauses.frames(socket);
  }

  /** Takes the frames of a batch from index `skip` on. */
  take(document: PanelDocument, progress: Progress, batch: FrameBatch, skip: number): void {
    const numberOf = (id: number) => this.sockets.numberOf(document, id);
    if (this.isPaused) this.pauses.passOver(this.recording, batch, skip, numberOf);
    else if (this.isHolding) this.backlog.push({ type: 'frames', document, progress, batch, skip });
    else this.append(progress, this.store.open(batch, skip, numberOf), batch);
  }

  /**
   * Takes frames that do not come from a page, in their order and at once, even while live frames are paused or held back.
   * @param batch names sockets by their panel-wide numbers
   */
  takeImported(batch: FrameBatch): void {
    this.append(
      startOfDocument(),
      this.store.open(batch, 0, (number) => number),
      batch,
    );
  }

  /** Counts lost frames, and writes a gap row. */
  drop(loss: Loss): void {
    const { recording } = this;
    recording.drop(loss.socket, loss.tally, loss.reason);
    const document = this.sockets.get(loss.socket)?.document;
    if (this.isHolding && document) this.backlog.push({ type: 'gap', document, ...loss });
    else recording.appendGap(loss);
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

  /** Whether contents are still to follow rows that have come. */
  awaitsContents(progress: Progress): boolean {
    return progress.pending.size > 0 || this.backlog.awaitsContents(progress);
  }

  /** The connection to a document has been taken up again: it sends anew what had not arrived as a whole. */
  restartContents(progress: Progress): void {
    this.contents.restart(progress);
  }

  /** The page no longer holds anything before this sequence number: contents that have not come will not. */
  giveUpContentsBefore(progress: Progress, oldest: number): void {
    this.contents.giveUpBefore(progress, oldest);
  }

  /** Nothing more will come of a document. */
  end(progress: Progress): void {
    this.release();
    this.contents.giveUp(progress);
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
        this.recording.appendGap(held);
        return;
      }
      const { document, progress, batch, skip } = held;
      const known = appenders.get(held);
      const appender = known ?? this.store.open(batch, skip, (id) => this.sockets.numberOf(document, id));
      if (!known) appenders.set(held, appender);
      this.appendUpTo(progress, appender, batch, to);
    });
    this.trim();
  }

  /** Gives one socket the rows of another, which has turned out to be the same, and its account. */
  handOver(from: PanelSocket, to: PanelSocket): void {
    if (this.holdsFramesOf(from.document)) this.release();
    this.recordings.handOver(from, to);
    this.pauses.handOver(from.number, to.number);
    to.ledger.takeOver(from.ledger);
    from.becameNumber = to.number;
  }

  resume(): void {
    this.isPaused = false;
    for (const loss of this.pauses.take()) this.recording.appendGap(loss);
  }

  /**
   * Empties the list, hides the sockets that are closed and starts the totals anew. What there was is kept until
   * {@link forgetCleared}, or until much has come after it.
   */
  clear(): Cleared {
    this.release();
    return this.recordings.clear();
  }

  /**
   * Takes back what was cleared, in front of what has come since.
   * @returns false where it is too late
   */
  restore(cleared: Cleared): boolean {
    this.release();
    const isBack = this.recordings.restore(cleared);
    this.trim();
    return isBack;
  }

  /**
   * What was cleared will not be brought back.
   * @param only nothing else that was cleared since
   */
  forgetCleared(only?: Cleared): void {
    this.recordings.forget(only);
  }

  /** Begins anew for good, without the sockets of documents that are gone, and of files. */
  clearGone(): void {
    this.release();
    this.recordings.leave();
    this.sockets.removeWhere(({ document }) => document.isGone || document.readOnly === 'imported');
  }

  /** The panel is closed. */
  discard(): void {
    this.recordings.discard();
  }

  private append(progress: Progress, appender: BatchAppender, batch: FrameBatch): void {
    this.appendUpTo(progress, appender, batch, batch.kinds.length);
    this.trim();
  }

  private appendUpTo(progress: Progress, appender: BatchAppender, batch: FrameBatch, end: number): void {
    const added = this.recording.append(appender, batch, end);
    this.received += added;
    const { store } = this;
    for (let index = end - added; index < end; index++) {
      if (((batch.flags[index] ?? 0) & FrameFlag.pending) === 0) continue;
      this.contents.expect(progress, batch.firstSeq + index, store, store.endRow - (end - index));
    }
  }

  /** Keeps the list within the limits. */
  private trim(): void {
    this.recordings.considerForgetting();
    if (this.recording.trim(this.storeLimits)) this.recordings.forgetContents();
  }

  private newRecording(): Recording {
    const recording: Recording = new Recording(this.sockets, {
      openVault: () => this.openVault(),
      loaded: () => recording === this.recording && this.onLoaded(),
      trouble: (trouble) => this.onTrouble(trouble),
    });
    return recording;
  }
}
