import type {
  FileProblem,
  RecordedFrame,
  RecordedSocket,
  RecordingSink,
} from '../../../formats/recording.ts';
import { FrameFlag, FrameKind } from '../../../protocol/frames.ts';
import { ReadyState } from '../../../protocol/sockets.ts';
import type { Gap } from '../../../store/frame-store.ts';
import { emptyTally } from '../../../store/ledger.ts';
import { batchOfFrames, type LooseFrame } from '../recording/frame-batch.ts';
import type { Recorder } from '../recording/recorder.ts';
import { NO_SOCKET, type PanelDocument, type PanelSocket } from '../recording/sockets.ts';

/** Frames, and units of payload, that are stored together. */
const BATCH = { frames: 1000, units: 4 * 1024 * 1024 };
/** Problems that are kept; of more only the number. */
const MOST_PROBLEMS = 100;

let lastFile = 0;

interface ListedSocket {
  readonly told: RecordedSocket;
  /** Within its document. */
  readonly id: number;
  socket: PanelSocket;
}

/** Writes what a file holds into the recorder: as sockets of documents of their own, which are closed and stay so. */
export class ImportedRecording implements RecordingSink {
  sockets = 0;
  frames = 0;
  /** All, also those that are not kept. */
  problemCount = 0;
  readonly problems: FileProblem[] = [];
  private readonly file = ++lastFile;
  /** By their address. */
  private readonly documents = new Map<string, PanelDocument>();
  /** By their numbers in the file. */
  private readonly listed = new Map<number, ListedSocket>();
  /** Their sockets are as the file numbers them. */
  private waiting: (LooseFrame & Pick<RecordedFrame, 'remark'>)[] = [];
  private waitingUnits = 0;

  constructor(
    private readonly recorder: Recorder,
    private readonly name: string,
  ) {}

  socket(told: RecordedSocket): void {
    this.sockets++;
    this.listed.set(told.number, { told, id: this.sockets, socket: this.list(told, this.sockets) });
  }

  frame(frame: RecordedFrame): void {
    if (frame.kind === FrameKind.gap) {
      this.flush();
      if (!frame.gap) return;
      this.gap(this.numberOf(frame.socket), frame.time, frame.gap);
      this.remark(this.recorder.store.endRow - 1, frame.remark);
      return;
    }
    this.frames++;
    this.waiting.push({ ...frame, flags: frame.flags & ~FrameFlag.pending });
    this.waitingUnits += frame.payload?.length ?? 0;
    if (this.waiting.length >= BATCH.frames || this.waitingUnits >= BATCH.units) this.flush();
  }

  /** The file has held nothing at all, not even something broken. */
  get isEmpty(): boolean {
    return this.frames === 0 && this.sockets === 0 && this.problemCount === 0;
  }

  problem(problem: FileProblem): void {
    this.problemCount++;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }

  /** Stores what has come so far. */
  flush(): void {
    if (this.waiting.length === 0) return;
    const first = this.recorder.store.endRow;
    const frames = this.waiting.map((frame) => ({ ...frame, socket: this.numberOf(frame.socket) }));
    this.recorder.followed.add(frames.length);
    this.recorder.list.takeImported(batchOfFrames(frames, 1));
    for (const [index, { remark }] of this.waiting.entries()) this.remark(first + index, remark);
    this.waiting = [];
    this.waitingUnits = 0;
  }

  /** Stores a row for frames that the file does not hold either. */
  private gap(socket: number, time: number, gap: Gap): void {
    const { followed, list, store } = this.recorder;
    followed.add(gap.frames);
    const tally = { ...emptyTally(), received: gap.frames, receivedBytes: gap.bytes };
    list.recording.drop(socket, tally, 'imported');
    store.appendGap(socket, time, gap);
  }

  /** Panel-wide. The list may have been cleared, or begun anew for another page, since the socket was listed: then it comes back with its rows. */
  private numberOf(number: number): number {
    const one = this.listed.get(number);
    if (!one) return NO_SOCKET;
    if (this.recorder.sockets.get(one.socket.number) !== one.socket) one.socket = this.list(one.told, one.id);
    one.socket.isHidden = false;
    return one.socket.number;
  }

  private list({ documentUrl, record, handshake }: RecordedSocket, id: number): PanelSocket {
    const document = this.documentOf(documentUrl);
    const closed = { ...record, id, bufferedAmount: 0, readyState: ReadyState.closed };
    this.recorder.updateSockets(document, [closed]);
    const socket = this.recorder.sockets.find(document, id);
    if (!socket) throw new Error('the recorder has lost a socket');
    socket.handshake = handshake;
    return socket;
  }

  private remark(row: number, remark: RecordedFrame['remark']): void {
    const { store } = this.recorder;
    if (remark && row >= store.firstRow) store.remarks.set(row, remark);
  }

  private documentOf(url: string): PanelDocument {
    const known = this.documents.get(url);
    if (known) return known;
    const identity = { document: `file ${this.file} ${this.documents.size}`, frameId: -1, url };
    const document: PanelDocument = { identity, isGone: false, readOnly: 'imported', file: this.name };
    this.documents.set(url, document);
    return document;
  }
}
