import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  ESCAPABLE,
  isDigit,
  isExponentMark,
  isHexDigit,
  isJsonSpace,
  isSign,
  LOWER_U,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  POINT,
  QUOTE,
  SPACE,
  ZERO,
} from './characters.ts';
import { errorAt, type JsonError, type JsonExpected, type JsonProblem, wordAt } from './error.ts';
import { FIELD, GrowingTable, type JsonTable, NONE, readCell } from './table.ts';

/** What one pass over a text yields; plain data that survives structured cloning. */
export interface JsonScan {
  readonly source: string;
  readonly table: JsonTable;
  readonly error: JsonError | undefined;
}

/**
 * Reads a JSON text (RFC 8259) in one pass without recursion, accepting exactly what `JSON.parse` accepts.
 * Never throws for any text; after an error the table holds every value completed before it and the
 * containers that were still open.
 */
export function scanJson(source: string): JsonScan {
  return new Scanner(source).run();
}

/** What `unitAt` says behind the end; no UTF-16 unit is negative. */
const END = -1;

type State = 'value' | 'first-element' | 'key' | 'first-key' | 'after-value' | 'done';

class Scanner {
  private readonly table: GrowingTable;
  private at = 0;
  /** The innermost container that is open, or NONE. */
  private open = NONE;
  /** Where the key of the value to come starts, or NONE. */
  private keyStart = NONE;
  private error: JsonError | undefined;

  constructor(private readonly source: string) {
    this.table = new GrowingTable(source.length);
  }

  run(): JsonScan {
    let state: State = 'value';
    while (state !== 'done') state = this.step(state);
    if (this.error !== undefined) this.leaveContainersOpen(this.error.offset);
    return {
      source: this.source,
      table: { count: this.table.count, cells: this.table.cells },
      error: this.error,
    };
  }

  private step(state: Exclude<State, 'done'>): State {
    const unit = this.skipSpace();
    switch (state) {
      case 'first-element':
        return unit === CLOSE_BRACKET ? this.close() : this.value(unit, FIRST_ELEMENT);
      case 'value': {
        const afterComma = unit === CLOSE_BRACKET && this.isInside(OPEN_BRACKET);
        return afterComma ? this.trailingComma(VALUE) : this.value(unit, VALUE);
      }
      case 'first-key':
        return unit === CLOSE_BRACE ? this.close() : this.key(unit, FIRST_KEY);
      case 'key':
        return unit === CLOSE_BRACE ? this.trailingComma(KEY) : this.key(unit, KEY);
      case 'after-value':
        return this.afterValue(unit);
    }
  }

  private value(unit: number, expected: readonly JsonExpected[]): State {
    if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      this.open = this.add(~this.at);
      this.at++;
      return unit === OPEN_BRACE ? 'first-key' : 'first-element';
    }
    const end = this.scalar(unit, expected);
    if (end === NONE) return 'done';
    this.add(end);
    this.at = end;
    return 'after-value';
  }

  /** Adds the value that starts here and uses up its key. */
  private add(end: number): number {
    const node = this.table.add(this.at, end, this.open, this.keyStart);
    this.keyStart = NONE;
    return node;
  }

  /** The end of the scalar at the current offset, or NONE after an error. */
  private scalar(unit: number, expected: readonly JsonExpected[]): number {
    if (unit === QUOTE) return this.string(this.at);
    if (unit === MINUS || isDigit(unit)) return this.number(this.at);
    for (const literal of LITERALS) {
      if (this.source.startsWith(literal, this.at)) return this.at + literal.length;
    }
    const word = wordAt(this.source, this.at);
    if (word !== '') return this.fail({ code: 'unknown-word' }, this.at, expected, word);
    return this.unexpected(this.at, expected);
  }

  private key(unit: number, expected: readonly JsonExpected[]): State {
    if (unit !== QUOTE) {
      this.unexpected(this.at, expected);
      return 'done';
    }
    const start = this.at;
    const end = this.string(start);
    if (end === NONE) return 'done';
    this.at = end;
    if (this.skipSpace() !== COLON) {
      this.unexpected(this.at, [':']);
      return 'done';
    }
    this.at++;
    this.keyStart = start;
    return 'value';
  }

  private afterValue(unit: number): State {
    if (this.open === NONE) {
      if (unit !== END) this.fail({ code: 'text-after-value' }, this.at, ['end-of-text']);
      return 'done';
    }
    const inObject = this.isInside(OPEN_BRACE);
    if (unit === (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) return this.close();
    if (unit !== COMMA) {
      this.unexpected(this.at, [',', inObject ? '}' : ']']);
      return 'done';
    }
    this.at++;
    return inObject ? 'key' : 'value';
  }

  private close(): State {
    this.at++;
    this.open = this.table.close(this.open, this.at);
    return 'after-value';
  }

  private trailingComma(expected: readonly JsonExpected[]): State {
    this.fail({ code: 'trailing-comma' }, this.at, expected);
    return 'done';
  }

  private leaveContainersOpen(end: number): void {
    while (this.open !== NONE) this.open = this.table.close(this.open, ~end);
  }

  private isInside(bracket: number): boolean {
    return this.open !== NONE && this.unitAt(readCell(this.table, this.open, FIELD.start)) === bracket;
  }

  /** RFC 8259 §7. The offset after the closing quote, or NONE after an error. */
  private string(start: number): number {
    const { source } = this;
    let at = start + 1;
    for (;;) {
      // Behind the end charCodeAt gives NaN, which fails every comparison and so leaves the loop as well.
      let unit = source.charCodeAt(at);
      while (unit >= SPACE && unit !== QUOTE && unit !== BACKSLASH) unit = source.charCodeAt(++at);
      if (unit === QUOTE) return at + 1;
      if (unit !== BACKSLASH) return this.badStringCharacter(at, start);
      at = this.escape(at, start);
      if (at === NONE) return NONE;
    }
  }

  private badStringCharacter(at: number, stringStart: number): number {
    return at < this.source.length
      ? this.fail({ code: 'control-character' }, at, ['"'])
      : this.fail({ code: 'unexpected-end', openedAt: stringStart }, at, ['"']);
  }

  /** The offset after the escape sequence whose backslash is at `start`, or NONE after an error. */
  private escape(start: number, stringStart: number): number {
    const unit = this.unitAt(start + 1);
    if (unit === LOWER_U) return this.unicodeEscape(start, stringStart);
    if (ESCAPABLE.has(unit)) return start + 2;
    return this.badEscape(start + 1, stringStart, ['escape']);
  }

  private unicodeEscape(start: number, stringStart: number): number {
    for (let at = start + 2; at < start + 6; at++) {
      if (!isHexDigit(this.unitAt(at))) return this.badEscape(at, stringStart, ['hex-digit']);
    }
    return start + 6;
  }

  private badEscape(at: number, stringStart: number, expected: readonly JsonExpected[]): number {
    return at < this.source.length
      ? this.fail({ code: 'bad-escape' }, at, expected)
      : this.fail({ code: 'unexpected-end', openedAt: stringStart }, at, expected);
  }

  /** RFC 8259 §6. The offset after the number, or NONE after an error. */
  private number(start: number): number {
    let at = this.unitAt(start) === MINUS ? start + 1 : start;
    if (this.unitAt(at) === ZERO) {
      if (isDigit(this.unitAt(at + 1))) return this.fail({ code: 'leading-zero' }, at, ['digit']);
      at++;
    } else {
      at = this.digits(at);
      if (at === NONE) return NONE;
    }
    if (this.unitAt(at) === POINT) at = this.digits(at + 1);
    return at === NONE || !isExponentMark(this.unitAt(at)) ? at : this.exponent(at + 1);
  }

  private exponent(start: number): number {
    return this.digits(isSign(this.unitAt(start)) ? start + 1 : start);
  }

  /** The offset after one or more digits, or NONE after an error. */
  private digits(start: number): number {
    let at = start;
    while (isDigit(this.unitAt(at))) at++;
    return at > start ? at : this.unexpected(start, ['digit']);
  }

  private skipSpace(): number {
    let unit = this.unitAt(this.at);
    while (isJsonSpace(unit)) unit = this.unitAt(++this.at);
    return unit;
  }

  private unitAt(offset: number): number {
    return offset < this.source.length ? this.source.charCodeAt(offset) : END;
  }

  private unexpected(offset: number, expected: readonly JsonExpected[]): typeof NONE {
    if (offset < this.source.length) return this.fail({ code: 'unexpected-character' }, offset, expected);
    const openedAt = this.open === NONE ? undefined : readCell(this.table, this.open, FIELD.start);
    return this.fail({ code: 'unexpected-end', openedAt }, offset, expected);
  }

  private fail(
    problem: JsonProblem,
    offset: number,
    expected: readonly JsonExpected[],
    found?: string,
  ): typeof NONE {
    this.error = errorAt(this.source, offset, problem, expected, found);
    return NONE;
  }
}

const VALUE: readonly JsonExpected[] = ['value'];
const KEY: readonly JsonExpected[] = ['key'];
const FIRST_ELEMENT: readonly JsonExpected[] = ['value', ']'];
const FIRST_KEY: readonly JsonExpected[] = ['key', '}'];
const LITERALS = ['true', 'false', 'null'];
