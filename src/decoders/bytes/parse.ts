import { BASE64_DIGITS, PADDING } from './bytes.ts';

/** A text typed by the user as bytes, or where and why it is not. `offset` is in UTF-16 units. */
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

const BASE64_VALUES = base64Values();

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
