import { encodeUtf8 } from '../../decoders/bytes/bytes.ts';

/**
 * What is not written as it is: controls, which a terminal obeys where they are pasted (the end of a bracketed paste is one), and
 * what changes or hides the text around it.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** True if a text holds nothing that the user would not see. */
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

/** Any text that is no message, as one word: an address, a name. What cannot be seen is left out of it. */
export function word(text: string): string {
  return quoted(text.replace(UNSEEN, ''));
}

function printfFormat(text: string): string {
  const escaped = text.replaceAll('\\', String.raw`\\`).replaceAll('%', '%%').replace(UNSEEN, octal);
  // A format that begins like an option is taken for one.
  return escaped.startsWith('-') ? String.raw`\055${escaped.slice(1)}` : escaped;
}

/** Three digits each, so that none of what follows is taken for a part of it. */
function octal(character: string): string {
  return Array.from(encodeUtf8(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
