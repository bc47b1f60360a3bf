/** The number of UTF-8 bytes that a text takes on the wire. A lone surrogate counts as 3, like the U+FFFD that is sent in its place. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1))) {
      // A pair has 2 units and takes 4 bytes. The first unit has counted the 2 extra bytes already.
      at++;
    }
  }
  return bytes;
}

/** The UTF-8 bytes of a text as a WebSocket sends them: lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/**
 * Bytes as text. `valid` says whether they were UTF-8 (RFC 3629); if not, U+FFFD replaces each invalid sequence.
 * A byte order mark stays in the text. Throws a RangeError or TypeError for more than a string can hold (about 512 MB).
 */
export function decodeUtf8(bytes: Uint8Array): { text: string; valid: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), valid: true };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), valid: false };
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text; undefined if they are not valid UTF-8. */
export function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes as text; undefined if they are not UTF-8 or contain control characters. */
export function readableText(bytes: Uint8Array): string | undefined {
  const text = utf8Of(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text.
  return text === undefined || /[\0-\x08\x0e-\x1f\x7f]/.test(text) ? undefined : text;
}

/** Two lower-case hexadecimal digits per byte, without separators. */
export function toHex(bytes: Uint8Array): string {
  return asciiInChunks(bytes, HEX_CHUNK, (chunk) => {
    const ascii = new Uint8Array(chunk.length * 2);
    let at = 0;
    for (const byte of chunk) {
      ascii[at++] = HEX_DIGITS.charCodeAt(byte >> 4);
      ascii[at++] = HEX_DIGITS.charCodeAt(byte & 0xf);
    }
    return ascii;
  });
}

/** Pairs of digits with a space between: `68 c3 a9`. */
export function toSpacedHex(bytes: Uint8Array): string {
  return toHex(bytes).replace(/..(?=.)/g, '$& ');
}

/** Base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return asciiInChunks(bytes, BASE64_CHUNK, encodeBase64Chunk);
}

function encodeBase64Chunk(chunk: Uint8Array): Uint8Array {
  const ascii = new Uint8Array(Math.ceil(chunk.length / 3) * 4).fill(PADDING);
  let to = 0;
  for (let from = 0; from < chunk.length; from += 3) {
    const present = Math.min(3, chunk.length - from);
    const bits = ((chunk[from] ?? 0) << 16) | ((chunk[from + 1] ?? 0) << 8) | (chunk[from + 2] ?? 0);
    for (let digit = 0; digit <= present; digit++) {
      ascii[to + digit] = BASE64_DIGITS.charCodeAt((bits >> (18 - 6 * digit)) & 63);
    }
    to += 4;
  }
  return ascii;
}

/** Encodes in chunks, so that no argument list and no intermediate array grows with the input. */
function asciiInChunks(bytes: Uint8Array, size: number, encode: (chunk: Uint8Array) => Uint8Array): string {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += size)
    parts.push(decoder.decode(encode(bytes.subarray(at, at + size))));
  return parts.join('');
}

const HEX_CHUNK = 1 << 16;
/** Bytes per chunk: a multiple of 3, so that only the last chunk is padded. */
const BASE64_CHUNK = 3 << 15;
const HEX_DIGITS = '0123456789abcdef';
/** The digits of base64 (RFC 4648 §4), ordered by value. */
export const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The UTF-16 unit of `=`, which pads base64. */
export const PADDING = 0x3d;

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
