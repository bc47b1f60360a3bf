import type { CloseDetail, FrameKind } from '../../protocol/frames.ts';
import type { GapReason } from '../ledger.ts';

/** A row to be stored, without its payload. */
export interface RowParts {
  readonly kind: FrameKind;
  /** `FrameFlag` bits */
  readonly flags: number;
  /** bytes on the wire */
  readonly size: number;
  /** units of the payload */
  readonly length: number;
}

/** Frames that are not in the store, as one row. */
export interface Gap {
  readonly frames: number;
  /** bytes on the wire; 0 if unknown */
  readonly bytes: number;
  readonly reason: GapReason;
  /** Number of the first of them among all frames of its socket, or of its page if no socket is known; the others follow it. */
  readonly first?: number | undefined;
}

/** Details that few rows have. */
export interface Detail {
  readonly close?: CloseDetail | undefined;
  readonly gap?: Gap | undefined;
  /** Number of the block with contents that arrived late. */
  readonly block?: number | undefined;
}
