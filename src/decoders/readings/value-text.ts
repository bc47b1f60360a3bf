import { toBase64, utf8Of } from '../bytes/bytes.ts';
import { doubleText } from '../bytes/float-text.ts';
import type { ByteValues } from './byte-values.ts';

/** What JSON cannot say of values, and is told beside them. */
export type ReadingRemark = 'keys' | 'indefinite' | 'not-utf8' | 'several' | 'lengths';

/** UTF-16 units that are put together at a time; a text of very many pieces takes long to be made. */
const PART = 4096;
/** bytes */
const SHORT = 32;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DELETE = 0x7f;
/** Keys within keys; each writes the quotes of those within it anew, and so doubles them. */
const DEEPEST_KEY = 2;
/** Containers within each other; more are hardly ever meant, and each takes some of the stack. */
const DEEPEST = 256;

/** Writes a value of a binary format as JSON, while it is read. What JSON has no word for becomes an object that names it. */
export class ValueText {
  readonly remarks = new Set<ReadingRemark>();
  private readonly parts: string[] = [];
  private last = '';
  private depth = 0;
  private keyDepth = 0;

  constructor(private readonly values: ByteValues) {}

  /** What has been written. */
  get text(): string {
    return this.parts.join('') + this.last;
  }

  add(json: string): void {
    this.last += json;
    if (this.last.length < PART) return;
    this.parts.push(this.last);
    this.last = '';
  }

  /** A floating point number: with a point or an exponent, so that it is told from a whole one. */
  float(value: number): void {
    if (!Number.isFinite(value)) return this.add(`{"float":"${value}"}`);
    const digits = doubleText(value);
    this.add(/[.e]/.test(digits) ? digits : `${digits}.0`);
  }

  string(bytes: Uint8Array): void {
    const plain = plainText(bytes);
    if (plain !== undefined) return this.add(`"${plain}"`);
    const text = utf8Of(bytes);
    if (text !== undefined) return this.add(JSON.stringify(text));
    this.remarks.add('not-utf8');
    this.bytes(bytes);
  }

  bytes(bytes: Uint8Array): void {
    this.add(`{"base64":"${toBase64(bytes)}"}`);
  }

  /** @param hasNext asked before each item; told how many there are already */
  list(hasNext: (count: number) => boolean, item: () => void): void {
    this.within('[', ']', hasNext, item);
  }

  /** A map; its keys need not be texts. */
  map(hasNext: (count: number) => boolean, key: () => void, value: () => void): void {
    const member = () => {
      this.key(key);
      this.add(':');
      value();
    };
    this.object(hasNext, member);
  }

  /** An object whose members are written with their names. */
  object(hasNext: (count: number) => boolean, member: () => void): void {
    this.within('{', '}', hasNext, member);
  }

  private within(open: string, close: string, hasNext: (count: number) => boolean, item: () => void): void {
    if (++this.depth > DEEPEST) this.values.fail();
    this.add(open);
    for (let count = 0; hasNext(count); count++) {
      if (count > 0) this.add(',');
      item();
    }
    this.add(close);
    this.depth--;
  }

  /** What is no text is named by its JSON. */
  private key(write: () => void): void {
    if (++this.keyDepth > DEEPEST_KEY) this.values.fail();
    const key = this.apart(write);
    this.keyDepth--;
    if (key.startsWith('"')) return this.add(key);
    this.remarks.add('keys');
    this.add(JSON.stringify(key));
  }

  /** @returns what is written meanwhile, which is not kept */
  private apart(write: () => void): string {
    const { parts, last } = this;
    const { length } = parts;
    let text = '';
    this.last = '';
    try {
      write();
      text = this.last;
      if (parts.length > length) text = parts.splice(length).join('') + text;
    } finally {
      parts.length = length;
      this.last = last;
    }
    return text;
  }
}

/** A short text that stands in JSON as it is: most are names and words, and to decode each takes longer than all else. */
function plainText(bytes: Uint8Array): string | undefined {
  if (bytes.length > SHORT) return undefined;
  let text = '';
  for (const byte of bytes) {
    if (byte < SPACE || byte >= DELETE || byte === QUOTE || byte === BACKSLASH) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
