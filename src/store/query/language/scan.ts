const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;

/** Whether the text is at its end or at white space at `at`. */
export function atSpaceOrEnd(text: string, at: number): boolean {
  return at >= text.length || isSpace(text.charCodeAt(at));
}

export function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** ASCII white space, the no-break space that copied text often holds, and the wide space of East Asian input methods. */
function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0 || unit === 0x3000;
}

/** Offset after the closing quote of the string that opens at `start`, or -1. */
export function quoteEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    if (unit === BACKSLASH) at++;
  }
  return -1;
}

/** Between the quotes `\"` and `\\` stand for the second character; any other backslash is itself, as in JSON searched for. */
export function unquote(text: string, start: number, end: number): string {
  return text.slice(start + 1, end - 1).replace(/\\(["\\])/g, '$1');
}

/** Offset of the `/` that closes the regular expression opened at `start`, or -1. Within `[…]` a `/` is a character. */
export function regexEnd(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === 0x5b) inClass = true;
    else if (unit === 0x5d) inClass = false;
    else if (unit === SLASH && !inClass) return at;
  }
  return -1;
}

/**
 * Offset after the word at `start`. White space ends a word, and so does a `)` that the word did not open. So that JSON
 * can be typed as it is, white space and brackets within `{…}`, `[…]` or `"…"` belong to the word. If one of those is
 * never closed, they are ordinary characters.
 */
export function wordEnd(text: string, start: number): number {
  const end = endOfWord(text, start, (at) => nestedEnd(text, at));
  return end === -1 ? endOfWord(text, start, (at) => at + 1) : end;
}

/** Walks from unit to unit as `after` says; -1 as soon as that is -1. */
function endOfWord(text: string, start: number, after: (at: number) => number): number {
  let rounds = 0;
  let at = start;
  while (at !== -1 && !atSpaceOrEnd(text, at)) {
    if (text[at] === ')' && rounds-- === 0) return at;
    if (text[at] === '(') rounds++;
    at = after(at);
  }
  return at;
}

/** Offset after the quoted string or the balanced brackets that open at `start`, else after this one unit; or -1. */
function nestedEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at !== -1 && at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === 0x7b || unit === 0x5b) depth++;
    else if ((unit === 0x7d || unit === 0x5d) && depth > 0) depth--;
    at = unit === QUOTE ? quoteEnd(text, at) : at + 1;
    if (depth === 0) return at;
  }
  return -1;
}
