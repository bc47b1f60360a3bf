import { parseJson } from './document.ts';
import { stringEnd } from './literals.ts';

/** Deeper levels are not indented further: brackets without end would become a text beyond all bounds. */
const MOST_INDENTED = 64;
const INDENT = '  ';

/** A JSON text with a line for each value, its numbers and strings as they stand in the source; undefined if it is not JSON. */
export function prettyJson(text: string): string | undefined {
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
    done = token.lastIndex;
  }
  return laidOut + text.slice(done);
}

/**
 * The beginnings of strings, empty containers, punctuation and white space; numbers and words stay in between. An expression that matched whole
 * strings would need room for each of their escapes, and fail with some millions.
 */
const TOKEN = /"|\{[ \t\r\n]*\}|\[[ \t\r\n]*\]|[{}[\],:]|[ \t\r\n]+/g;
