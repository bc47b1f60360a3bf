export type TokenKind = 'key' | 'string' | 'number' | 'literal' | 'punctuation' | 'text';

/** A stretch of the text to colour: offsets in UTF-16 units, `end` after the last. Gaps are white space. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/**
 * Splits the first `maxChars` units of a text into tokens for colouring, in order and without overlap. A
 * forgiving lexer, no parser: it works on cut-off and broken JSON and on no JSON at all, in linear time, and
 * never throws. Brackets, commas and colons side by side are one token; a string is a key if a colon follows.
 */
export function highlightJson(text: string, maxChars: number): Token[] {
  const limit = Math.min(text.length, Math.max(0, maxChars));
  const tokens: Token[] = [];
  let start = skipSpace(text, 0, limit);
  while (start < limit) {
    const token = tokenAt(text, start, limit);
    tokens.push(token);
    start = skipSpace(text, token.end, limit);
  }
  return tokens;
}

function tokenAt(text: string, start: number, limit: number): Token {
  const unit = text.charCodeAt(start);
  if (unit === QUOTE) {
    const end = stringEnd(text, start, limit);
    // The white space looked over here is looked over once more as the gap, no more: still linear.
    const isKey = text.charCodeAt(skipSpace(text, end, limit)) === COLON;
    return { kind: isKey ? 'key' : 'string', start, end };
  }
  if (isPunctuation(unit))
    return { kind: 'punctuation', start, end: runEnd(text, start, limit, isPunctuation) };
  const end = runEnd(text, start, limit, isWordUnit);
  return { kind: wordKind(text, start, end), start, end };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const COLON = 0x3a;
const LONGEST_LITERAL = 5;
const NUMBER = /^-?\d+(?:\.\d*)?(?:[eE][-+]?\d*)?$|^-$/;
const LITERAL = /^(?:true|false|null)$/;

function wordKind(text: string, start: number, end: number): TokenKind {
  const unit = text.charCodeAt(start);
  if (unit === MINUS || isDigit(unit)) return NUMBER.test(text.slice(start, end)) ? 'number' : 'text';
  return end - start <= LONGEST_LITERAL && LITERAL.test(text.slice(start, end)) ? 'literal' : 'text';
}

function stringEnd(text: string, start: number, limit: number): number {
  let at = start + 1;
  while (at < limit) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    // No JSON string holds a line break: ending here keeps one missing quote from swallowing the rest.
    if (unit === 0x0a || unit === 0x0d) return at;
    at += unit === BACKSLASH ? 2 : 1;
  }
  return limit;
}

function runEnd(text: string, start: number, limit: number, belongs: (unit: number) => boolean): number {
  let at = start + 1;
  while (at < limit && belongs(text.charCodeAt(at))) at++;
  return at;
}

function skipSpace(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** White space, and the symbols a summary shows instead of it. */
function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit >= 0x2409 && unit <= 0x240d);
}

function isPunctuation(unit: number): boolean {
  return unit === 0x7b || unit === 0x7d || unit === 0x5b || unit === 0x5d || unit === 0x2c || unit === COLON;
}

function isWordUnit(unit: number): boolean {
  return unit !== QUOTE && !isPunctuation(unit) && !isSpace(unit);
}
