import type { Signal } from '@preact/signals';
import type { FileProblem } from '../../../formats/recording.ts';
import type { ExportSource } from './export-rows.ts';

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
      /** All problems; of many, only the first are kept. */
      readonly problemCount: number;
    };

/** Saves a file for the user. */
export type SaveFile = (name: string, contents: Blob) => void;

/** What exports and imports need from the panel. */
export interface TransferHost extends ExportSource {
  tell(tone: 'good' | 'bad', text: string): void;
  /** Something has changed. */
  touch(isUrgent?: boolean): void;
}

/** Keeps track of the one export or import that can run at a time. */
export interface TransferDesk {
  readonly state: Signal<TransferState>;
  /** @returns undefined while another one is under way */
  start(state: TransferState): AbortSignal | undefined;
  end(state?: TransferState): void;
}
