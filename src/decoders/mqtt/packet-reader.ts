/** Thrown when a packet ends too early or contains something that is not allowed. */
export class MalformedPacket extends Error {}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of the longest variable byte integer. */
const LONGEST_INTEGER = 4;

/**
 * Reads MQTT values one after the other. Throws {@link MalformedPacket} if there is none left.
 * @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 1.5, data representation
 */
export class PacketReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isOver(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new MalformedPacket();
    this.at++;
    return byte;
  }

  /** 1.5.2 */
  twoBytes(): number {
    return this.byte() * 256 + this.byte();
  }

  /** 1.5.3 */
  fourBytes(): number {
    return this.twoBytes() * 65_536 + this.twoBytes();
  }

  /** 1.5.5: seven bits a byte, the lowest first. */
  integer(): number {
    let value = 0;
    for (let index = 0; index < LONGEST_INTEGER; index++) {
      const byte = this.byte();
      value += (byte & 127) * 128 ** index;
      if (byte < 128) return value;
    }
    throw new MalformedPacket();
  }

  /** 1.5.4 */
  text(): string {
    try {
      return UTF8.decode(this.binary());
    } catch {
      throw new MalformedPacket();
    }
  }

  /** 1.5.6 */
  binary(): Uint8Array {
    return this.take(this.twoBytes());
  }

  /** A reader of the next so many bytes alone. */
  within(length: number): PacketReader {
    return new PacketReader(this.take(length));
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at);
  }

  private take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new MalformedPacket();
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }
}
