/** Walks over the beginning of a JSON text without parsing all of it: texts that are cut off, or that are none, simply end. */

/** A string, number or word, or punctuation; sticky, so that each match begins where the last one ended. */
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|([-\w.+]+)|([{}[\],:]))/y;

/** A string without its quotes and with its escapes as they are written, a number or word, or punctuation. */
export interface Token {
  readonly kind: 'string' | 'word' | 'mark';
  readonly text: string;
  readonly end: number;
}

/** The token at an offset; undefined where there is none. */
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

/** The offset behind a value; undefined if it goes on beyond what is looked at. */
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
