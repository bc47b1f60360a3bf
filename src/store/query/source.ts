import type { FrameKind } from '../../protocol/frames.ts';

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
  /** URL of the row's socket. */
  url(row: number): string;
  /** `undefined` for events and for payloads that are not there. */
  payload(row: number): string | Uint8Array | undefined;
  /** Searchable text of open, error, close and gap rows, else ''. */
  eventText(row: number): string;
}
