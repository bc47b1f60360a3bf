import type { FrameKind } from '../../protocol/frames.ts';

/** A head is what a row is, in one number of 16 bits: its kind, its flags, and whether its contents came later than the row. */

const KIND_BITS = 4;
const KIND_MASK = (1 << KIND_BITS) - 1;
const LATE = 1 << 15;
const FLAGS_MASK = ~LATE >> KIND_BITS;

/** The head of a row whose contents, if it has any, are there. */
export function headOf(kind: FrameKind, flags: number): number {
  return kind | (flags << KIND_BITS);
}

export function kindIn(head: number): FrameKind {
  return (head & KIND_MASK) as FrameKind;
}

export function flagsIn(head: number): number {
  return (head >> KIND_BITS) & FLAGS_MASK;
}

/** True if the contents came later than the row. */
export function isLate(head: number): boolean {
  return (head & LATE) !== 0;
}

export function withFlags(head: number, flags: number): number {
  return (head & (LATE | KIND_MASK)) | (flags << KIND_BITS);
}

/** The head of the same row once its contents have come. */
export function madeLate(head: number): number {
  return head | LATE;
}
