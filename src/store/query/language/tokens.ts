import type { Expression, Key } from './expression.ts';
import { KEYS } from './expression.ts';
import { beginsPath, parseJsonTerm } from './json-term.ts';
import { keyNamed, keyTerm, mistypedKey } from './keys.ts';
import { ProblemFound } from './problems.ts';
import { parseRegex } from './regex.ts';
import { atSpaceOrEnd, quoteEnd, skipSpace, unquote, wordEnd } from './scan.ts';

/** A stretch of the filter text; `end` is the offset after it. `not` is the word or a `-` before a term. */
export type Token =
  | { readonly type: 'open' | 'close' | 'and' | 'or' | 'not'; readonly start: number; readonly end: number }
  | { readonly type: 'term'; readonly expression: Expression; readonly start: number; readonly end: number };

/** Each term may cost a search of every payload. */
export const MAX_TERMS = 256;

/** Splits a filter into operators, brackets and terms; throws {@link ProblemFound}. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let terms = 0;
  let start = skipSpace(text, 0);
  while (start < text.length) {
    const token = tokenAt(text, start, tokens.at(-1));
    if (token.type === 'term' && ++terms > MAX_TERMS) {
      throw new ProblemFound({ code: 'tooManyTerms', limit: MAX_TERMS }, start, text.length);
    }
    tokens.push(token);
    start = skipSpace(text, token.end);
  }
  return tokens;
}

function tokenAt(text: string, start: number, before: Token | undefined): Token {
  switch (text[start]) {
    case '(':
      return { type: 'open', start, end: start + 1 };
    case ')':
      return { type: 'close', start, end: start + 1 };
    case '-':
      return minus(text, start);
    case '"':
      return quoted(text, start);
    case '/':
      return slashed(text, start);
    default:
      return beginsPath(text, start) ? json(text, start) : word(text, start, before);
  }
}

function json(text: string, start: number): Token {
  const { expression, end } = parseJsonTerm(text, start, (at) => isOver(text, at));
  return { type: 'term', expression, start, end };
}

/** Whether a term that ends at `at` is really over: white space, the end or a closing bracket follows. */
function isOver(text: string, at: number): boolean {
  return atSpaceOrEnd(text, at) || text[at] === ')';
}

function minus(text: string, start: number): Token {
  const end = start + 1;
  if (isOver(text, end)) throw new ProblemFound({ code: 'missingTerm', operator: '-' }, start, end);
  return { type: 'not', start, end };
}

/** With something right behind the closing quote, `"op":"ping"`, the quotes are part of a piece of JSON. */
function quoted(text: string, start: number): Token {
  const end = quoteEnd(text, start);
  if (end === -1) throw new ProblemFound({ code: 'unterminatedQuote' }, start, text.length);
  if (!isOver(text, end)) return textTerm(text, start, wordEnd(text, start));
  if (end === start + 2) throw new ProblemFound({ code: 'emptyText' }, start, end);
  return { type: 'term', expression: { type: 'text', text: unquote(text, start, end) }, start, end };
}

/** `//` opens no regular expression, as in JavaScript; it is how a URL without its scheme begins. */
function slashed(text: string, start: number): Token {
  if (text[start + 1] === '/') return textTerm(text, start, wordEnd(text, start));
  const { source, flags, end } = parseRegex(text, start, (at) => isOver(text, at));
  return { type: 'term', expression: { type: 'regex', source, flags }, start, end };
}

function textTerm(text: string, start: number, end: number): Token {
  return { type: 'term', expression: { type: 'text', text: text.slice(start, end) }, start, end };
}

const KEY = /([a-z]+):/iy;

function word(text: string, start: number, before: Token | undefined): Token {
  KEY.lastIndex = start;
  const written = KEY.exec(text)?.[1];
  const key = written === undefined ? undefined : keyNamed(written);
  if (written !== undefined && key !== undefined) return keyed(text, start, key);
  const end = wordEnd(text, start);
  if (written !== undefined) refuseMistypedKey(text, start, end, written);
  const operator = operatorOf(text.slice(start, end));
  // What a minus excludes is a term: `-or` is the text "or".
  const excluded = before?.type === 'not' && before.end === start;
  return operator === undefined || excluded ? textTerm(text, start, end) : { type: operator, start, end };
}

function operatorOf(word: string): 'and' | 'or' | 'not' | undefined {
  const lower = word.toLowerCase();
  return lower === 'and' || lower === 'or' || lower === 'not' ? lower : undefined;
}

function refuseMistypedKey(text: string, start: number, end: number, key: string): void {
  const afterColon = start + key.length + 1;
  const suggestion = mistypedKey(key, text.slice(afterColon, end));
  if (suggestion === undefined) return;
  throw new ProblemFound({ code: 'unknownKey', key, suggestion, known: KEYS }, start, afterColon);
}

function keyed(text: string, start: number, key: Key): Token {
  const valueStart = start + key.length + 1;
  const { value, end } = valueAt(text, valueStart);
  const term = keyTerm(key, value);
  if (!('code' in term)) return { type: 'term', expression: term, start, end };
  throw new ProblemFound(term, term.code === 'missingValue' ? start : valueStart, end);
}

function valueAt(text: string, start: number): { value: string; end: number } {
  if (text[start] === '"') {
    const end = quoteEnd(text, start);
    if (end === -1) throw new ProblemFound({ code: 'unterminatedQuote' }, start, text.length);
    if (isOver(text, end)) return { value: unquote(text, start, end), end };
  }
  const end = wordEnd(text, start);
  return { value: text.slice(start, end), end };
}
