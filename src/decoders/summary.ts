import { asciiOf, hexPairs } from './bytes/hex.ts';

/** Ends a summary that shows only a part. */
const CUT = '…';

/**
 * Characters that would break a one-line row, reorder the text around them or be invisible:
 * controls, bidirectional controls, line separators, invisible formats, lone surrogates. The zero-width
 * joiners stay, because scripts and emoji need them.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;
const UNSEEN_OR_INDENTED = new RegExp(`\\r?\\n[ \\t]*|${UNSEEN.source}`, 'gu');

/**
 * A text in one visible line. Control characters become their symbols (U+2400 onwards), a line break with
 * the indentation after it becomes one `␊`, other unseen characters become `⟨U+202E⟩`. Only the first
 * `maxChars` UTF-16 units are read, surrogate pairs are not split, and `…` ends a text that was cut.
 */
export function summarise(text: string, maxChars: number): string {
  const cut = cutLength(text, maxChars);
  const part = text.slice(0, cut);
  const line = UNSEEN.test(part) ? part.replace(UNSEEN_OR_INDENTED, visible) : part;
  return cut < text.length ? line + CUT : line;
}

/** A UUID. Protocols like graphql-transport-ws begin each message with one, which would push out what matters. */
const LONG_ID = /"([\da-f]{8})-(?:[\da-f]{4}-){3}[\da-f]{12}"/gi;

/** Shortens each UUID to its beginning, which is enough to tell it from others nearby. */
export function shortenIds(text: string): string {
  return text.replace(LONG_ID, `"$1${CUT}"`);
}

/** The first `maxBytes` bytes as pairs of hexadecimal digits and as ASCII: `48 65 6c 6c 6f  Hello`. */
export function summariseBytes(bytes: Uint8Array, maxBytes: number): string {
  if (bytes.length === 0) return '';
  const part = bytes.subarray(0, maxBytes);
  const cut = part.length < bytes.length ? CUT : '';
  return `${hexPairs(part).join(' ')}${cut && ` ${cut}`}  ${asciiOf(part)}${cut}`;
}

function cutLength(text: string, maxChars: number): number {
  if (text.length <= maxChars) return text.length;
  // codePointAt gives a value above the basic plane only where a whole pair starts.
  return (text.codePointAt(maxChars - 1) ?? 0) > 0xffff ? maxChars - 1 : maxChars;
}

function visible(found: string): string {
  const unit = found.charCodeAt(0);
  if (found.includes('\n')) return '␊';
  if (unit < 0x20) return String.fromCharCode(0x2400 + unit);
  if (unit === 0x7f) return '␡';
  return `⟨U+${unit.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
