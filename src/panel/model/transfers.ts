import { signal } from '@preact/signals';
import type { FileProblem } from '../../formats/recording.ts';
import { wholeNumber } from '../format.ts';
import { t } from '../i18n.ts';
import { turn } from '../turns.ts';
import type { ExportScope, ExportSource } from './export-rows.ts';
import type { ExportFormat } from './export-writers.ts';

export type TransferState =
  | { readonly type: 'idle' }
  | {
      readonly type: 'running';
      readonly what: 'export' | 'import';
      readonly file: string;
      /** rows of an export, bytes of an import */
      readonly done: number;
      readonly total: number;
    }
  /** Something of the file could not be read. */
  | {
      readonly type: 'imported-in-part';
      readonly file: string;
      readonly frames: number;
      readonly sockets: number;
      readonly problems: readonly FileProblem[];
      /** All; of many only the first are kept. */
      readonly problemCount: number;
    };

/** The panel, as far as files are written from it and read into it. */
interface TransferHost extends ExportSource {
  tell(tone: 'good' | 'bad', text: string): void;
  /** Something has changed. */
  touch(): void;
}

/** Hands a file to the person. */
export type SaveFile = (name: string, contents: Blob) => void;

/** ms between two changes of what is shown of the progress */
const SHOWN_INTERVAL = 100;

/** The one export or import that can be under way at a time. */
export class Transfers {
  readonly state = signal<TransferState>({ type: 'idle' });
  private abort: AbortController | undefined;
  private shownAt = 0;

  constructor(private readonly model: TransferHost) {}

  async export(format: ExportFormat, scope: ExportScope, save: SaveFile): Promise<void> {
    const { model } = this;
    const file = `${fileStem()}.${format}`;
    const started = this.start('export', file, 0);
    if (!started) return;
    if (scope === 'filter') await this.filterIsDone(started);
    const { exportRows } = await import('./export-run.ts');
    const onProgress = (done: number, total: number) => this.show(file, 'export', done, total);
    const end = await exportRows(model, format, scope, onProgress, started);
    this.end();
    if (!end.file) return model.tell('bad', t('exportCancelled'));
    save(file, end.file);
    const missing = end.missing > 0 ? ` ${t('exportMissing', wholeNumber(end.missing))}` : '';
    model.tell('good', t('exportDone', wholeNumber(end.frames), file) + missing);
  }

  /** Takes the files one after the other. */
  async import(files: readonly File[]): Promise<void> {
    for (const file of files) await this.importOne(file);
  }

  cancel(): void {
    this.abort?.abort();
  }

  dismiss(): void {
    if (this.state.value.type !== 'running') this.end();
  }

  private async importOne(file: File): Promise<void> {
    const { model } = this;
    const started = this.start('import', file.name, file.size);
    if (!started) return;
    const { ImportedRecording, readRecording } = await import('../session/import-file.ts');
    const recording = new ImportedRecording(model.session.recorder, file.name);
    const onProgress = (done: number) => {
      recording.flush();
      this.show(file.name, 'import', done, file.size);
      model.touch();
    };
    const outcome = await readRecording(file, file.name, recording, onProgress, started).catch(String);
    recording.flush();
    model.touch();
    this.end();
    const { frames, sockets, problems, problemCount } = recording;
    const counts = [wholeNumber(frames), wholeNumber(sockets), file.name] as const;
    if (typeof outcome === 'string') return model.tell('bad', t('importFailed', file.name, outcome));
    if (!outcome) return model.tell('bad', t('importCancelled', ...counts));
    model.tell(problemCount > 0 ? 'bad' : 'good', t('importDone', ...counts));
    if (problemCount === 0) return;
    this.state.value = { type: 'imported-in-part', file: file.name, frames, sockets, problems, problemCount };
  }

  /** Undefined, and said so, while another one is under way. */
  private start(what: 'export' | 'import', file: string, total: number): AbortSignal | undefined {
    if (this.state.value.type === 'running') {
      this.model.tell('bad', t('transferBusy'));
      return undefined;
    }
    this.abort = new AbortController();
    this.state.value = { type: 'running', what, file, done: 0, total };
    return this.abort.signal;
  }

  private end(): void {
    this.abort = undefined;
    this.state.value = { type: 'idle' };
  }

  private show(file: string, what: 'export' | 'import', done: number, total: number): void {
    const now = performance.now();
    if (now - this.shownAt < SHOWN_INTERVAL) return;
    this.shownAt = now;
    this.state.value = { type: 'running', what, file, done, total };
  }

  /** Which rows pass is known only when all have been looked at. */
  private async filterIsDone(signal: AbortSignal): Promise<void> {
    while (!this.model.filter.isSettled && !signal.aborted) {
      this.model.filter.extend();
      await turn();
    }
  }
}

/** As in `framescope-2026-11-28-123005`, in local time. */
function fileStem(): string {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  return `framescope-${local.slice(0, 10)}-${local.slice(11, 19).replaceAll(':', '')}`;
}
