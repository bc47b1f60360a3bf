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

/** Bytes that the text takes on the wire (UTF-8); a lone surrogate counts as the U+FFFD that is sent in its place. */
export function utf8Length(text: string): number {
  if (isAscii(text)) return text.length;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = charCodeAt(text, i);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    if (isPair(text, i, unit)) i++; // two units, four bytes: two for each
  }
  return bytes;
}

function isPair(text: string, index: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdbff || index + 1 >= text.length) return false;
  const next = charCodeAt(text, index + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}
