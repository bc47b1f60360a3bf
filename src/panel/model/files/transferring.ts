import { turn } from '../../platform/turns.ts';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { shownWords } from '../../words/urls.ts';
import type { ExportScope } from './export-rows.ts';
import { exportRows } from './export-run.ts';
import type { ExportFormat } from './export-writers.ts';
import type { SaveFile, TransferDesk, TransferHost } from './transfer-state.ts';

/** ms between two updates of the displayed progress */
const SHOWN_INTERVAL = 100;

type Kind = 'export' | 'import';

/** Writes frames to a file and saves it, and reports the outcome in the model's notice. */
export async function exportTo(
  desk: TransferDesk,
  panel: TransferHost,
  format: ExportFormat,
  scope: ExportScope,
  save: SaveFile,
): Promise<void> {
  const file = `${fileStem()}.${format}`;
  const started = start(desk, panel, 'export', file, 0);
  if (!started) return;
  if (scope === 'filter') await filterIsDone(panel, started);
  const end = await exportRows(panel, format, scope, progressOf(desk, 'export', file), started).catch(String);
  desk.end();
  if (typeof end === 'string') return panel.tell('bad', t('exportFailed', file, end));
  if (!end.file) return panel.tell('bad', t('exportCancelled'));
  save(file, end.file);
  const words = [t('exportDone', wholeNumber(end.frames), file)];
  if (end.gaps > 0) words.push(t('exportGaps', wholeNumber(end.gaps)));
  if (end.missing > 0) words.push(t('exportMissing', wholeNumber(end.missing)));
  panel.tell('good', words.join(' '));
}

/** Reads the sockets and frames of a file, and reports the outcome in the model's notice. */
export async function importFrom(desk: TransferDesk, panel: TransferHost, file: File): Promise<void> {
  const before = desk.state.value;
  const started = start(desk, panel, 'import', file.name, file.size);
  if (!started) return;
  const { ImportedRecording, readRecording } = await import('../../session/files/import-file.ts');
  const recording = new ImportedRecording(panel.session.recorder, file.name);
  const show = progressOf(desk, 'import', file.name);
  const onProgress = (done: number) => {
    recording.flush();
    show(done, file.size);
    panel.touch();
  };
  const outcome = await readRecording(file, file.name, recording, onProgress, started).catch(String);
  recording.flush();
  panel.touch(true);
  // Problems of another file stay until the user closes them.
  desk.end(before.type === 'imported-in-part' ? before : undefined);
  if (outcome === true && recording.isEmpty) recording.problem({ line: 1, reason: { code: 'no-sockets' } });
  const { frames, sockets, problems, problemCount } = recording;
  const name = shownWords(file.name);
  const counts = [wholeNumber(frames), wholeNumber(sockets), name] as const;
  if (typeof outcome === 'string') return panel.tell('bad', t('importFailed', name, outcome));
  if (!outcome) return panel.tell('bad', t('importCancelled', ...counts));
  if (problemCount === 0) return panel.tell('good', t('importDone', ...counts));
  panel.tell('bad', t('importInPart', name));
  desk.end({ type: 'imported-in-part', file: file.name, frames, sockets, problems, problemCount });
}

/** Undefined, and reported, while another transfer is running. */
function start(
  desk: TransferDesk,
  panel: TransferHost,
  what: Kind,
  file: string,
  total: number,
): AbortSignal | undefined {
  const started = desk.start({ type: 'running', what, file, done: 0, total });
  if (!started) panel.tell('bad', t('transferBusy'));
  return started;
}

/** Shows the progress, but not more often than can be read. */
function progressOf(desk: TransferDesk, what: Kind, file: string): (done: number, total: number) => void {
  let shownAt = 0;
  return (done, total) => {
    const now = performance.now();
    if (now - shownAt < SHOWN_INTERVAL) return;
    shownAt = now;
    desk.state.value = { type: 'running', what, file, done, total };
  };
}

/** Which rows pass is known only when all have been searched. */
async function filterIsDone({ filter }: TransferHost, signal: AbortSignal): Promise<void> {
  while (!filter.isSettled && !signal.aborted) {
    filter.extend();
    await turn();
  }
}

/** As in `framescope-2026-11-28-123005`, in local time. */
function fileStem(): string {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  return `framescope-${local.slice(0, 10)}-${local.slice(11, 19).replaceAll(':', '')}`;
}
