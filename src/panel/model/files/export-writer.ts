import type { RecordedFrame } from '../../../formats/recording.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import type { ColumnId, TimeFormat } from '../../settings/column-choices.ts';
import type { Pieces } from './text-pile.ts';

/** What is written, and where it can be looked up. */
export interface ExportSource {
  readonly store: FrameStore;
  readonly version: string;
  socket(number: number): PanelSocket | undefined;
  /** Sockets that are written whether or not they have frames. */
  readonly sockets: readonly PanelSocket[];
  /** The columns that are to be seen, in their order. */
  readonly columns: readonly ColumnId[];
  readonly timeFormat: TimeFormat;
  /** ms from a row to its reply, or from its request */
  readonly latency: (row: number) => number | undefined;
}

/** Puts the text of a file together. */
export interface ExportWriter {
  /** The frames of each socket are wanted one after the other rather than in their order. */
  readonly bySocket: boolean;
  start(): string;
  /** @throws RangeError where the payload is too long for it; nothing has changed then */
  frame(row: number, frame: RecordedFrame): Pieces;
  end(): Pieces;
}
