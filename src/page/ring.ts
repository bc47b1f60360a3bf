import type { CloseDetail, FrameKind } from '../protocol/frames.ts';
import type { Payload } from './payload.ts';
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
  readonly payload: Payload | undefined;
  /** What holding the payload costs, in bytes; beside it, because a look at an old text is a cache miss. */
  readonly held: number;
  /** Bytes that the payload took on the wire; {@link UNCOUNTED} until someone has counted them. */
  wireSize: number;
  readonly stack: StackHolder | undefined;
  readonly close: CloseDetail | undefined;
  /** Of a Blob: number of the session's message that carried its contents; infinite before, 0 once the panel has them. */
  contentMessage: number;
  next: Entry | undefined;
}

/** What a {@link Ring} may hold. */
export interface Limits {
  readonly frames: number;
  /** bytes, roughly */
  readonly bytes: number;
}

/** The last frames of a document, oldest first. A linked list, because array methods belong to the page. */
export class Ring {
  oldest: Entry | undefined = undefined;
  #newest: Entry | undefined = undefined;
  #frames = 0;
  #bytes = 0;

  push(entry: Entry): void {
    if (this.#newest) this.#newest.next = entry;
    else this.oldest = entry;
    this.#newest = entry;
    this.#frames++;
    this.#bytes += entry.held;
  }

  isOver(limits: Limits): boolean {
    return this.#frames > limits.frames || this.#bytes > limits.bytes;
  }

  /** Lets the oldest frame go and returns it. */
  shift(): Entry | undefined {
    const entry = this.oldest;
    if (!entry) return undefined;
    this.oldest = entry.next;
    if (!this.oldest) this.#newest = undefined;
    this.#frames--;
    this.#bytes -= entry.held;
    return entry;
  }
}
