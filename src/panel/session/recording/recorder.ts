import type { FrameBatch, Tally } from '../../../protocol/frames.ts';
import type { SocketCount, SocketRecord } from '../../../protocol/sockets.ts';
import type { FrameStore, StoreLimits } from '../../../store/frame-store.ts';
import { emptyTally, type GapReason, splitTally, tallyFrames } from '../../../store/ledger.ts';
import type { PayloadLoss } from '../../../store/store-host.ts';
import { Followed } from './followed.ts';
import { STANDARD_LIMITS } from './limits.ts';
import { ListWriter } from './list-writer.ts';
import { batchOfEvent, hasLosses, inOrderOfTime, type Stead, steadsFor, tallyOfStead } from './losses.ts';
import { accounted, inFlight, type Progress } from './progress.ts';
import { NO_SOCKET, type PanelDocument, type PanelSocket, SocketTable } from './sockets.ts';

/** The figures of the status line; each is true at any time. */
export interface LedgerTotals {
  /** Frames that pages have observed: those that are stored, dropped and in flight. */
  readonly observed: number;
  /** Frames in the store. */
  readonly stored: number;
  /** Frames that are known to have existed but are not in the store. */
  readonly dropped: number;
  readonly droppedBy: ReadonlyMap<GapReason, number>;
  /** Frames that pages have observed and that are neither stored nor accounted for yet. */
  readonly inFlight: number;
  /** bytes of memory and of disk that payloads take */
  readonly bytes: number;
  readonly diskBytes: number;
  /** Messages in the store whose payload is not there, and why. */
  readonly withoutPayload: ReadonlyMap<PayloadLoss, number>;
}

/** Finds out which reported frames are new, duplicate or missing, has them written into the list and keeps the ledger. */
export class Recorder {
  readonly sockets = new SocketTable();
  /** What the list is written with. */
  readonly list: ListWriter;
  /** Called for each socket that has changed. */
  onSocket: (socket: PanelSocket) => void = () => undefined;
  /** Has the frames of a batch from an index on written into the list. Who writes rows before their page tells of them takes its place. */
  take: ListWriter['take'] = (...frames) => this.list.take(...frames);
  /** Counts what pages, files and the network log tell of. */
  readonly followed = new Followed();

  constructor(limits: StoreLimits = STANDARD_LIMITS) {
    this.list = new ListWriter(this.sockets, this.followed, limits);
  }

  /** Rows are numbered anew each time that the list is cleared, and belong to another store. */
  get store(): FrameStore {
    return this.list.store;
  }

  totals(): LedgerTotals {
    const { followed } = this;
    const { observed } = followed;
    const { stored, dropped, droppedBy, withoutPayload, store } = this.list.recording;
    const { bytes, diskBytes } = store;
    const underWay = followed.inFlight + this.list.heldFrames;
    return { observed, stored, dropped, droppedBy, inFlight: underWay, bytes, diskBytes, withoutPayload };
  }

  updateSockets(document: PanelDocument, records: readonly SocketRecord[]): void {
    for (const record of records) this.onSocket(this.sockets.update(document, record));
  }

  /** Takes the number of frames of each socket, and accounts for those that the page dropped before the panel had them. */
  takeCounts(document: PanelDocument, progress: Progress, counts: readonly SocketCount[]): void {
    this.followed.follow(progress, document);
    const known: [PanelSocket, SocketCount][] = [];
    for (const count of counts) {
      const socket = this.sockets.find(document, count.socket);
      if (!socket) continue;
      socket.ledger.said = Math.max(socket.ledger.said, count.observed);
      socket.gone = tallyFrames(count.gone);
      if (hasLosses(socket, count)) known.push([socket, count]);
    }
    if (progress.pending.size > 0) this.list.giveUpContentsBefore(progress, this.oldestHeld(document));
    if (known.length === 0) return;
    if (this.list.holdsFramesOf(document)) this.list.release(); // the account holds only what is stored
    const steads = known.filter((one) => hasLosses(...one)).flatMap((one) => steadsFor(...one));
    for (const stead of inOrderOfTime(steads)) this.takeStead(document, progress, stead);
  }

  /** Sequence number: pages let the oldest frames go first, whoever's they are. At the least: of some sockets they no longer tell. */
  private oldestHeld(document: PanelDocument): number {
    return this.sockets.of(document).reduce((oldest, { gone }) => oldest + gone, 1);
  }

  private takeStead(document: PanelDocument, progress: Progress, stead: Stead): void {
    const { socket, time = Date.now() } = stead;
    // Pages let the oldest go first: before what is lost now comes what was lost without notice, and is only now known to be this socket's.
    const [known, tally] = splitTally(tallyOfStead(stead), progress.unassigned);
    const frames = tallyFrames(known);
    if (frames > 0) socket.ledger.drop('unexplained', known);
    progress.unassigned -= frames;
    const room = Math.min(tallyFrames(tally), inFlight(progress));
    if (stead.type === 'event') {
      if (frames > 0) return;
      progress.explained++;
      this.take(document, progress, batchOfEvent(stead), 0);
      return;
    }
    if (room === 0) return;
    progress.explained += room;
    const [lost] = splitTally(tally, room);
    const { gapReason: reason } = progress;
    this.list.drop({ socket: socket.number, tally: lost, reason, time, first: stead.first + frames });
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
    this.take(document, progress, batch, skip);
  }

  /** The document has ended: what its page had observed and has not handed over will not come any more. */
  takeEnd(document: PanelDocument, progress: Progress): void {
    this.list.end(progress);
    const time = Date.now();
    const leave = (socket: number, frames: number, first: number) => {
      if (frames > 0) this.list.drop({ socket, tally: unknownTally(frames), reason: 'left', time, first });
    };
    for (const { number, ledger } of this.sockets.of(document)) {
      const frames = Math.min(ledger.inFlight(), inFlight(progress));
      progress.explained += frames;
      leave(number, frames, tallyFrames(ledger.accounted()) + 1);
    }
    progress.unassigned += inFlight(progress);
    leave(NO_SOCKET, inFlight(progress), accounted(progress) + 1);
    progress.nextSeq = Math.max(progress.nextSeq, progress.observed + 1);
    progress.explained = 0;
    this.followed.settle(progress);
  }

  private dropUnexplained(progress: Progress, frames: number, time: number): void {
    // Of the many sockets that a page has had before the panel was open it no longer tells.
    const reason = progress.gapReason === 'before-panel' ? 'before-panel' : 'unexplained';
    if (reason === 'unexplained') progress.unassigned += frames;
    const first = accounted(progress) + 1;
    this.list.drop({ socket: NO_SOCKET, tally: unknownTally(frames), reason, time, first });
  }
}

/** Frames of which nothing but their number is known. */
function unknownTally(frames: number): Tally {
  return { ...emptyTally(), received: frames };
}
