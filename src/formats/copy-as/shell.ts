import { encodeUtf8 } from '../../decoders/bytes/bytes.ts';

/**
 * Characters that are escaped: control characters, which a terminal obeys when they are pasted (one ends a bracketed paste), and
 * characters that change or hide the text around them.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** True if every character of a text is visible to the user. */
export function isPlain(text: string): boolean {
  UNSEEN.lastIndex = 0;
  return !UNSEEN.test(text);
}

/** A text without unseen characters as one word of a POSIX shell. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02 */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A command that prints exactly this text, as UTF-8 and without a line break after it. */
export function printed(text: string): string {
  if (isPlain(text)) return `printf '%s' ${quoted(text)}`;
  return `printf ${quoted(printfFormat(text))}`;
}

/** Any text that is not a message (an address, a name) as one word. Invisible characters are left out. */
export function word(text: string): string {
  return quoted(text.replace(UNSEEN, ''));
}

function printfFormat(text: string): string {
  const escaped = text.replaceAll('\\', String.raw`\\`).replaceAll('%', '%%').replace(UNSEEN, octal);
  // A format that begins like an option would be taken for one.
  return escaped.startsWith('-') ? String.raw`\055${escaped.slice(1)}` : escaped;
}

/** Always three digits, so that no digit after it becomes part of the escape. */
function octal(character: string): string {
  return Array.from(encodeUtf8(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
