/** Marks by which a file says how it is encoded; without one it is UTF-8, as HAR and NDJSON have to be. */
const MARKS = [
  { first: 0xff, second: 0xfe, encoding: 'utf-16le' },
  { first: 0xfe, second: 0xff, encoding: 'utf-16be' },
] as const;

/** Bytes at the beginning of a file that tell its encoding. */
export const MARK_LENGTH = 2;

export function encodingOf(head: Uint8Array): string {
  const found = MARKS.find(({ first, second }) => head[0] === first && head[1] === second);
  return found?.encoding ?? 'utf-8';
}

/** The text of a file, whose bytes come in parts. */
export class FileText {
  private readonly decoder: TextDecoder;
  /** Fails at the first bytes that are no text; undefined after that. */
  private strict: TextDecoder | undefined;
  private line = 1;

  /** @param onBroken told once of the first line, from 1, that holds bytes which are no text, at most a part before them */
  constructor(
    encoding: string,
    private readonly onBroken: (line: number) => void,
  ) {
    this.decoder = new TextDecoder(encoding);
    this.strict = new TextDecoder(encoding, { fatal: true });
  }

  /** @returns the text; � where there is none */
  push(bytes: Uint8Array): string {
    const text = this.decoder.decode(bytes, { stream: true });
    this.check(text, bytes, true);
    return text;
  }

  end(): string {
    const text = this.decoder.decode();
    this.check(text, new Uint8Array(), false);
    return text;
  }

  private check(text: string, bytes: Uint8Array, stream: boolean): void {
    if (!this.strict) return;
    try {
      this.strict.decode(bytes, { stream });
      this.line += linesIn(text);
    } catch {
      this.strict = undefined;
      this.onBroken(this.line + linesIn(text.slice(0, Math.max(0, text.indexOf('�')))));
    }
  }
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
