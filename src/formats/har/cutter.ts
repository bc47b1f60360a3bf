/** Receives the pieces that {@link JsonCutter} cuts. Paths consist of keys, and of `*` for the elements of an array. */
export interface CutterHandler {
  /** Whether the value at this path is cut out whole. If not, the cutter looks into it. */
  wants(path: readonly string[]): boolean;
  /** A value that was wanted, as written in the text. `line` and `column` (from 1) are those of its beginning. */
  piece(path: readonly string[], text: string, line: number, column: number): void;
  /** An object or array that was not cut out has ended. */
  left(path: readonly string[]): void;
}

type Container = '{' | '[';

/**
 * Cuts values out of a JSON text that arrives in parts and may be too long for one string. It only looks at brackets, quotes and
 * commas; whether a piece is valid JSON is found out when it is parsed. So the valid pieces of a broken text can still be used.
 */
export class JsonCutter {
  private buffer = '';
  private at = 0;
  private mode: 'between' | 'string' | 'container' | 'word' = 'between';
  private stringUse: 'key' | 'value' | 'nested' = 'value';
  /** Index at which the current piece or key begins or continues; -1 if there is none. */
  private start = -1;
  /** Its text in earlier parts. Joined only once, because it may be as long as all of them together. */
  private readonly begun: string[] = [];
  /** Number of open brackets within the piece. */
  private depth = 0;
  private readonly containers: Container[] = [];
  /** As long as there are containers while a value is being read, else one shorter. */
  private readonly path: string[] = [];
  private awaitsKey = false;
  /** Of everything before {@link countedTo}. */
  private lines = 0;
  private countedTo = 0;
  /** Index in the buffer at which the line of {@link countedTo} begins; can be negative. */
  private lineStart = 0;
  /** Index in the buffer of the first line end from {@link countedTo} on; infinite if there is none, less than that index if it is not known yet. */
  private lineEnd = -1;
  private pieceLine = 1;
  private pieceColumn = 1;
  private state: 'sound' | 'broken' = 'sound';

  constructor(private readonly handler: CutterHandler) {}

  /** A bracket closed something that was not open: nothing after it can be told apart. */
  get isBroken(): boolean {
    return this.state === 'broken';
  }

  /** True if the text may end here. */
  get isComplete(): boolean {
    return this.mode === 'between' && this.containers.length === 0;
  }

  /** Line and column, from 1, of the position reached so far. */
  position(): { readonly line: number; readonly column: number } {
    this.countLines(this.at);
    return { line: this.lines + 1, column: this.at - this.lineStart + 1 };
  }

  push(text: string): void {
    const from = Math.min(this.buffer.length, this.at);
    if (this.start >= 0) this.begun.push(this.buffer.slice(this.start, from));
    this.countLines(from);
    this.buffer = this.buffer.slice(from) + text;
    this.at -= from;
    this.countedTo -= from;
    this.lineStart -= from;
    this.lineEnd = -1;
    if (this.start >= 0) this.start = 0;
    while (this.at < this.buffer.length && !this.isBroken) this.step();
  }

  /** Takes one step in the present mode, or to the end of the buffer. */
  private step(): void {
    switch (this.mode) {
      case 'between':
        return this.stepBetween();
      case 'string':
        return this.stepString();
      case 'container':
        return this.stepContainer();
      case 'word':
        return this.stepWord();
    }
  }

  private stepBetween(): void {
    const char = this.buffer.charAt(this.at);
    switch (char) {
      case '"':
        if (this.awaitsKey) this.beginString('key');
        else this.beginValue(() => this.beginString('value'));
        return;
      case '{':
      case '[':
        return this.beginValue(() => this.open(char));
      case '}':
      case ']':
        return this.close(char);
      case ',':
        this.awaitsKey = this.containers.at(-1) === '{';
        break;
      default:
        if (!/[\s:]/.test(char) && !this.awaitsKey) return this.beginValue(() => this.beginWord());
    }
    this.at++;
  }

  /** Starts to keep the value that begins here, if it is wanted, and enters it. */
  private beginValue(enter: () => void): void {
    if (this.containers.at(-1) === '[') this.enterPath('*');
    if (this.handler.wants(this.path)) {
      this.start = this.at;
      const { line, column } = this.position();
      this.pieceLine = line;
      this.pieceColumn = column;
    }
    enter();
  }

  private beginString(use: 'key' | 'value' | 'nested'): void {
    if (use === 'key') this.start = this.at;
    this.stringUse = use;
    this.mode = 'string';
    this.at++;
  }

  private beginWord(): void {
    this.mode = 'word';
    this.at++;
  }

  private open(bracket: Container): void {
    this.at++;
    if (this.start >= 0) {
      this.depth = 1;
      this.mode = 'container';
      return;
    }
    this.containers.push(bracket);
    this.awaitsKey = bracket === '{';
  }

  private close(bracket: string): void {
    if (this.containers.at(-1) !== (bracket === '}' ? '{' : '[')) {
      this.state = 'broken';
      return;
    }
    this.containers.pop();
    this.at++;
    this.handler.left(this.path);
    this.endValue();
  }

  private stepString(): void {
    const quote = find(/["\\]/g, this.buffer, this.at);
    if (quote < 0) {
      this.at = this.buffer.length;
    } else if (this.buffer.charAt(quote) === '"') {
      this.at = quote + 1;
      this.endString();
    } else {
      this.at = quote + 2; // may lie beyond the buffer: then the escaped character comes with the next part
    }
  }

  private endString(): void {
    if (this.stringUse === 'nested') {
      this.mode = 'container';
      return;
    }
    this.mode = 'between';
    if (this.stringUse === 'value') return this.endPiece();
    this.awaitsKey = false;
    this.enterPath(this.take().slice(1, -1));
  }

  /** Drops a key that has no value. */
  private enterPath(key: string): void {
    this.path.length = Math.max(0, this.containers.length - 1);
    this.path.push(key);
  }

  private stepContainer(): void {
    const found = find(/["[\]{}]/g, this.buffer, this.at);
    if (found < 0) {
      this.at = this.buffer.length;
      return;
    }
    const char = this.buffer.charAt(found);
    this.at = found;
    if (char === '"') return this.beginString('nested');
    this.at++;
    this.depth += char === '{' || char === '[' ? 1 : -1;
    if (this.depth === 0) this.endPiece();
  }

  private stepWord(): void {
    const end = find(/[\s,\]}]/g, this.buffer, this.at);
    this.at = end < 0 ? this.buffer.length : end;
    if (end >= 0) this.endPiece();
  }

  private endPiece(): void {
    this.mode = 'between';
    if (this.start >= 0) this.handler.piece(this.path, this.take(), this.pieceLine, this.pieceColumn);
    this.endValue();
  }

  /** The piece or key that ends here. */
  private take(): string {
    const text = this.begun.join('') + this.buffer.slice(this.start, this.at);
    this.begun.length = 0;
    this.start = -1;
    return text;
  }

  private endValue(): void {
    this.path.pop();
    this.awaitsKey = false;
  }

  private countLines(to: number): void {
    for (let end = this.nextLineEnd(); end < to; end = this.nextLineEnd()) {
      this.lines++;
      this.countedTo = end + 1;
      this.lineStart = end + 1;
    }
    this.countedTo = Math.max(this.countedTo, to);
  }

  private nextLineEnd(): number {
    if (this.lineEnd < this.countedTo) {
      const end = this.buffer.indexOf('\n', this.countedTo);
      this.lineEnd = end < 0 ? Number.POSITIVE_INFINITY : end;
    }
    return this.lineEnd;
  }
}

function find(what: RegExp, text: string, from: number): number {
  what.lastIndex = from;
  return what.exec(text)?.index ?? -1;
}
