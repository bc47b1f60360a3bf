import type { RecordedFrame, RecordedSocket } from '../../../formats/recording.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { FrameView } from '../../../store/frame-view.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import type { Session } from '../../session/session.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Columns } from '../columns/columns.ts';
import type { Filter } from '../filter/filter.ts';
import type { LatencyWatch } from '../frames/latency-watch.ts';
import type { Selection } from '../frames/selection.ts';

/** Which rows are exported. */
export type ExportScope = 'selection' | 'filter' | 'all';

/** What exports need from the panel. */
export interface ExportSource {
  readonly store: FrameStore;
  readonly session: Session;
  readonly filter: Filter;
  readonly selection: Selection;
  readonly columns: Columns;
  readonly settings: Settings;
  readonly latencies: LatencyWatch | undefined;
  /** All sockets that are listed. */
  sockets(): PanelSocket[];
}

/** Rows to be exported. Some may be dropped during the export. */
export interface ExportRows {
  readonly count: number;
  /** The remaining rows, in the order of the store. */
  each(): Iterable<number>;
}

/** The rows of a scope as of now, without later ones. */
export function rowsOf(source: ExportSource, scope: ExportScope): ExportRows {
  const { store } = source;
  const { view } = source.filter;
  switch (scope) {
    case 'selection': {
      const rows = source.selection.rows(view);
      return { count: rows.length, each: () => rows.filter((row) => row >= store.firstRow) };
    }
    case 'filter': {
      const end = store.endRow;
      return { count: view.length, each: () => rowsOfView(view, end) };
    }
    case 'all': {
      const end = store.endRow;
      return { count: end - store.firstRow, each: () => rowsOfStore(store, end) };
    }
  }
}

function* rowsOfView(view: FrameView, end: number): Generator<number> {
  let row = -1;
  for (;;) {
    // Indexes change when the oldest rows are dropped; rows keep their numbers.
    const index = view.indexOf(row + 1);
    if (index >= view.length) return;
    row = view.rowAt(index);
    if (row >= end || row < 0) return;
    yield row;
  }
}

function* rowsOfStore(store: FrameStore, end: number): Generator<number> {
  for (let row = store.firstRow; row < end; row = Math.max(row + 1, store.firstRow)) yield row;
}

/** A row as files keep it. */
export function recordedFrame(
  store: FrameStore,
  row: number,
  payload: string | Uint8Array | undefined,
): RecordedFrame {
  return {
    socket: store.socket(row),
    kind: store.kind(row),
    flags: store.flags(row),
    time: store.time(row),
    size: store.size(row),
    payload,
    stack: store.stack(row),
    close: store.close(row),
    gap: store.gap(row),
    remark: store.remarks.of(row),
  };
}

/** A socket as files keep it. */
export function recordedSocket({
  number,
  document,
  record,
  handshake,
  readyState,
}: PanelSocket): RecordedSocket {
  const { id, bufferedAmount, ...kept } = record;
  return { number, documentUrl: document.identity.url, record: { ...kept, readyState }, handshake };
}
