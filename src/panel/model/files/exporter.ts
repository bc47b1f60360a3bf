import type { RecordedFrame } from '../../../formats/recording.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import { isMessage } from '../frames/frame-kinds.ts';
import { type ExportRows, recordedFrame } from './export-rows.ts';
import type { ExportWriter } from './export-writer.ts';
import { type Pieces, TextPile } from './text-pile.ts';

/** ms of work before yielding the thread */
const STEP = 10;
/** Rows between two checks of the clock. */
const STRIDE = 32;

export interface ExportEnd {
  /** undefined if it was cancelled */
  readonly file: Blob | undefined;
  readonly frames: number;
  /** Gap rows. */
  readonly gaps: number;
  /** Frames whose contents are missing, or were dropped in the meantime. */
  readonly missing: number;
}

/** Writes rows into a file, a little at a time. */
export class Exporter {
  private readonly pile = new TextPile();
  private frames = 0;
  private gaps = 0;
  private missing = 0;

  /** @param pause yields the thread */
  constructor(
    private readonly store: FrameStore,
    private readonly writer: ExportWriter,
    private readonly pause: () => Promise<void>,
  ) {}

  async run(
    rows: ExportRows,
    type: string,
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<ExportEnd> {
    this.write(this.writer.start());
    const order = this.writer.bySocket ? await this.bySocket(rows, signal) : rows.each();
    let deadline = performance.now() + STEP;
    let looked = 0;
    for (const row of order) {
      if (signal.aborted) break;
      await this.take(row);
      if (++looked % STRIDE !== 0 || performance.now() < deadline) continue;
      onProgress(looked);
      await this.pause();
      deadline = performance.now() + STEP;
    }
    const { frames, gaps } = this;
    const missing = this.missing + Math.max(0, rows.count - looked);
    if (signal.aborted) return { file: undefined, frames, gaps, missing };
    this.write(this.writer.end());
    return { file: new Blob([...this.pile.pieces()], { type }), frames, gaps, missing };
  }

  private async take(row: number): Promise<void> {
    const { store } = this;
    const payload = store.payload(row) ?? (await store.load(row));
    if (row < store.firstRow) {
      this.missing++; // dropped, perhaps while it was read
      return;
    }
    const frame = recordedFrame(store, row, payload);
    if (isMessage(frame.kind) && payload === undefined) this.missing++;
    this.writeRow(row, frame);
    if (frame.kind === FrameKind.gap) this.gaps++;
    else this.frames++;
  }

  private writeRow(row: number, frame: RecordedFrame): void {
    try {
      this.write(this.writer.frame(row, frame));
    } catch (error) {
      // Escaped, a text of a hundred million control characters is longer than strings can be.
      if (!(error instanceof RangeError) || frame.payload === undefined) throw error;
      this.missing++;
      this.write(this.writer.frame(row, { ...frame, payload: undefined }));
    }
  }

  /** All rows, grouped by socket. */
  private async bySocket(rows: ExportRows, signal: AbortSignal): Promise<Iterable<number>> {
    const sockets = new Map<number, number[]>();
    let deadline = performance.now() + STEP;
    for (const row of rows.each()) {
      const socket = this.store.socket(row);
      const own = sockets.get(socket);
      if (own) own.push(row);
      else sockets.set(socket, [row]);
      if (row % STRIDE !== 0 || performance.now() < deadline) continue;
      await this.pause();
      if (signal.aborted) return [];
      deadline = performance.now() + STEP;
    }
    return flat([...sockets.values()]);
  }

  private write(pieces: Pieces): void {
    if (typeof pieces === 'string' || pieces instanceof Blob) this.pile.add(pieces);
    else for (const piece of pieces) this.pile.add(piece);
  }
}

function* flat(lists: readonly (readonly number[])[]): Generator<number> {
  for (const list of lists) yield* list;
}
