import { signal } from '@preact/signals';
import type { ExportScope } from './export-rows.ts';
import type { ExportFormat } from './export-writers.ts';
import type { SaveFile, TransferDesk, TransferHost, TransferState } from './transfer-state.ts';

/** The one export or import that can run at a time. Its code is loaded with the first one. */
export class Transfers implements TransferDesk {
  readonly state = signal<TransferState>({ type: 'idle' });
  private abort: AbortController | undefined;

  constructor(private readonly host: TransferHost) {}

  async export(format: ExportFormat, scope: ExportScope, save: SaveFile): Promise<void> {
    const { exportTo } = await import('./transferring.ts');
    await exportTo(this, this.host, format, scope, save);
  }

  /** Takes the files one after the other. */
  async import(files: readonly File[]): Promise<void> {
    const { importFrom } = await import('./transferring.ts');
    for (const file of files) await importFrom(this, this.host, file);
  }

  cancel(): void {
    this.abort?.abort();
  }

  dismiss(): void {
    if (this.state.value.type !== 'running') this.end();
  }

  start(state: TransferState): AbortSignal | undefined {
    if (this.state.value.type === 'running') return undefined;
    this.abort = new AbortController();
    this.state.value = state;
    return this.abort.signal;
  }

  end(state: TransferState = { type: 'idle' }): void {
    this.abort = undefined;
    this.state.value = state;
  }
}
