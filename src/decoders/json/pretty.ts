import { parseJson } from './document.ts';

/** Deeper levels are not indented further: brackets without end would become a text beyond all bounds. */
const MOST_INDENTED = 64;
const INDENT = '  ';

/** A JSON text with a line for each value, its numbers and strings as they stand in the source; undefined if it is not JSON. */
export function prettyJson(text: string): string | undefined {
  if (!parseJson(text).ok) return undefined;
  let depth = 0;
  const line = () => `\n${INDENT.repeat(Math.min(depth, MOST_INDENTED))}`;
  return text.replace(TOKEN, (token) => {
    switch (token.charAt(0)) {
      case '{':
      case '[':
        if (token.length > 1) return token.charAt(0) + token.charAt(token.length - 1);
        depth++;
        return token + line();
      case '}':
      case ']':
        depth--;
        return line() + token;
      case ',':
        return token + line();
      case ':':
        return ': ';
      case '"':
        return token;
      default:
        return '';
    }
  });
}

/** Strings, empty containers, punctuation and white space; numbers and words stay in between. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|\{[ \t\r\n]*\}|\[[ \t\r\n]*\]|[{}[\],:]|[ \t\r\n]+/g;
