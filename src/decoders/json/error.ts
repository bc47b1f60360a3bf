/** What the grammar allows at the offset of an error. Punctuation stands for itself. */
export type JsonExpected =
  | 'value'
  | 'key'
  | ':'
  | ','
  | '}'
  | ']'
  | '"'
  | 'digit'
  | 'escape'
  | 'hex-digit'
  | 'end-of-text';

interface JsonErrorPlace {
  /** Distance from the start of the text, in UTF-16 units. */
  readonly offset: number;
  /** Line number, from 1. `\n`, `\r` and `\r\n` each end one line. */
  readonly line: number;
  /** Column from 1, in UTF-16 units. */
  readonly column: number;
  /** The character (one code point) or word at the offset, exactly as in the text; empty at the end of the text. */
  readonly found: string;
  readonly expected: readonly JsonExpected[];
}

/** What went wrong, before its line and column are known. */
export type JsonProblem =
  /** The text stopped; `openedAt` is the offset of the string or container that was never closed. */
  | { readonly code: 'unexpected-end'; readonly openedAt: number | undefined }
  | { readonly code: 'unexpected-character' }
  /** A comma directly before `}` or `]`; the offset is that of the bracket. */
  | { readonly code: 'trailing-comma' }
  /** A bare word other than `true`, `false` and `null`: `undefined`, `NaN`, `True` … */
  | { readonly code: 'unknown-word' }
  /** A complete value is followed by more text. */
  | { readonly code: 'text-after-value' }
  /** A raw U+0000–U+001F inside a string. */
  | { readonly code: 'control-character' }
  /** `\` followed by anything but `"\/bfnrtu`, or `\u` without four hexadecimal digits. */
  | { readonly code: 'bad-escape' }
  /** `01`, `-007`: the offset is that of the zero. */
  | { readonly code: 'leading-zero' };

/** Why a text is not JSON (RFC 8259), as data. The views put it into words. */
export type JsonError = JsonErrorPlace & JsonProblem;

/** The error at an offset of a text. @param found what stands there, if that is more than one character */
export function errorAt(
  source: string,
  offset: number,
  problem: JsonProblem,
  expected: readonly JsonExpected[],
  found = characterAt(source, offset),
): JsonError {
  return { ...problem, offset, ...lineAndColumn(source, offset), found, expected };
}

function characterAt(source: string, offset: number): string {
  const codePoint = source.codePointAt(offset);
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}

/** The longest word an error quotes; a hostile text may be one word of ten million letters. */
const LONGEST_QUOTED_WORD = 32;

/** The word that starts at an offset, as far as an error quotes it; empty if none does. */
export function wordAt(source: string, offset: number): string {
  return /^[A-Za-z_$][\w$]*/.exec(source.slice(offset, offset + LONGEST_QUOTED_WORD))?.[0] ?? '';
}

/** The line and column (both from 1, columns in UTF-16 units) of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < offset; at++) {
    const unit = text.charCodeAt(at);
    const endsLine =
      unit === LINE_FEED || (unit === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED);
    if (!endsLine) continue;
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The error in one English sentence, for tests and output without a user interface. */
export function describeJsonError(error: JsonError): string {
  return `Line ${error.line}, column ${error.column}: ${describeProblem(error)}.`;
}

function describeProblem(error: JsonError): string {
  const expected = error.expected.map(describeExpected).join(' or ');
  const found = describeFound(error.found);
  switch (error.code) {
    case 'unexpected-end':
      return error.openedAt === undefined
        ? `the text ends where ${expected} was expected`
        : `the text ends where ${expected} was expected, for what was opened at offset ${error.openedAt}`;
    case 'unexpected-character':
      return `found ${found} where ${expected} was expected`;
    case 'trailing-comma':
      return `found ${found} right after a comma, where ${expected} was expected`;
    case 'unknown-word':
      return `the word ${found} is not JSON; ${expected} was expected`;
    case 'text-after-value':
      return `found ${found} after the end of the value`;
    case 'control-character':
      return `a string holds the control character ${found}, which must be escaped`;
    case 'bad-escape':
      return `found ${found} in an escape sequence, where ${expected} was expected`;
    case 'leading-zero':
      return 'a number must not have leading zeros';
  }
}

function describeExpected(expected: JsonExpected): string {
  switch (expected) {
    case 'value':
      return 'a value';
    case 'key':
      return 'a key in double quotes';
    case 'digit':
      return 'a digit';
    case 'escape':
      return 'one of "\\/bfnrtu';
    case 'hex-digit':
      return 'a hexadecimal digit';
    case 'end-of-text':
      return 'the end of the text';
    case ':':
    case ',':
    case '}':
    case ']':
    case '"':
      return `'${expected}'`;
  }
}

function describeFound(found: string): string {
  const codePoint = found.codePointAt(0);
  if (codePoint === undefined) return 'the end of the text';
  const visible = /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(found);
  return visible ? `'${found}'` : `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
