import type {
  FileProblem,
  RecordedFrame,
  RecordedSocket,
  RecordingSink,
} from '../../../formats/recording.ts';
import { FrameFlag, FrameKind } from '../../../protocol/frames.ts';
import { ReadyState } from '../../../protocol/sockets.ts';
import { batchOfFrames, type LooseFrame } from '../recording/frame-batch.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { PanelDocument } from '../recording/sockets.ts';

/** Frames, and units of payload, that are stored together. */
const BATCH = { frames: 1000, units: 4 * 1024 * 1024 };
/** Problems that are kept; of more only the number. */
const MOST_PROBLEMS = 100;

let lastFile = 0;

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
  /** Panel-wide numbers by those of the file. */
  private readonly numbers = new Map<number, number>();
  private waiting: (LooseFrame & Pick<RecordedFrame, 'remark'>)[] = [];
  private waitingUnits = 0;

  constructor(
    private readonly recorder: Recorder,
    private readonly name: string,
  ) {}

  socket({ number, documentUrl, record, handshake }: RecordedSocket): void {
    const document = this.documentOf(documentUrl);
    const id = ++this.sockets;
    const closed = { ...record, id, bufferedAmount: 0, readyState: ReadyState.closed };
    this.recorder.updateSockets(document, [closed]);
    const socket = this.recorder.sockets.find(document, id);
    if (!socket) throw new Error('the recorder has lost a socket');
    socket.handshake = handshake;
    this.numbers.set(number, socket.number);
  }

  frame(frame: RecordedFrame): void {
    const socket = this.numbers.get(frame.socket) ?? 0;
    if (frame.kind === FrameKind.gap) {
      this.flush();
      if (!frame.gap) return;
      this.recorder.takeImportedGap(socket, frame.time, frame.gap);
      this.remark(this.recorder.store.endRow - 1, frame.remark);
      return;
    }
    this.frames++;
    this.waiting.push({ ...frame, socket, flags: frame.flags & ~FrameFlag.pending });
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
    this.recorder.takeImported(batchOfFrames(this.waiting, 1));
    for (const [index, { remark }] of this.waiting.entries()) this.remark(first + index, remark);
    this.waiting = [];
    this.waitingUnits = 0;
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
