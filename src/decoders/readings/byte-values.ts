/** Bytes are not laid out as they should be. {@link ByteValues.failedAt} says where that shows. */
export class MalformedBytes extends Error {}

/** The bytes that are at hand are over, but the message is not. */
export class BytesCutOff extends Error {}

/** Most messages are looked at in vain: to make an error for each, with its stack, would take longer than to look. */
const MALFORMED = new MalformedBytes();
const CUT_OFF = new BytesCutOff();

/** Reads values one after the other, the most significant byte first. */
export class ByteValues {
  at = 0;
  /** Where reading came to its end. */
  failedAt = 0;
  private readonly view: DataView;

  /** @param size bytes of the message, of which the beginning may be all that is at hand */
  constructor(
    private readonly bytes: Uint8Array,
    readonly size = bytes.length,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get isOver(): boolean {
    return this.at >= this.size;
  }

  /** Bytes of the message that are yet to be read. */
  get left(): number {
    return this.size - this.at;
  }

  fail(at = this.at): never {
    this.failedAt = at;
    throw MALFORMED;
  }

  /** The byte that is to be read next. */
  next(): number {
    const byte = this.byte();
    this.at--;
    return byte;
  }

  byte(): number {
    return this.view.getUint8(this.pass(1));
  }

  signedByte(): number {
    return this.view.getInt8(this.pass(1));
  }

  twoBytes(): number {
    return this.view.getUint16(this.pass(2));
  }

  signedTwoBytes(): number {
    return this.view.getInt16(this.pass(2));
  }

  fourBytes(): number {
    return this.view.getUint32(this.pass(4));
  }

  signedFourBytes(): number {
    return this.view.getInt32(this.pass(4));
  }

  eightBytes(): bigint {
    return this.view.getBigUint64(this.pass(8));
  }

  signedEightBytes(): bigint {
    return this.view.getBigInt64(this.pass(8));
  }

  single(): number {
    return this.view.getFloat32(this.pass(4));
  }

  double(): number {
    return this.view.getFloat64(this.pass(8));
  }

  /** So many bytes as they are. A length may be a lie: it is looked at before anything is made of it. */
  take(length: number): Uint8Array {
    const at = this.pass(length);
    return this.bytes.subarray(at, at + length);
  }

  /** @returns where the bytes that are passed over begin */
  private pass(length: number): number {
    const { at } = this;
    if (length > this.left) this.fail();
    if (at + length > this.bytes.length) throw CUT_OFF;
    this.at = at + length;
    return at;
  }
}
