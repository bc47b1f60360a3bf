import type { FrameStore } from '../../../store/frame-store.ts';
import type { GapReason } from '../../../store/ledger.ts';

/** A row whose contents have not arrived, or not all of them. */
export interface Pending {
  readonly store: FrameStore;
  readonly row: number;
  /** What has arrived, by its offset; undefined while nothing has: many rows can wait at a time. */
  parts: Map<number, string | Uint8Array> | undefined;
  /** Units of all parts. */
  units: number;
}

/** How far the panel is with one document. */
export interface Progress {
  /** Sequence number of the next frame. */
  nextSeq: number;
  /** Frames from `nextSeq` on that are accounted for without having come. */
  explained: number;
  /** Frames that were dropped without notice and have not been attributed to a socket. */
  unassigned: number;
  /** Frames observed by the page in all. */
  observed: number;
  /** {@link observed} when the totals were last reset; what was in flight then is still to be counted. */
  base: number;
  /** The reason for a gap before the next frames, if there is one. */
  gapReason: GapReason;
  /** Rows whose contents have not arrived, by sequence number. */
  readonly pending: Map<number, Pending>;
}

export function startOfDocument(): Progress {
  return {
    nextSeq: 1,
    explained: 0,
    unassigned: 0,
    observed: 0,
    base: 0,
    gapReason: 'before-panel',
    pending: new Map(),
  };
}

/** Frames that the page had observed as of its last message and that have neither arrived nor been accounted for. */
export function inFlight(progress: Progress): number {
  return Math.max(0, progress.observed - accounted(progress));
}

/** Frames that have arrived or are accounted for. */
export function accounted({ nextSeq, explained }: Progress): number {
  return nextSeq - 1 + explained;
}

/** Frames observed since the totals were reset. */
export function observedSinceBase(progress: Progress): number {
  return Math.max(progress.observed, accounted(progress)) - progress.base;
}
