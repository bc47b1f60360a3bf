import { type CloseDetail, FrameKind } from '../../protocol/frames.ts';
import { DELIVERED, HISTORY } from '../natives/limits.ts';
import { type Payload, wireSize } from './payload.ts';
import type { StackHolder } from './stack.ts';
import type { Tap } from './tap.ts';

/** One observed frame, linked to the one after it. Once it has been dropped it becomes another one. */
export interface Entry {
  /** Sequence number within the document, from 1. */
  seq: number;
  tap: Tap;
  kind: FrameKind;
  flags: number;
  /** ms since the epoch */
  time: number;
  payload: Payload | undefined;
  /** Length of the payload that is held, in UTF-16 units or bytes; kept separately, because reading the length of an old text is a cache miss. */
  held: number;
  /** As {@link held} if the payload travels within a batch; else 0. */
  inline: number;
  /** Bytes that the payload took on the wire; 0 until they have been counted. */
  wireSize: number;
  stack: StackHolder | undefined;
  close: CloseDetail | undefined;
  /**
   * For a payload that does not travel within a batch: number of the session's message that carried its last part; infinite before
   * that, 0 once the panel has it.
   */
  contentMessage: number;
  later: Entry | undefined;
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
  #spare: Entry | undefined;
  #spares = 0;

  /**
   * An entry that is to be filled in. One that was dropped, if there is any: as garbage, entries that have waited for a panel would cost a
   * page more time than all else that is done for a frame.
   */
  blank(tap: Tap): Entry {
    const entry = this.#spare;
    if (entry) {
      this.#spares--;
      this.#spare = entry.later;
      entry.later = undefined;
      return entry;
    }
    return {
      tap,
      seq: 0,
      kind: FrameKind.sentText,
      flags: 0,
      time: 0,
      held: 0,
      inline: 0,
      wireSize: 0,
      contentMessage: DELIVERED,
      later: undefined,
      payload: undefined,
      stack: undefined,
      close: undefined,
    };
  }

  push(entry: Entry): void {
    if (this.#newest) this.#newest.later = entry;
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
    while (this.heaviest && !this.heaviest.held) this.heaviest = this.heaviest.later;
  }

  /** Drops the oldest frame, which must not be the only one. */
  shift(entry: Entry): void {
    this.lighten(entry);
    this.oldest = entry.later;
    this.frames--;
    // Of others the contents may still be under way.
    if (entry.contentMessage || this.#spares >= HISTORY) return;
    entry.wireSize = 0;
    entry.stack = entry.close = undefined;
    entry.later = this.#spare;
    this.#spare = entry;
    this.#spares++;
  }
}

export function countedWireSize({ payload, wireSize: known }: Entry): number {
  return known || (payload === undefined ? 0 : wireSize(payload));
}
