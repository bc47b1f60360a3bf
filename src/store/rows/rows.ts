import { type CloseDetail, FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { Payloads } from '../query/matching/source.ts';
import type { Gap } from './row-parts.ts';
import { placeIn, type Segment, segmentIndex } from './segment.ts';
import type { Stretch } from './stretch.ts';

/** The properties of rows besides their payloads. For missing rows, everything is 0 or undefined. */
export class Rows {
  protected readonly segments: (Segment | undefined)[] = [];
  protected first = 0;
  protected end = 0;

  /** The oldest row that has not been dropped. */
  get firstRow(): number {
    return this.first;
  }

  /** One past the newest row. */
  get endRow(): number {
    return this.end;
  }

  kind(row: number): FrameKind {
    return this.segmentOf(row)?.kind(placeIn(row)) ?? FrameKind.gap;
  }

  /** {@link FrameFlag} bits */
  flags(row: number): number {
    return (this.segmentOf(row)?.flags(placeIn(row)) ?? 0) & ~FrameFlag.wide;
  }

  /** Panel-wide number of the row's socket. */
  socket(row: number): number {
    return this.segmentOf(row)?.socket(placeIn(row)) ?? 0;
  }

  /** ms since the epoch, to within 1/256 ms */
  time(row: number): number {
    return this.segmentOf(row)?.time(placeIn(row)) ?? 0;
  }

  /** Bytes on the wire, without framing. */
  size(row: number): number {
    return this.segmentOf(row)?.size(placeIn(row)) ?? 0;
  }

  stack(row: number): string | undefined {
    return this.segmentOf(row)?.stack(placeIn(row));
  }

  close(row: number): CloseDetail | undefined {
    return this.segmentOf(row)?.detail(placeIn(row))?.close;
  }

  gap(row: number): Gap | undefined {
    return this.segmentOf(row)?.detail(placeIn(row))?.gap;
  }

  /** The rows that stand for frames which are not there, in order. */
  *gapRows(): Generator<number> {
    for (const segment of this.segments) if (segment) yield* segment.gapRows();
  }

  /** What is known about a row and all that follow it up to `end`; undefined if there are no rows. */
  stretch(row: number): Stretch | undefined {
    return this.segmentOf(row);
  }

  /** Number of the block with the row's payload; 0 if it has none or an empty one. */
  blockNumber(row: number): number {
    return this.segmentOf(row)?.block(placeIn(row)) ?? 0;
  }

  /** The unit of its block (UTF-16 unit or byte) at which the row's payload starts. */
  blockStart(row: number): number {
    return this.segmentOf(row)?.start(placeIn(row)) ?? 0;
  }

  /** Units of the row's payload. */
  blockLength(row: number): number {
    return this.segmentOf(row)?.length(placeIn(row)) ?? 0;
  }

  /** Those of a row and of all in its stretch. */
  payloads(row: number): Payloads | undefined {
    return this.segmentOf(row);
  }

  protected segmentOf(row: number): Segment | undefined {
    return this.segments[segmentIndex(row)];
  }
}
