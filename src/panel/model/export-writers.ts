import { csvRecord } from '../../formats/csv/csv.ts';
import {
  HAR_ENTRY_END,
  type HarPage,
  harEnd,
  harEntryStart,
  harMessage,
  harStart,
} from '../../formats/har/write.ts';
import { ndjsonFrame, ndjsonHeader, ndjsonSocket } from '../../formats/ndjson/write.ts';
import type { RecordedFrame } from '../../formats/recording.ts';
import type { FrameStore } from '../../store/frame-store.ts';
import type { PanelSocket } from '../session/sockets.ts';
import type { ColumnId, TimeFormat } from '../settings/column-choices.ts';
import { CSV_CELLS, csvName } from './csv-cells.ts';
import { recordedSocket } from './export-rows.ts';

/** Formats of files that hold many frames. */
export const EXPORT_FORMATS = ['har', 'ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const MIME_TYPES: Readonly<Record<ExportFormat, string>> = {
  har: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv;charset=utf-8',
};

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
  frame(row: number, frame: RecordedFrame): string;
  end(): string;
}

export function exportWriter(format: ExportFormat, source: ExportSource): ExportWriter {
  switch (format) {
    case 'har':
      return new HarWriter(source);
    case 'ndjson':
      return new NdjsonWriter(source);
    case 'csv':
      return new CsvWriter(source);
  }
}

class NdjsonWriter implements ExportWriter {
  readonly bySocket = false;
  private readonly written = new Set<number>();

  constructor(private readonly source: ExportSource) {}

  start(): string {
    const { version, sockets } = this.source;
    return (
      ndjsonHeader(`Framescope ${version}`, Date.now()) + sockets.map((each) => this.socket(each)).join('')
    );
  }

  frame(_row: number, frame: RecordedFrame): string {
    const socket = this.written.has(frame.socket) ? undefined : this.source.socket(frame.socket);
    if (socket) return this.socket(socket) + ndjsonFrame(frame);
    // The socket of a page that is gone can be forgotten before the last gap that it has left.
    return ndjsonFrame(this.written.has(frame.socket) ? frame : { ...frame, socket: 0 });
  }

  end(): string {
    return '';
  }

  private socket(socket: PanelSocket): string {
    this.written.add(socket.number);
    return ndjsonSocket(recordedSocket(socket));
  }
}

class HarWriter implements ExportWriter {
  readonly bySocket = true;
  private readonly pages: HarPage[] = [];
  /** Numbers of those that have an entry; the last one's is not ended. */
  private readonly written = new Set<number>();
  private socket = 0;
  private isFirstMessage = true;

  constructor(private readonly source: ExportSource) {}

  start(): string {
    return harStart(this.source.version);
  }

  frame(_row: number, frame: RecordedFrame): string {
    let text = '';
    if (frame.socket !== this.socket) {
      const socket = this.source.socket(frame.socket);
      if (!socket) return '';
      text = this.startEntry(socket);
    }
    const { failure } = this.source.socket(frame.socket)?.handshake ?? {};
    const message = harMessage(frame, this.isFirstMessage, failure);
    if (message !== '') this.isFirstMessage = false;
    return text + message;
  }

  end(): string {
    const silent = this.source.sockets.filter(({ number }) => !this.written.has(number));
    const entries = silent.map((socket) => this.startEntry(socket)).join('');
    return entries + this.endEntry() + harEnd(this.pages);
  }

  private startEntry(socket: PanelSocket): string {
    const before = this.endEntry();
    const isFirst = this.written.size === 0;
    this.written.add(socket.number);
    this.socket = socket.number;
    this.isFirstMessage = true;
    return before + harEntryStart(recordedSocket(socket), this.pageOf(socket), isFirst);
  }

  private endEntry(): string {
    return this.written.size === 0 ? '' : HAR_ENTRY_END;
  }

  private pageOf({ document, record }: PanelSocket): number {
    const { url } = document.identity;
    const known = this.pages.findIndex((page) => page.url === url);
    if (known >= 0 || url === '') return known;
    return this.pages.push({ url, time: record.createdAt }) - 1;
  }
}

/** The columns that are to be seen, in their order, with whole payloads. */
class CsvWriter implements ExportWriter {
  readonly bySocket = false;
  private before: number | undefined;

  constructor(private readonly source: ExportSource) {}

  start(): string {
    const { columns, timeFormat } = this.source;
    return csvRecord(columns.map((id) => csvName(id, timeFormat)));
  }

  frame(row: number, frame: RecordedFrame): string {
    const { before, source } = this;
    this.before = frame.time;
    const { store, timeFormat, latency } = source;
    const line = { row, frame, before, store, socket: source.socket(frame.socket), timeFormat, latency };
    return csvRecord(source.columns.map((id) => CSV_CELLS[id](line)));
  }

  end(): string {
    return '';
  }
}
