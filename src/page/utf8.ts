import { charCodeAt, regExpExec } from './natives.ts';

const NON_ASCII = /[\u0080-\uffff]/;
const WIDE = /[\u0100-\uffff]/;

export function isAscii(text: string): boolean {
  return regExpExec(NON_ASCII, text) === null;
}

/** True if the text holds a character above U+00FF, so that the engine stores it with two bytes a character. */
export function isWide(text: string): boolean {
  return regExpExec(WIDE, text) !== null;
}

/**
 * Bytes that the text takes on the wire (UTF-8); a lone surrogate counts as the U+FFFD that is sent in its place. Counted here, because to
 * have an encoder costs the start of every page more than counting costs the few texts that are not ASCII.
 */
export function utf8Length(text: string): number {
  const { length } = text;
  if (isAscii(text)) return length;
  let bytes = length;
  let before = 0;
  for (let index = 0; index < length; index++) {
    const unit = charCodeAt(text, index);
    if (unit > 0x7f) bytes++;
    if (unit > 0x7ff) bytes++;
    // The halves of a pair take four bytes together.
    if ((unit & 0xfc00) === 0xdc00 && (before & 0xfc00) === 0xd800) bytes -= 2;
    before = unit;
  }
  return bytes;
}
