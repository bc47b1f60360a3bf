import type { ReadingChoice } from '../../../decoders/protocol-signs.ts';
import type { FrameKind } from '../../../protocol/frames.ts';
import type { BlockContent } from '../../blocks/block-content.ts';
import type { BlockPairs } from '../../blocks/block-pairs.ts';
import type { Remark } from '../../rows/remarks.ts';

/** Where the payloads of adjacent rows are stored. */
export interface Payloads {
  readonly firstRow: number;
  /** One past the last of the rows. */
  readonly endRow: number;
  /** As of {@link FrameSource}. */
  blockNumber(row: number): number;
  blockStart(row: number): number;
  blockLength(row: number): number;
  /** One past the last of the rows from this one on whose payloads follow each other in one block; the row itself where that is not known. */
  endOfRun(row: number): number;
  /** Whether payloads of such a run stand side by side: between others there may be some that came later than their rows. */
  readonly isTight: boolean;
  /** The last row of such a run, from one up to another, whose payload starts before a unit of the block or there; else the first. */
  rowOfUnit(row: number, end: number, unit: number): number;
}

/**
 * What a filter may ask of a stored frame; rows are numbers. The answers for one row must stay the same while a filter
 * looks at that row: tests are put in an order of the filter's choosing.
 */
export interface FrameSource {
  kind(row: number): FrameKind;
  /** `FrameFlag` bits */
  flags(row: number): number;
  /** Bytes on the wire. */
  size(row: number): number;
  /** ms since the epoch, with fractions */
  time(row: number): number;
  /** Panel-wide number of the row's socket. */
  socket(row: number): number;
  /** URL of the row's socket. */
  url(row: number): string;
  /** Subprotocol of the row's socket; empty where there is none. */
  protocol(row: number): string;
  /** How binary messages of the row's socket are to be read; undefined if the user has not chosen. */
  reading(row: number): ReadingChoice | undefined;
  /** Undefined for events and for payloads that are missing or not in memory. */
  payload(row: number): string | Uint8Array | undefined;
  /** The user's star and note on the row. */
  remark(row: number): Remark;
  /** Searchable text of open, error, close and gap rows, else ''. */
  eventText(row: number): string;
  /** Number of the block with the row's payload; 0 if it has none or an empty one. */
  blockNumber(row: number): number;
  /** The unit of its block (UTF-16 unit or byte) at which the row's payload starts. */
  blockStart(row: number): number;
  /** Units of the row's payload. */
  blockLength(row: number): number;
  /** The first row from `row` on whose payload is, or may be, outside a range of units of a block. */
  outside(row: number, block: number, from: number, unit: number): number;
  /** Undefined if it is not in memory. Its content does not move, but may grow at its end. */
  block(number: number): BlockContent | undefined;
  /** The payloads of a row and its neighbours; undefined if each row has to be asked for on its own. */
  payloads(row: number): Payloads | undefined;
  /** The pairs of characters that occur in a block; undefined if they are not known. */
  pairs(number: number): BlockPairs | undefined;
  /** True for a block that is not in memory and can be read from the disk. */
  isAway(number: number): boolean;
}
