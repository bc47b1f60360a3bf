import { utf8Length } from '../decoders/bytes.ts';
import { type FrameBatch, FrameFlag, FrameKind } from '../protocol/frames.ts';
import { isBinaryKind } from '../protocol/guards.ts';
import { Pool } from './blocks.ts';

const ENCODER = new TextEncoder();
let scratch = new Uint8Array();
/** Units of the longest text that is looked at with {@link scratch}. */
const MOST = 2 * 1024 * 1024;

/** Only ASCII has as many bytes of UTF-8 as units. To encode it takes a tenth of the time that a regular expression does. */
function isAscii(text: string): boolean {
  const { length } = text;
  if (length > MOST) return !/[\u0080-\uffff]/.test(text);
  if (scratch.length < length) scratch = new Uint8Array(length);
  return ENCODER.encodeInto(text, scratch.subarray(0, length)).read === length;
}

/** Walks through a batch and its pools side by side. */
export class BatchReader {
  kind: FrameKind = FrameKind.gap;
  /** `FrameFlag` bits */
  flags = 0;
  /** bytes on the wire */
  size = 0;
  /** units of the payload; 0 for none */
  length = 0;
  pool: Pool = Pool.text;
  /** unit of the pool at which the payload starts */
  start = 0;
  /** Units read of each pool. */
  readonly read: [text: number, wide: number, bytes: number] = [0, 0, 0];
  private next = 0;
  /** Text of one byte a character: code units are bytes on the wire. */
  private readonly isAscii: boolean;

  constructor(private readonly batch: FrameBatch) {
    this.isAscii = isAscii(batch.text);
  }

  /** Index of the frame that is read next. */
  get index(): number {
    return this.next;
  }

  advance(): void {
    const { batch } = this;
    const index = this.next++;
    this.kind = (batch.kinds[index] ?? FrameKind.gap) as FrameKind;
    this.flags = batch.flags[index] ?? 0;
    this.length = batch.lengths[index] ?? 0;
    if (this.kind >= FrameKind.open || this.flags & (FrameFlag.payloadGone | FrameFlag.pending)) {
      this.size = batch.sizes[index] ?? 0;
      return;
    }
    const pool = isBinaryKind(this.kind) ? Pool.bytes : this.flags & FrameFlag.wide ? Pool.wide : Pool.text;
    this.pool = pool;
    this.start = this.read[pool];
    this.read[pool] += this.length;
    this.size = this.sizeOnWire();
  }

  private sizeOnWire(): number {
    const { batch, start, length } = this;
    switch (this.pool) {
      case Pool.bytes:
        return length;
      case Pool.wide:
        return utf8Length(batch.wide.slice(start, start + length));
      case Pool.text:
        return this.isAscii ? length : utf8Length(batch.text.slice(start, start + length));
    }
  }
}
