import { toBase64 } from '../bytes/bytes.ts';
import type { ByteValues } from './byte-values.ts';
import type { ValueText } from './value-text.ts';

/** The type of an extension that is a point in time. */
const TIMESTAMP = -1;
/** s; beyond this there are no dates */
const LAST_SECOND = 8_640_000_000_000n;
const SECOND = 1_000_000_000;

/** Writes one value of MessagePack as JSON. @see https://github.com/msgpack/msgpack/blob/master/spec.md */
export function readMessagePack(values: ByteValues, text: ValueText): void {
  new MessagePack(values, text).value();
}

class MessagePack {
  constructor(
    private readonly values: ByteValues,
    private readonly text: ValueText,
  ) {}

  readonly value = (): void => {
    const first = this.values.byte();
    if (first < 0x80) this.text.add(String(first));
    else if (first < 0x90) this.map(first & 15);
    else if (first < 0xa0) this.list(first & 15);
    else if (first < 0xc0) this.string(first & 31);
    else if (first >= 0xe0) this.text.add(String(first - 256));
    else this.named(first);
  };

  /** A value whose first byte says nothing but its format. */
  private named(first: number): void {
    const { values, text } = this;
    switch (first) {
      case 0xc0:
        return text.add('null');
      case 0xc2:
        return text.add('false');
      case 0xc3:
        return text.add('true');
      case 0xc4:
        return text.bytes(values.take(values.byte()));
      case 0xc5:
        return text.bytes(values.take(values.twoBytes()));
      case 0xc6:
        return text.bytes(values.take(values.fourBytes()));
      case 0xc7:
        return this.extension(values.byte());
      case 0xc8:
        return this.extension(values.twoBytes());
      case 0xc9:
        return this.extension(values.fourBytes());
      case 0xca:
        return text.float(values.single());
      case 0xcb:
        return text.float(values.double());
      case 0xcc:
        return text.add(String(values.byte()));
      case 0xcd:
        return text.add(String(values.twoBytes()));
      case 0xce:
        return text.add(String(values.fourBytes()));
      case 0xcf:
        return text.add(String(values.eightBytes()));
      case 0xd0:
        return text.add(String(values.signedByte()));
      case 0xd1:
        return text.add(String(values.signedTwoBytes()));
      case 0xd2:
        return text.add(String(values.signedFourBytes()));
      case 0xd3:
        return text.add(String(values.signedEightBytes()));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.extension(1 << (first - 0xd4));
      case 0xd9:
        return this.string(values.byte());
      case 0xda:
        return this.string(values.twoBytes());
      case 0xdb:
        return this.string(values.fourBytes());
      case 0xdc:
        return this.list(values.twoBytes());
      case 0xdd:
        return this.list(values.fourBytes());
      case 0xde:
        return this.map(values.twoBytes());
      case 0xdf:
        return this.map(values.fourBytes());
      default:
        return values.fail(); // 0xc1 is never used
    }
  }

  private string(length: number): void {
    this.text.string(this.values.take(length));
  }

  private list(length: number): void {
    const { values, text, value } = this;
    if (length > values.left) values.fail();
    text.list((count) => count < length, value);
  }

  private map(length: number): void {
    const { values, text, value } = this;
    if (2 * length > values.left) values.fail();
    text.map((count) => count < length, value, value);
  }

  private extension(length: number): void {
    const type = this.values.signedByte();
    const data = this.values.take(length);
    const time = type === TIMESTAMP ? timeOf(data) : undefined;
    this.text.add(
      time === undefined
        ? `{"ext":${type},"base64":"${toBase64(data)}"}`
        : `{"timestamp":${JSON.stringify(time)}}`,
    );
  }
}

/** An instant in the form of RFC 3339, with as many digits as it has; undefined where the bytes are none. */
function timeOf(data: Uint8Array): string | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  switch (data.length) {
    case 4:
      return instant(BigInt(view.getUint32(0)), 0);
    case 8: {
      const both = view.getBigUint64(0);
      return instant(both & 0x3_ffff_ffffn, Number(both >> 34n));
    }
    case 12:
      return instant(view.getBigInt64(4), view.getUint32(0));
    default:
      return undefined;
  }
}

function instant(seconds: bigint, nanoseconds: number): string | undefined {
  if (seconds < -LAST_SECOND || seconds > LAST_SECOND || nanoseconds >= SECOND) return undefined;
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, -'.000Z'.length);
  const fraction = nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
  return `${whole}${fraction}Z`;
}
