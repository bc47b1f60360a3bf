import type { Pattern } from '../../store/query/matching/patterns.ts';
import type { RowContents } from '../../store/query/matching/row-contents.ts';

/** Work that may take for ever, for a thread that can be ended. It is done in steps, which are numbered from 0. */
export interface WorkerTask {
  readonly type: 'patterns';
  readonly patterns: readonly Pattern[];
  readonly contents: RowContents;
  /** The places of the first pattern's matches are wanted, in rows of text, rather than which patterns match. */
  readonly wantsPlaces?: boolean;
}

/** What a {@link WorkerTask} comes to. */
export interface WorkerAnswer {
  readonly type: 'patterns';
  /** 1 for a match; for each row one for each expression */
  readonly found: Uint8Array<ArrayBuffer>;
  /** Where that was wanted: row, start and end of each match. */
  readonly places?: Uint32Array<ArrayBuffer>;
}

export type WorkerRequest =
  /** Begins the text of the task that follows: handing over a large one at once would hold up the sender. */
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'task';
      readonly task: WorkerTask;
      /** Tell of each step before it is begun, rather than of one now and then. */
      readonly tellsAll: boolean;
    };

export type WorkerReport =
  /** Loaded, and ready for the first request. */
  | { readonly type: 'ready' }
  | { readonly type: 'step'; readonly step: number }
  | { readonly type: 'done'; readonly answer: WorkerAnswer };
