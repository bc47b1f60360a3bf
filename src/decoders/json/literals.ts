import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, QUOTE } from './characters.ts';

/** The text of a value: what a string says, and anything else as it is written. Offsets are in UTF-16 units. */
export function jsonValueText(text: string, start: number, end: number): string {
  const written = text.slice(start, end);
  return written.startsWith('"') ? decoded(written) : written;
}

/** What a string literal says. One that is malformed says what stands between its quotes. */
function decoded(literal: string): string {
  if (literal.includes('\\')) {
    try {
      return String(JSON.parse(literal));
    } catch {
      // malformed: taken as it stands
    }
  }
  return literal.slice(1, literal.endsWith('"') && literal.length > 1 ? -1 : undefined);
}

/** UTF-16 units of the longest string that is looked into: to decode a longer one would take too long in one go. */
const LONGEST_WITHIN = 256 * 1024;
/** What a string with JSON in it begins with; white space may be escaped. */
const MAY_HOLD_JSON = /"[ \\[{]/y;
const BEGINS_JSON = /^[ \t\r\n]*[[{]/;

/** What the string literal from `start` to `end` says, where that begins like JSON. */
export function jsonInString(text: string, start: number, end: number): string | undefined {
  MAY_HOLD_JSON.lastIndex = start;
  if (end - start > LONGEST_WITHIN || !MAY_HOLD_JSON.test(text)) return undefined;
  const said = decoded(text.slice(start, end));
  return BEGINS_JSON.test(said) ? said : undefined;
}

/** Whether the string literal from `start` to `end` says `name`. */
export function isStringSaying(text: string, start: number, end: number, name: string): boolean {
  if (end - start - 2 === name.length && text.startsWith(name, start + 1)) return !name.includes('\\');
  const literal = text.slice(start, end);
  return literal.includes('\\') && decoded(literal) === name;
}

/** The offset after the string that begins at `start`; the end of the text where it is never closed. */
export function stringEnd(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return text.length;
    let before = quote;
    while (before > from && text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((quote - before) % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

/** The offset after the number or word that begins at `start`. */
export function scalarEnd(text: string, start: number): number {
  let at = start;
  for (let unit = text.charCodeAt(at); isScalarUnit(unit); unit = text.charCodeAt(at)) at++;
  return at;
}

function isScalarUnit(unit: number): boolean {
  return (
    unit > 0x20 &&
    unit !== COMMA &&
    unit !== CLOSE_BRACE &&
    unit !== CLOSE_BRACKET &&
    unit !== QUOTE &&
    unit !== COLON
  );
}
