import type { BlockContent } from '../blocks/block-content.ts';

/** How a block is encoded on disk: bytes as they are, text with one or two bytes per unit. Never UTF-8, which cannot represent lone surrogates. */
export const Coding = { bytes: 0, narrow: 1, wide: 2 } as const;
export type Coding = (typeof Coding)[keyof typeof Coding];

export interface Coded {
  readonly coding: Coding;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const UTF8 = new TextEncoder();
/** Decodes every byte as the unit of that number, except 0x80 to 0x9f, which {@link narrowed} refuses. */
const LATIN = new TextDecoder('windows-1252');
/** Arguments of one call; engines allow some tens of thousands. */
const UNITS_A_CALL = 8192;

export function encodeBlock(content: BlockContent): Coded {
  if (typeof content !== 'string') return { coding: Coding.bytes, bytes: new Uint8Array(content) };
  const narrow = narrowed(content);
  if (narrow) return { coding: Coding.narrow, bytes: narrow };
  const units = new Uint16Array(content.length);
  for (let at = 0; at < units.length; at++) units[at] = content.charCodeAt(at);
  return { coding: Coding.wide, bytes: new Uint8Array(units.buffer) };
}

export function decodeBlock({ coding, bytes }: Coded): BlockContent {
  switch (coding) {
    case Coding.bytes:
      return bytes;
    case Coding.narrow:
      return LATIN.decode(bytes);
    case Coding.wide:
      return fromUnits(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2));
  }
}

/** One byte per unit; undefined if that would not be reversible. */
function narrowed(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length);
  if (UTF8.encodeInto(text, bytes).read === text.length) return bytes; // ASCII alone fits
  for (let at = 0; at < bytes.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0xff || (unit >= 0x80 && unit <= 0x9f)) return undefined;
    bytes[at] = unit;
  }
  return bytes;
}

/** A TextDecoder would replace lone surrogates. */
function fromUnits(units: Uint16Array): string {
  const parts: string[] = [];
  for (let at = 0; at < units.length; at += UNITS_A_CALL) {
    parts.push(String.fromCharCode(...units.subarray(at, at + UNITS_A_CALL)));
  }
  return parts.join('');
}

/** A checksum to detect damaged bytes (FNV-1a, four bytes at a time where possible). */
export function checksum(bytes: Uint8Array): number {
  const words = bytes.byteOffset % 4 === 0 ? bytes.byteLength >> 2 : 0;
  let sum = 0x811c9dc5;
  if (words > 0) {
    for (const word of new Uint32Array(bytes.buffer, bytes.byteOffset, words)) {
      sum = Math.imul(sum ^ word, 0x01000193);
    }
  }
  for (let at = words * 4; at < bytes.length; at++) sum = Math.imul(sum ^ (bytes[at] ?? 0), 0x01000193);
  return sum >>> 0;
}
