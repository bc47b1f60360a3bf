/** A text typed by a person as bytes, or where and why it is not. `offset` is in UTF-16 units. */
export type ParsedBytes<Problem extends string> =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly offset: number; readonly problem: Problem };

/** `half-a-byte`: a run of hexadecimal digits of odd length; the offset is that of its last digit. */
export type HexProblem = 'not-a-hex-digit' | 'half-a-byte';

/**
 * `missing-digits`: a lone last digit, which holds six bits only. `bad-padding`: too few or too many `=`.
 * `data-after-padding`: anything but white space after `=`.
 */
export type Base64Problem = 'not-a-base64-digit' | 'missing-digits' | 'bad-padding' | 'data-after-padding';

/** The number of bytes a text takes on the wire; a lone surrogate counts 3, as the U+FFFD sent in its place does. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1))) {
      // The pair is 2 units and 4 bytes: 2 more, which the first unit has brought already.
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
 * Bytes as text. `valid` says whether they were UTF-8 (RFC 3629); if not, U+FFFD stands for what was not.
 * A byte order mark stays in the text. Throws a RangeError or TypeError for more than a string can hold (about 512 MB).
 */
export function decodeUtf8(bytes: Uint8Array): { text: string; valid: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), valid: true };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), valid: false };
  }
}

const HEX_SEPARATOR = /[\s,:]/;

/**
 * Reads pairs of hexadecimal digits in either case. White space, commas and colons may stand between bytes,
 * `0x` before any group: `48 65`, `48:65`, `0x48, 0x65`, `0x4865`, `4865`.
 */
export function parseHex(input: string): ParsedBytes<HexProblem> {
  const bytes = new Uint8Array(input.length >> 1);
  let length = 0;
  let at = 0;
  while (at < input.length) {
    if (HEX_SEPARATOR.test(input.charAt(at))) {
      at++;
      continue;
    }
    const start = at + prefixLength(input, at);
    const end = digitsEnd(input, start);
    const endsCleanly = end === input.length || HEX_SEPARATOR.test(input.charAt(end));
    if (end === start || !endsCleanly) return { ok: false, offset: end, problem: 'not-a-hex-digit' };
    if ((end - start) % 2 === 1) return { ok: false, offset: end - 1, problem: 'half-a-byte' };
    for (at = start; at < end; at += 2) {
      bytes[length++] = hexDigit(input.charCodeAt(at)) * 16 + hexDigit(input.charCodeAt(at + 1));
    }
  }
  return { ok: true, bytes: bytes.slice(0, length) };
}

function prefixLength(input: string, at: number): number {
  const second = input.charAt(at + 1);
  return input.charAt(at) === '0' && (second === 'x' || second === 'X') ? 2 : 0;
}

function digitsEnd(input: string, start: number): number {
  let at = start;
  while (hexDigit(input.charCodeAt(at)) !== NO_DIGIT) at++;
  return at;
}

const NO_DIGIT = -1;

function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : NO_DIGIT;
}

/**
 * Reads base64 (RFC 4648 §4) or base64url (§5), also mixed; padding may be left out, white space may stand
 * anywhere. Unused bits of the last digit are ignored, as `atob` does.
 */
export function parseBase64(input: string): ParsedBytes<Base64Problem> {
  const bytes = new Uint8Array(Math.ceil((input.length * 3) / 4));
  let length = 0;
  let digits = 0;
  let bits = 0;
  for (let at = 0; at < input.length; at++) {
    const unit = input.charCodeAt(at);
    if (isSpace(unit)) continue;
    if (unit === PADDING) return checkPadding(input, at, digits, bytes.slice(0, length));
    const digit = BASE64_VALUES[unit] ?? NO_DIGIT;
    if (digit === NO_DIGIT) return { ok: false, offset: at, problem: 'not-a-base64-digit' };
    bits = (bits << 6) | digit;
    digits++;
    // The first of four digits completes no byte, each of the others completes one.
    if (digits % 4 === 2) bytes[length++] = bits >> 4;
    if (digits % 4 === 3) bytes[length++] = bits >> 2;
    if (digits % 4 === 0) bytes[length++] = bits;
  }
  if (digits % 4 === 1) return { ok: false, offset: input.length, problem: 'missing-digits' };
  return { ok: true, bytes: bytes.slice(0, length) };
}

function checkPadding(
  input: string,
  start: number,
  digits: number,
  bytes: Uint8Array<ArrayBuffer>,
): ParsedBytes<Base64Problem> {
  if (digits % 4 === 1) return { ok: false, offset: start, problem: 'missing-digits' };
  const allowed = (4 - (digits % 4)) % 4;
  let found = 0;
  for (let at = start; at < input.length; at++) {
    const unit = input.charCodeAt(at);
    if (isSpace(unit)) continue;
    if (unit !== PADDING) return { ok: false, offset: at, problem: 'data-after-padding' };
    found++;
    if (found > allowed) return { ok: false, offset: at, problem: 'bad-padding' };
  }
  return found === allowed
    ? { ok: true, bytes }
    : { ok: false, offset: input.length, problem: 'bad-padding' };
}

/** Two lower-case hexadecimal digits a byte, nothing between them. */
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

/** Encodes chunk by chunk: no argument list and no intermediate array grows with the input. */
function asciiInChunks(bytes: Uint8Array, size: number, encode: (chunk: Uint8Array) => Uint8Array): string {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += size)
    parts.push(decoder.decode(encode(bytes.subarray(at, at + size))));
  return parts.join('');
}

const HEX_CHUNK = 1 << 16;
/** A multiple of 3, so that only the last chunk is padded. */
const BASE64_CHUNK = 3 << 15;
const HEX_DIGITS = '0123456789abcdef';
const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUES = base64Values();
const PADDING = 0x3d;

function base64Values(): Int8Array {
  const values = new Int8Array(128).fill(NO_DIGIT);
  for (let value = 0; value < 64; value++) values[BASE64_DIGITS.charCodeAt(value)] = value;
  values['-'.charCodeAt(0)] = 62;
  values['_'.charCodeAt(0)] = 63;
  return values;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
