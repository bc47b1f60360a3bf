import { type FrameBatch, type FrameDetail, FrameFlag, FrameKind } from '../../../src/protocol/frames.ts';
import type { SocketRecord } from '../../../src/protocol/sockets.ts';

/** One frame as a test writes it. What is left out is of no matter to the test. */
export interface PlainFrame {
  readonly kind?: FrameKind;
  readonly payload?: string | Uint8Array | undefined;
  readonly flags?: number;
  readonly socket?: number;
  readonly time?: number;
  readonly size?: number;
  readonly detail?: Omit<FrameDetail, 'row'>;
}

/** One frame as a batch describes it. */
export interface UnpackedFrame {
  readonly seq: number;
  readonly kind: number;
  readonly flags: number;
  readonly socket: number;
  readonly time: number;
  readonly size: number;
  /** undefined where no pool holds it */
  readonly payload: string | Uint8Array | undefined;
  readonly detail: FrameDetail | undefined;
}

function kindOf({ kind, payload }: PlainFrame): FrameKind {
  return kind ?? (payload instanceof Uint8Array ? FrameKind.receivedBinary : FrameKind.receivedText);
}

function isWide(payload: unknown): payload is string {
  return typeof payload === 'string' && /[\u0100-\uffff]/.test(payload);
}

function wireSize(payload: string | Uint8Array | undefined): number {
  return typeof payload === 'string' ? Buffer.byteLength(payload) : (payload?.length ?? 0);
}

/** The batch in which a page would send these frames. */
export function batchOf(frames: readonly PlainFrame[], firstSeq = 1): FrameBatch {
  const texts = frames.map(({ payload }) => (typeof payload === 'string' ? payload : ''));
  const parts = frames.map(({ payload }) => (payload instanceof Uint8Array ? payload : new Uint8Array()));
  return {
    firstSeq,
    kinds: Uint8Array.from(frames, kindOf),
    flags: Uint8Array.from(
      frames,
      ({ flags = 0, payload }) => flags | (isWide(payload) ? FrameFlag.wide : 0),
    ),
    sockets: Uint32Array.from(frames, ({ socket = 1 }) => socket),
    times: Float64Array.from(frames, ({ time = 0 }) => time),
    lengths: Uint32Array.from(frames, ({ payload }) => payload?.length ?? 0),
    sizes: Float64Array.from(frames, ({ payload, size = wireSize(payload) }) => size),
    text: texts.filter((text) => !isWide(text)).join(''),
    wide: texts.filter(isWide).join(''),
    bytes: Uint8Array.from(parts.flatMap((part) => [...part])),
    details: frames.flatMap(({ detail }, row) => (detail ? [{ row, ...detail }] : [])),
  };
}

/** Reads a batch by the words of its definition in `protocol/frames.ts`. */
export function unpack(batch: FrameBatch): UnpackedFrame[] {
  const at = { text: 0, wide: 0, bytes: 0 };
  return Array.from(batch.kinds, (kind, row) => {
    const flags = batch.flags[row] ?? 0;
    const length = batch.lengths[row] ?? 0;
    const isAbsent = kind >= FrameKind.open || (flags & (FrameFlag.pending | FrameFlag.payloadGone)) !== 0;
    const pool = kind % 2 === 1 ? 'bytes' : flags & FrameFlag.wide ? 'wide' : 'text';
    const start = at[pool];
    if (!isAbsent) at[pool] += length;
    return {
      seq: batch.firstSeq + row,
      kind,
      flags,
      socket: batch.sockets[row] ?? 0,
      time: batch.times[row] ?? 0,
      size: batch.sizes[row] ?? 0,
      payload: isAbsent ? undefined : batch[pool].slice(start, start + length),
      detail: batch.details.find((detail) => detail.row === row),
    };
  });
}

const PLAIN_SOCKET: SocketRecord = {
  id: 1,
  url: 'wss://example.test/feed',
  readyState: 1,
  protocol: '',
  extensions: '',
  binaryType: 'blob',
  bufferedAmount: 0,
  createdAt: 0,
  adopted: false,
};

export function socketRecord(parts: Partial<SocketRecord> = {}): SocketRecord {
  return { ...PLAIN_SOCKET, ...parts };
}
