import type { CloseDetail, FrameKind } from '../../protocol/frames.ts';
import { type Payload, wireSize } from './payload.ts';
import type { StackHolder } from './stack.ts';
import type { Tap } from './tap.ts';

/** Value of {@link Entry.wireSize}. */
export const UNCOUNTED = -1;

/** One observed frame, linked to the one after it. */
export interface Entry {
  /** Sequence number within the document, from 1. */
  readonly seq: number;
  readonly tap: Tap;
  readonly kind: FrameKind;
  readonly flags: number;
  /** ms since the epoch */
  readonly time: number;
  payload: Payload | undefined;
  /** Length of the payload that is held, in UTF-16 units or bytes; kept separately, because reading the length of an old text is a cache miss. */
  held: number;
  /** As {@link held} if the payload travels within a batch; else 0. */
  inline: number;
  /** Bytes that the payload took on the wire; {@link UNCOUNTED} until they have been counted. */
  wireSize: number;
  readonly stack: StackHolder | undefined;
  readonly close: CloseDetail | undefined;
  /**
   * For a payload that does not travel within a batch: number of the session's message that carried its last part; infinite before
   * that, 0 once the panel has it.
   */
  contentMessage: number;
  next: Entry | undefined;
}

/** The last frames of a document, oldest first. A linked list, because array methods belong to the page. */
export class Ring {
  oldest: Entry | undefined;
  /** The oldest that still has its payload. */
  heaviest: Entry | undefined;
  frames = 0;
  /** Of payload: bytes, or UTF-16 units of text. */
  bytes = 0;
  #newest: Entry | undefined;

  push(entry: Entry): void {
    if (this.#newest) this.#newest.next = entry;
    else this.oldest = entry;
    this.#newest = entry;
    if (entry.held) this.heaviest ??= entry;
    this.frames++;
    this.bytes += entry.held;
  }

  /** Drops the payload of the {@link heaviest} or oldest entry; its row stays, with its true length. */
  lighten(entry: Entry): void {
    entry.payload = countedWireSize(entry);
    this.bytes -= entry.held;
    entry.held = 0;
    entry.inline = 0;
    while (this.heaviest && !this.heaviest.held) this.heaviest = this.heaviest.next;
  }

  /** Drops the oldest frame. */
  shift(entry: Entry): void {
    this.lighten(entry);
    this.oldest = entry.next;
    if (!this.oldest) this.#newest = undefined;
    this.frames--;
  }
}

export function countedWireSize({ payload, wireSize: known }: Entry): number {
  if (known !== UNCOUNTED) return known;
  return payload === undefined ? 0 : wireSize(payload);
}
