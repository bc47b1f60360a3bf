import type { RecordedFrame } from '../../../formats/recording.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import type { ColumnId, TimeFormat } from '../../settings/column-choices.ts';
import type { Pieces } from './text-pile.ts';

/** The rows to be written, and what is known about them. */
export interface ExportSource {
  readonly store: FrameStore;
  readonly version: string;
  socket(number: number): PanelSocket | undefined;
  /** Sockets that are written whether or not they have frames. */
  readonly sockets: readonly PanelSocket[];
  /** The visible columns in their order. */
  readonly columns: readonly ColumnId[];
  readonly timeFormat: TimeFormat;
  /** ms from a row to its reply, or from its request */
  readonly latency: (row: number) => number | undefined;
}

/** Puts the text of a file together. */
export interface ExportWriter {
  /** Whether the frames are needed grouped by socket rather than in their order. */
  readonly bySocket: boolean;
  start(): string;
  /** @throws {RangeError} if the payload is too long for the format; nothing has changed then */
  frame(row: number, frame: RecordedFrame): Pieces;
  end(): Pieces;
}
