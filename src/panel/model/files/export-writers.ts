import { csvRecord } from '../../../formats/csv/csv.ts';
import { ndjsonFrame, ndjsonHeader, ndjsonSocket } from '../../../formats/ndjson/write.ts';
import type { RecordedFrame } from '../../../formats/recording.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { CSV_CELLS, csvName } from './csv-cells.ts';
import { recordedSocket } from './export-rows.ts';
import type { ExportSource, ExportWriter } from './export-writer.ts';
import { HarWriter } from './har-writer.ts';

/** Formats of files that hold many frames. */
export const EXPORT_FORMATS = ['har', 'ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const MIME_TYPES: Readonly<Record<ExportFormat, string>> = {
  har: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv;charset=utf-8',
};

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
    // The socket of a page that was left can be forgotten before its last gap row.
    const isOwned = socket !== undefined || this.written.has(frame.socket);
    const text = ndjsonFrame(isOwned ? frame : { ...frame, socket: 0 });
    return socket ? this.socket(socket) + text : text;
  }

  end(): string {
    return '';
  }

  private socket(socket: PanelSocket): string {
    this.written.add(socket.number);
    return ndjsonSocket(recordedSocket(socket));
  }
}

/** The visible columns in their order, with whole payloads. */
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
