import { STEP } from './limits.ts';
import { charCodeAt, encodeInto, regExpExec, substring } from './natives.ts';

const NON_ASCII = /[\u0080-\uffff]/;

export function isAscii(text: string): boolean {
  return !regExpExec(NON_ASCII, text);
}

/** Finds a character above U+00FF: a text that has one is stored by engines with two bytes a character. */
export const WIDE = /[\u0100-\uffff]/;

/** Bytes that the text takes on the wire (UTF-8); a lone surrogate counts as the U+FFFD that is sent in its place. */
export function utf8Length(text: string): number {
  const { length } = text;
  if (isAscii(text)) return length;
  let bytes = 0;
  for (let start = 0, end = 0; start < length; start = end) {
    end = start + STEP;
    if ((charCodeAt(text, end - 1) & 0xfc00) === 0xd800) end--; // halves of a pair stay together
    bytes += encodeInto(substring(text, start, end)).written;
  }
  return bytes;
}
