/** Walks over the beginning of a JSON text without parsing all of it. A text that is cut off or malformed simply ends early. */

/** Matches a string, a number or word, or punctuation. Sticky, so that each match begins where the last one ended. */
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|([-\w.+]+)|([{}[\],:]))/y;

/** A string (without quotes, with its escapes as written), a number or word, or punctuation. */
export interface Token {
  readonly kind: 'string' | 'word' | 'mark';
  readonly text: string;
  readonly end: number;
}

/** The token at an offset, in UTF-16 units; undefined if there is none. */
export function tokenAt(text: string, at: number): Token | undefined {
  TOKEN.lastIndex = at;
  const match = TOKEN.exec(text);
  if (!match) return undefined;
  const [, string, word, mark] = match;
  const end = TOKEN.lastIndex;
  if (string !== undefined) return { kind: 'string', text: string.slice(1, -1), end };
  if (word !== undefined) return { kind: 'word', text: word, end };
  return { kind: 'mark', text: mark ?? '', end };
}

/** The offset after a value; undefined if the value goes on beyond the end of the text. */
export function endOfValue(text: string, value: Token): number | undefined {
  if (value.kind !== 'mark') return value.end;
  if (value.text !== '{' && value.text !== '[') return undefined;
  let depth = 1;
  let at = value.end;
  while (depth > 0) {
    const token = tokenAt(text, at);
    if (!token) return undefined;
    if (token.text === '{' || token.text === '[') depth += token.kind === 'mark' ? 1 : 0;
    else if (token.text === '}' || token.text === ']') depth -= token.kind === 'mark' ? 1 : 0;
    at = token.end;
  }
  return at;
}
