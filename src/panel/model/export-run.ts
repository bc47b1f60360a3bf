import { version } from '../../../package.json';
import { SETTINGS } from '../settings/schema.ts';
import { turn } from '../turns.ts';
import { type ExportScope, rowsOf } from './export-rows.ts';
import { type ExportFormat, exportWriter, MIME_TYPES } from './export-writers.ts';
import { type ExportEnd, Exporter } from './exporter.ts';
import { latencyOf } from './latency-watch.ts';
import type { PanelModel } from './panel-model.ts';

/** Writes the rows of a scope into a file, a little at a time. */
export function exportRows(
  model: PanelModel,
  format: ExportFormat,
  scope: ExportScope,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<ExportEnd> {
  const rows = rowsOf(model, scope);
  const writer = exportWriter(format, {
    store: model.store,
    version,
    socket: (number) => model.session.recorder.sockets.get(number),
    sockets: scope === 'all' ? model.sockets() : [],
    columns: model.columns.shown(model.filter.socket.value !== undefined).map(({ id }) => id),
    latency: (row) => latencyOf(model.store, model.latencies, row),
    timeFormat: model.settings.of(SETTINGS.timeFormat).value,
  });
  const exporter = new Exporter(model.store, writer, turn);
  return exporter.run(rows, MIME_TYPES[format], (done) => onProgress(done, rows.count), signal);
}
