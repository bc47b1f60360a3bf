import { parseJson } from './document.ts';
import { stringEnd } from './literals.ts';

/** Deeper levels are not indented further: brackets without end would become a text beyond all bounds. */
const MOST_INDENTED = 64;
const INDENT = '  ';
/** UTF-16 units; engines hold no texts of more than some 500 million. */
const LONGEST = 256 * 1024 * 1024;

/**
 * A JSON text with a line for each value, its numbers and strings as they stand in the source.
 * @param longest UTF-16 units that it may have: a few MB of brackets become hundreds
 * @returns undefined if it is not JSON, or would be longer than that
 */
export function prettyJson(text: string, longest = LONGEST): string | undefined {
  if (!parseJson(text).ok) return undefined;
  const token = new RegExp(TOKEN);
  let laidOut = '';
  let depth = 0;
  /** Up to which the text has been laid out. */
  let done = 0;
  const line = () => `\n${INDENT.repeat(Math.min(depth, MOST_INDENTED))}`;
  const replaced = (mark: string) => {
    switch (mark.charAt(0)) {
      case '{':
      case '[':
        if (mark.length > 1) return mark.charAt(0) + mark.charAt(mark.length - 1);
        depth++;
        return mark + line();
      case '}':
      case ']':
        depth--;
        return line() + mark;
      case ',':
        return mark + line();
      case ':':
        return ': ';
      default:
        return '';
    }
  };
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [mark] = found;
    if (mark === '"') {
      token.lastIndex = stringEnd(text, found.index);
      continue;
    }
    laidOut += text.slice(done, found.index) + replaced(mark);
    if (laidOut.length > longest) return undefined;
    done = token.lastIndex;
  }
  return laidOut + text.slice(done);
}

/**
 * The beginnings of strings, empty containers, punctuation and white space; numbers and words stay in between. An expression that matched whole
 * strings would need room for each of their escapes, and fail with some millions.
 */
const TOKEN = /"|\{[ \t\r\n]*\}|\[[ \t\r\n]*\]|[{}[\],:]|[ \t\r\n]+/g;
