import { version } from '../../../../package.json';
import { turn } from '../../platform/turns.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { latencyOf } from '../frames/latency-watch.ts';
import { type ExportScope, type ExportSource, rowsOf } from './export-rows.ts';
import { type ExportFormat, exportWriter, MIME_TYPES } from './export-writers.ts';
import { type ExportEnd, Exporter } from './exporter.ts';

/** Writes the rows of a scope into a file, a little at a time. */
export function exportRows(
  source: ExportSource,
  format: ExportFormat,
  scope: ExportScope,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<ExportEnd> {
  const rows = rowsOf(source, scope);
  const writer = exportWriter(format, {
    store: source.store,
    version,
    socket: (number) => source.session.recorder.sockets.get(number),
    sockets: scope === 'all' ? source.sockets() : [],
    columns: source.columns.shown(source.filter.socket.value !== undefined).map(({ id }) => id),
    latency: (row) => latencyOf(source.store, source.latencies, row),
    timeFormat: source.settings.of(SETTINGS.timeFormat).value,
  });
  const exporter = new Exporter(source.store, writer, turn);
  return exporter.run(rows, MIME_TYPES[format], (done) => onProgress(done, rows.count), signal);
}
