import { toHex } from '../bytes/bytes.ts';
import type { ByteValues } from './byte-values.ts';
import type { ValueText } from './value-text.ts';

/** Majors: the upper three bits of a value's first byte. */
const BYTES = 2;
const TEXT = 3;
const BREAK = 0xff;
const INDEFINITE = 31;
/** Tags of whole numbers of any size, in bytes. */
const POSITIVE_BIGNUM = 2n;
const NEGATIVE_BIGNUM = 3n;
/** bytes; to write a longer number down takes too long */
const LONGEST_BIGNUM = 1024;

/** @see https://www.iana.org/assignments/cbor-tags/cbor-tags.xhtml */
const TAGS: Readonly<Record<string, string>> = {
  0: 'date and time',
  1: 'epoch time',
  4: 'decimal fraction',
  5: 'bigfloat',
  21: 'for base64url',
  22: 'for base64',
  23: 'for base16',
  24: 'encoded CBOR',
  32: 'URI',
  33: 'base64url',
  34: 'base64',
  35: 'regular expression',
  36: 'MIME message',
  37: 'UUID',
  258: 'set',
  1004: 'date',
  55799: 'CBOR',
};

/** Writes one value of CBOR as JSON. @see https://www.rfc-editor.org/rfc/rfc8949.html */
export function readCbor(values: ByteValues, text: ValueText): void {
  new Cbor(values, text).value();
}

class Cbor {
  constructor(
    private readonly values: ByteValues,
    private readonly text: ValueText,
  ) {}

  readonly value = (): void => {
    const { values } = this;
    const first = values.byte();
    const info = first & 31;
    switch (first >> 5) {
      case 0:
        return this.text.add(info < 24 ? String(info) : String(this.argument(info)));
      case 1:
        return this.text.add(String(-1n - this.argument(info)));
      case BYTES:
        return this.text.bytes(this.string(BYTES, info));
      case TEXT:
        return this.text.string(this.string(TEXT, info));
      case 4:
        return this.list(info);
      case 5:
        return this.map(info);
      case 6:
        return this.tagged(this.argument(info));
      default:
        return this.simple(info);
    }
  };

  /** What a first byte says, or the bytes behind it. */
  private argument(info: number): bigint {
    const { values } = this;
    if (info < 24) return BigInt(info);
    switch (info) {
      case 24:
        return BigInt(values.byte());
      case 25:
        return BigInt(values.twoBytes());
      case 26:
        return BigInt(values.fourBytes());
      case 27:
        return values.eightBytes();
      default:
        return values.fail();
    }
  }

  /** @param least bytes that each of them takes */
  private length(info: number, least: number): number {
    const length = this.argument(info);
    if (length * BigInt(least) > BigInt(this.values.left)) this.values.fail();
    return Number(length);
  }

  /** Of indefinite length it stands in parts of definite ones. */
  private string(major: number, info: number): Uint8Array {
    const { values } = this;
    if (info !== INDEFINITE) return values.take(this.length(info, 1));
    const parts: Uint8Array[] = [];
    this.text.remarks.add('indefinite');
    while (!this.isBreak()) {
      const first = values.byte();
      if (first >> 5 !== major || (first & 31) === INDEFINITE) values.fail();
      parts.push(values.take(this.length(first & 31, 1)));
    }
    return joined(parts);
  }

  private list(info: number): void {
    this.text.list(this.hasNext(info, 1), this.value);
  }

  private map(info: number): void {
    this.text.map(this.hasNext(info, 2), this.value, this.value);
  }

  private hasNext(info: number, least: number): (count: number) => boolean {
    if (info === INDEFINITE) {
      this.text.remarks.add('indefinite');
      return () => !this.isBreak();
    }
    const length = this.length(info, least);
    return (count) => count < length;
  }

  /** Passes over the end of what has no definite length, if it is here. */
  private isBreak(): boolean {
    const isHere = this.values.next() === BREAK;
    if (isHere) this.values.at++;
    return isHere;
  }

  private tagged(tag: bigint): void {
    const { text } = this;
    if ((tag === POSITIVE_BIGNUM || tag === NEGATIVE_BIGNUM) && this.bignum(tag)) return;
    const name = TAGS[String(tag)];
    const words = name === undefined ? '' : `,"name":${JSON.stringify(name)}`;
    const member = () => {
      text.add(`"tag":${tag}${words},"value":`);
      this.value();
    };
    text.object((count) => count === 0, member);
  }

  /** @returns false where there is none */
  private bignum(tag: bigint): boolean {
    const { values, text } = this;
    const { at } = values;
    const first = values.byte();
    const isDefinite = first >> 5 === BYTES && (first & 31) !== INDEFINITE;
    const length = isDefinite ? this.length(first & 31, 1) : Number.POSITIVE_INFINITY;
    if (length > LONGEST_BIGNUM) {
      values.at = at;
      return false;
    }
    const number = BigInt(`0x0${toHex(values.take(length))}`);
    text.add(String(tag === NEGATIVE_BIGNUM ? -1n - number : number));
    return true;
  }

  private simple(info: number): void {
    const { values, text } = this;
    switch (info) {
      case 20:
        return text.add('false');
      case 21:
        return text.add('true');
      case 22:
        return text.add('null');
      case 23:
        return text.add('{"simple":"undefined"}');
      case 24: {
        const number = values.byte();
        if (number < 32) values.fail();
        return text.add(`{"simple":${number}}`);
      }
      case 25:
        return text.float(halfOf(values.twoBytes()));
      case 26:
        return text.float(values.single());
      case 27:
        return text.float(values.double());
      default:
        return info < 20 ? text.add(`{"simple":${info}}`) : values.fail();
    }
  }
}

/** A floating point number of two bytes: https://www.rfc-editor.org/rfc/rfc8949.html, appendix D */
function halfOf(half: number): number {
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (fraction + 1024) * 2 ** (exponent - 25);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
