import { type FrameBatch, FrameFlag, FrameKind } from '../../protocol/frames.ts';
import { isBinaryKind } from '../../protocol/guards.ts';
import { Pool } from '../blocks/pool.ts';

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

  constructor(private readonly batch: FrameBatch) {}

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
    this.size = batch.sizes[index] ?? 0;
    if (this.kind >= FrameKind.open || this.flags & (FrameFlag.payloadGone | FrameFlag.pending)) return;
    const pool = isBinaryKind(this.kind) ? Pool.bytes : this.flags & FrameFlag.wide ? Pool.wide : Pool.text;
    this.pool = pool;
    this.start = this.read[pool];
    this.read[pool] += this.length;
  }
}
