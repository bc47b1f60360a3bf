/** The UTF-16 units that mean something in JSON (RFC 8259), and the kinds of units. */

export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const POINT = 0x2e;
export const ZERO = 0x30;
const NINE = 0x39;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const LOWER_U = 0x75;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** The characters that may follow a backslash, apart from `u`. */
export const ESCAPABLE: ReadonlySet<number> = new Set(
  [...'"\\/bfnrt'].map((character) => character.charCodeAt(0)),
);

export function isJsonSpace(unit: number): boolean {
  return unit === SPACE || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

export function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}

export function isHexDigit(unit: number): boolean {
  return isDigit(unit) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66);
}

export function isExponentMark(unit: number): boolean {
  return unit === 0x65 || unit === 0x45;
}

export function isSign(unit: number): boolean {
  return unit === 0x2b || unit === MINUS;
}
