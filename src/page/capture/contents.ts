import { PART } from '../../protocol/credit.ts';
import {
  addListener,
  fileReaderResult,
  NativeFileReader,
  NativeUint8Array,
  readAsArrayBuffer,
  substring,
  viewBuffer,
  viewByteOffset,
} from '../natives/natives.ts';
import { copyBytes, isBytes, type Payload } from './payload.ts';
import type { Entry } from './ring.ts';

type Part = string | Uint8Array | undefined;

/** @returns number of the message */
type PostPart = (seq: number, offset: number, total: number, part: Part, length: number) => number;

interface Waiting {
  readonly entry: Entry;
  later: Waiting | undefined;
}

/** Sends payloads that do not travel within a batch to the panel in parts, the oldest first. */
export class Contents {
  #first: Waiting | undefined;
  #last: Waiting | undefined;
  /** Where the next part of the first begins. */
  #offset = 0;
  /** The first is a Blob that is being read. */
  #isReading = false;
  readonly #postPart: PostPart;
  readonly #hasRoom: (bytes: number) => boolean;

  /** @param hasRoom whether the credit allows for so many bytes */
  constructor(postPart: PostPart, hasRoom: (bytes: number) => boolean) {
    this.#postPart = postPart;
    this.#hasRoom = hasRoom;
  }

  add(entry: Entry): void {
    const waiting = { entry, later: undefined };
    if (this.#first && this.#last) this.#last.later = waiting;
    else this.#first = waiting;
    this.#last = waiting;
  }

  clear(): void {
    this.#first = undefined;
    this.#offset = 0;
  }

  /** Posts as much as there is room for. */
  flow(): void {
    while (this.#first && !this.#isReading && this.#hasRoom(PART)) this.#take(this.#first);
  }

  #take({ entry, later }: Waiting): void {
    const { payload, held } = entry;
    if (typeof payload === 'object' && !isBytes(payload)) {
      this.#read(entry, payload);
      return;
    }
    const offset = this.#offset;
    let end = offset + PART;
    if (end > held) end = held;
    const part = partOf(payload, offset, end);
    const isLast = !part || end === held;
    this.#offset = isLast ? 0 : end;
    if (isLast) this.#first = later;
    const message = this.#postPart(entry.seq, offset, held, part, part ? end - offset : 0);
    if (isLast) entry.contentMessage = message;
  }

  /** Takes what is in a Blob into memory. A FileReader, because `Blob.arrayBuffer()` would need a promise. */
  #read(entry: Entry, blob: Blob): void {
    const reader = new NativeFileReader();
    this.#isReading = true;
    addListener(reader, 'loadend', () => {
      this.#isReading = false;
      const bytes = fileReaderResult(reader) as ArrayBuffer | null;
      if (entry.payload === blob) entry.payload = bytes ? new NativeUint8Array(bytes) : entry.held;
      this.flow();
    });
    readAsArrayBuffer(reader, blob);
  }
}

/** Undefined for a payload that was dropped or could not be read, and if there is no memory for a copy. */
function partOf(payload: Payload | undefined, start: number, end: number): Part {
  if (typeof payload === 'string') return substring(payload, start, end);
  try {
    if (isBytes(payload)) return copyBytes(viewBuffer(payload), viewByteOffset(payload) + start, end - start);
  } catch {
    // no memory
  }
  return undefined;
}
