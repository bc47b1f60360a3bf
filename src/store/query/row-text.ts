import { FrameKind } from '../../protocol/frames.ts';
import type { FrameSource } from './source.ts';

/** Of a binary payload the first 1 MiB is read as text; what lies behind is not searched. Text is searched to its end. */
export const MAX_DECODED_BYTES = 1024 * 1024;

// A byte order mark stays: the text is searched, not shown.
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
const UTF16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/**
 * The texts in which the terms of one filter search, read once a row however many terms ask. Nothing is kept from one row's
 * turn to the next: a payload may still change (a Blob's bytes arrive late), and a kept slice would pin its whole batch.
 */
export class RowText {
  #read = false;
  #text: string | undefined;
  #bytes: Uint8Array | undefined;
  #latin1: string | undefined;

  /** To call when a row has been looked at. */
  forget(): void {
    if (!this.#read) return;
    this.#read = false;
    this.#text = undefined;
    this.#bytes = undefined;
    this.#latin1 = undefined;
  }

  /** Text payload, binary payload read as UTF-8, or what an event says. */
  text(source: FrameSource, row: number): string | undefined {
    if (!this.#read) this.#load(source, row);
    if (this.#text === undefined && this.#bytes !== undefined) this.#text = UTF8.decode(this.#bytes);
    return this.#text;
  }

  /** Binary payload with one character a byte; `undefined` for everything else. */
  latin1(source: FrameSource, row: number): string | undefined {
    if (!this.#read) this.#load(source, row);
    if (this.#latin1 === undefined && this.#bytes !== undefined) this.#latin1 = readLatin1(this.#bytes);
    return this.#latin1;
  }

  #load(source: FrameSource, row: number): void {
    const content = source.kind(row) < FrameKind.open ? source.payload(row) : source.eventText(row);
    if (typeof content === 'string') this.#text = content;
    else this.#bytes = content?.subarray(0, MAX_DECODED_BYTES);
    this.#read = true;
  }
}

/** `TextDecoder('latin1')` is Windows-1252; bytes widened to UTF-16 units are Latin-1 itself, at native speed. */
function readLatin1(bytes: Uint8Array): string {
  return UTF16.decode(new Uint16Array(bytes));
}
