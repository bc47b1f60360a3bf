/**
 * Finds where a statement can be inserted into a script without changing the script: right after its directive prologue, which must
 * come first.
 */

/** An offset in bytes; `more` if what is there does not tell; `none` if it is better left alone. */
export type Insertion = number | 'more' | 'none';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTES = [0x22, 0x27];
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const STAR = 0x2a;

/** Ends a reading early; the value is the answer. */
class Verdict {
  constructor(readonly insertion: Insertion) {}
}

/**
 * @param bytes the beginning of a script in UTF-8, or in any encoding whose first 128 characters are those of ASCII
 * @param isWhole whether they are the whole script
 */
export function findInsertion(bytes: Uint8Array, isWhole: boolean): Insertion {
  try {
    return new Prologue(bytes, isWhole).read();
  } catch (verdict) {
    if (verdict instanceof Verdict) return verdict.insertion;
    throw verdict;
  }
}

class Prologue {
  private at = 0;
  /** A line ended since the last token. */
  private newLine = false;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly isWhole: boolean,
  ) {}

  read(): Insertion {
    let insertion = this.skipStart();
    for (;;) {
      this.skipBlank();
      const first = this.peek();
      if (first === undefined) return insertion;
      if (!QUOTES.includes(first)) {
        // Our text in front would turn "-->" at the start of a line from a comment into operators; others are no ASCII.
        return isUnclear(first) || this.startsWith('<!--') || this.startsWith('-->') ? 'none' : insertion;
      }
      this.skipString(first);
      const end = this.at;
      this.newLine = false;
      this.skipBlank();
      const next = this.peek();
      if (next === SEMICOLON) insertion = ++this.at;
      else if (next === undefined || (this.newLine && this.beginsStatement(next))) insertion = end;
      else return 'none'; // a string that goes on as an expression, and is no directive
    }
  }

  /** Byte order mark and hashbang line. */
  private skipStart(): number {
    if (this.startsWith('\u00ef\u00bb\u00bf')) this.at = 3;
    if (this.startsWith('#!')) {
      this.skipLine();
      if (this.peek() === CR && this.peek(1) === LF) this.at++;
      if (this.peek() === undefined) throw new Verdict('none');
      this.at++;
    }
    return this.at;
  }

  /** White space and comments. */
  private skipBlank(): void {
    for (let byte = this.peek(); byte !== undefined; byte = this.peek()) {
      if (byte === LF || byte === CR) this.newLine = true;
      if (byte === SPACE || (byte >= 0x09 && byte <= CR)) this.at++;
      else if (byte === SLASH && this.peek(1) === SLASH) this.skipLine();
      else if (byte === SLASH && this.peek(1) === STAR) this.skipComment();
      else return;
    }
  }

  /** Up to the end of the line. */
  private skipLine(): void {
    for (let byte = this.peek(); byte !== undefined; byte = this.peek()) {
      if (byte === LF || byte === CR) return;
      if (this.isSeparator(byte)) throw new Verdict('none');
      this.at++;
    }
  }

  private skipComment(): void {
    this.at += 2;
    for (let byte = this.peek(); byte !== undefined; byte = this.peek()) {
      if (byte === STAR && this.peek(1) === SLASH) {
        this.at += 2;
        return;
      }
      if (byte === LF || byte === CR || this.isSeparator(byte)) this.newLine = true;
      this.at++;
    }
    throw new Verdict('none');
  }

  /** U+2028 and U+2029 end a line too. */
  private isSeparator(byte: number): boolean {
    return byte === 0xe2 && this.peek(1) === 0x80 && [0xa8, 0xa9].includes(this.peek(2) ?? 0);
  }

  private skipString(quote: number): void {
    this.at++;
    for (let byte = this.peek(); byte !== undefined; byte = this.peek()) {
      this.at++;
      if (byte === quote) return;
      if (byte === LF || byte === CR) throw new Verdict('none');
      if (byte !== BACKSLASH) continue;
      if (this.peek() === CR && this.peek(1) === LF) this.at++;
      this.at++;
    }
    throw new Verdict('none');
  }

  /** Whether what stands on a new line after a string cannot belong to an expression that began with the string. */
  private beginsStatement(byte: number): boolean {
    if (QUOTES.includes(byte)) return true;
    const character = String.fromCharCode(byte);
    if (/[{~@]/.test(character)) return true;
    return /[\w$]/.test(character) && !/^in(?:stanceof)?$/.test(this.word());
  }

  private word(): string {
    let word = '';
    for (let ahead = 0; word.length <= 'instanceof'.length; ahead++) {
      const byte = this.peek(ahead);
      if (byte !== undefined && isUnclear(byte)) throw new Verdict('none');
      const character = byte === undefined ? '' : String.fromCharCode(byte);
      if (!/[\w$]/.test(character)) break;
      word += character;
    }
    return word;
  }

  /** The byte so far ahead; undefined at the end of the script. */
  private peek(ahead = 0): number | undefined {
    const byte = this.bytes[this.at + ahead];
    if (byte === undefined && !this.isWhole) throw new Verdict('more');
    return byte;
  }

  private startsWith(text: string): boolean {
    for (let index = 0; index < text.length; index++) {
      if (this.peek(index) !== text.charCodeAt(index)) return false;
    }
    return true;
  }
}

/** Not ASCII, a control character or the beginning of an escaped name. */
function isUnclear(byte: number): boolean {
  return byte >= 0x7f || byte < SPACE || byte === BACKSLASH;
}
