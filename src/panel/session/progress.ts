import type { FrameStore } from '../../store/frame-store.ts';
import type { GapReason } from '../../store/ledger.ts';

/** How far the panel is with one document. */
export interface Progress {
  /** Sequence number of the next frame. */
  nextSeq: number;
  /** Frames from `nextSeq` on that the page has said are gone. */
  explained: number;
  /** Frames observed by the page in all. */
  observed: number;
  /** What a hole in front of the next frames is due to. */
  gapReason: GapReason;
  /** Rows whose Blob contents have not arrived, by sequence number, and the store that they are in. */
  readonly pending: Map<number, { readonly store: FrameStore; readonly row: number }>;
}

export function startOfDocument(): Progress {
  return { nextSeq: 1, explained: 0, observed: 0, gapReason: 'before-panel', pending: new Map() };
}

/** Frames that the page had observed at its last word, and that have neither arrived nor been accounted for. */
export function inFlight({ observed, nextSeq, explained }: Progress): number {
  return Math.max(0, observed - nextSeq + 1 - explained);
}
