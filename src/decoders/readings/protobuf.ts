import { readableText, toBase64 } from '../bytes/bytes.ts';
import { doubleText } from '../bytes/float-text.ts';
import { BytesCutOff, ByteValues, MalformedBytes } from './byte-values.ts';

/** How the value of a field is laid out: the lower three bits of its tag. */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const GROUP = 3;
const END_GROUP = 4;
const FIXED32 = 5;
/** The highest number that a field may have. */
const LAST_FIELD = 2 ** 29 - 1;
/** bytes that a varint takes at most */
const LONGEST_VARINT = 10;
const MOST_UNSIGNED = 2n ** 64n;
const LEAST_NEGATIVE = 2n ** 63n;
/** Messages within each other; what is deeper is shown as bytes. */
const DEEPEST = 32;

/** Steps between the numbers of fields that follow each other; in what people write there are hardly any larger ones. */
const LARGE_STEP = 15;

/** A message, whose fields have numbers and no names. */
export interface ProtobufMessage {
  readonly json: string;
  /** Whether only its beginning was at hand. */
  readonly isCut: boolean;
  /** What speaks for its being one: bytes that mean something else seldom look so. */
  readonly signs: ProtobufSigns;
}

export interface ProtobufSigns {
  readonly fields: number;
  /** Fields that hold a text of some letters, or a message. */
  readonly telling: number;
  /** Whether fields come in the order of their numbers, without large steps. */
  readonly areInOrder: boolean;
}

/**
 * Reads a message of Protocol Buffers without its schema, as `protoc --decode_raw` does: an object with the numbers of fields as names. A
 * field that comes several times is a list. Varints are numbers, fixed ones say both of what they may be; what has a length is a message if
 * it is laid out like one, else a text if it is one, else bytes. Throws {@link MalformedBytes} where there is no message.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function readProtobuf(values: ByteValues): ProtobufMessage {
  const reader = new MessageReader(values, 0);
  try {
    return { json: reader.fields(), isCut: false, signs: reader.signs };
  } catch (error) {
    if (!(error instanceof BytesCutOff)) throw error;
    return { json: reader.written(), isCut: true, signs: reader.signs };
  }
}

class MessageReader {
  private readonly found = new Map<number, string[]>();
  private count = 0;
  private telling = 0;
  private last = 0;
  private areInOrder = true;

  constructor(
    private readonly values: ByteValues,
    private readonly depth: number,
  ) {}

  get signs(): ProtobufSigns {
    return { fields: this.count, telling: this.telling, areInOrder: this.areInOrder };
  }

  /** @param group the number of the group that they are in */
  fields(group?: number): string {
    const { values } = this;
    while (!values.isOver) {
      const tag = Number(this.varint());
      const [number, type] = [Math.floor(tag / 8), tag % 8];
      if (number === 0 || number > LAST_FIELD) values.fail();
      if (type === END_GROUP) {
        if (number !== group) values.fail();
        return this.written();
      }
      this.keep(number, this.value(number, type));
    }
    if (group !== undefined) values.fail();
    return this.written();
  }

  private keep(number: number, json: string): void {
    const already = this.found.get(number);
    if (already) already.push(json);
    else this.found.set(number, [json]);
    if (number < this.last || number > this.last + LARGE_STEP) this.areInOrder = false;
    this.last = number;
    this.count++;
  }

  /** What has been read. */
  written(): string {
    const members = [...this.found].map(([number, [first = '', ...others]]) => {
      const value = others.length === 0 ? first : `[${first},${others.join(',')}]`;
      return `"${number}":${value}`;
    });
    return `{${members.join(',')}}`;
  }

  private value(number: number, type: number): string {
    const { values } = this;
    switch (type) {
      case VARINT:
        return varintText(this.varint());
      case FIXED64:
        return fixed64Text(values.take(8));
      case LENGTH:
        return this.withLength();
      case GROUP: {
        if (this.depth >= DEEPEST) values.fail();
        return `{"group":${new MessageReader(values, this.depth + 1).fields(number)}}`;
      }
      case FIXED32:
        return fixed32Text(values.take(4));
      default:
        return values.fail();
    }
  }

  /** Seven bits a byte, the lowest first. */
  private varint(): bigint {
    const { values } = this;
    const { at } = values;
    let value = 0n;
    const first = values.byte();
    if (first < 128) return BigInt(first);
    values.at = at;
    for (let index = 0; index < LONGEST_VARINT; index++) {
      const byte = values.byte();
      value |= BigInt(byte & 127) << BigInt(7 * index);
      if (byte >= 128) continue;
      // Writers take no more bytes than are needed.
      if ((byte === 0 && index > 0) || value >= MOST_UNSIGNED) return values.fail(at);
      return value;
    }
    return values.fail(at);
  }

  private withLength(): string {
    const { values } = this;
    const length = Number(this.varint());
    if (length > values.left) values.fail(); // which may be without an end
    const bytes = values.take(length);
    const text = readableText(bytes);
    // What begins with a line break may be a message, whose first field says that it has a length.
    const message = text !== undefined && !/^\s/.test(text) ? undefined : this.messageIn(bytes);
    if (message !== undefined || (text !== undefined && /\w{3}/.test(text))) this.telling++;
    if (message !== undefined) return message;
    return text === undefined ? `{"base64":"${toBase64(bytes)}"}` : JSON.stringify(text);
  }

  private messageIn(bytes: Uint8Array): string | undefined {
    if (this.depth >= DEEPEST || bytes.length === 0) return undefined;
    const reader = new MessageReader(new ByteValues(bytes), this.depth + 1);
    try {
      return reader.fields();
    } catch (error) {
      if (error instanceof MalformedBytes) return undefined;
      throw error;
    }
  }
}

/** Negative numbers are written as very large ones. */
function varintText(value: bigint): string {
  return value < LEAST_NEGATIVE ? String(value) : `{"varint":${value},"signed":${BigInt.asIntN(64, value)}}`;
}

function fixed64Text(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return `{"fixed64":${view.getBigUint64(0, true)},"double":${numberText(view.getFloat64(0, true))}}`;
}

function fixed32Text(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return `{"fixed32":${view.getUint32(0, true)},"float":${numberText(view.getFloat32(0, true))}}`;
}

function numberText(value: number): string {
  return Number.isFinite(value) ? doubleText(value) : `"${value}"`;
}
