import { type FrameBatch, type FrameDetail, FrameFlag, FrameKind, MAX_PAYLOAD } from '../protocol/frames.ts';
import {
  append,
  blobSize,
  NativeFloat64Array,
  NativeUint8Array,
  NativeUint32Array,
  setBytes,
  viewByteLength,
} from './natives.ts';
import type { Entry } from './ring.ts';
import { formatStack } from './stack.ts';
import { isAscii, isWide } from './utf8.ts';

/** A batch ends before the frame that would take it past one of these; a single frame may be larger. */
const BATCH_FRAMES = 4096;
const BATCH_BYTES = 1024 * 1024;

/** A batch, what carrying it costs (bytes, roughly), and the first entry that is not in it. */
export interface Packed {
  readonly batch: FrameBatch;
  readonly frames: number;
  readonly bytes: number;
  readonly rest: Entry | undefined;
}

interface Extent {
  readonly frames: number;
  readonly binary: number;
  readonly bytes: number;
}

/** Packs as many entries as one batch takes, from `first` on. */
export function pack(first: Entry): Packed {
  const { frames, binary, bytes } = measure(first);
  const kinds = new NativeUint8Array(frames);
  const flags = new NativeUint8Array(frames);
  const sockets = new NativeUint32Array(frames);
  const times = new NativeFloat64Array(frames);
  const lengths = new NativeUint32Array(frames);
  const sizes = new NativeFloat64Array(frames);
  const pool = new NativeUint8Array(binary);
  const details: FrameDetail[] = [];
  let text = '';
  let wide = '';
  let filled = 0;
  let entry: Entry | undefined = first;
  for (let row = 0; row < frames && entry; row++, entry = entry.next) {
    const { kind, payload } = entry;
    kinds[row] = kind;
    flags[row] = entry.flags;
    sockets[row] = entry.tap.id;
    times[row] = entry.time;
    switch (payload?.type) {
      case 'text':
        lengths[row] = payload.text.length;
        if (isAscii(payload.text)) {
          entry.wireSize = payload.text.length;
          text += payload.text;
        } else if (isWide(payload.text)) {
          flags[row] = entry.flags | FrameFlag.wide;
          wide += payload.text;
        } else {
          text += payload.text;
        }
        break;
      case 'bytes':
        lengths[row] = viewByteLength(payload.bytes);
        setBytes(pool, payload.bytes, filled);
        filled += viewByteLength(payload.bytes);
        break;
      case 'blob':
        sizes[row] = blobSize(payload.blob);
        flags[row] = entry.flags | (isReadable(payload.blob) ? FrameFlag.pending : FrameFlag.payloadGone);
        break;
      case 'gone':
        sizes[row] = payload.size;
        flags[row] = entry.flags | FrameFlag.payloadGone;
        break;
      default:
        if (kind <= FrameKind.receivedBinary) flags[row] = entry.flags | FrameFlag.payloadGone;
    }
    const stack = formatStack(entry.stack);
    if (stack !== undefined || entry.close) append(details, { row, stack, close: entry.close });
  }
  const batch: FrameBatch = {
    firstSeq: first.seq,
    kinds,
    flags,
    sockets,
    times,
    lengths,
    sizes,
    text,
    wide,
    bytes: pool,
    details,
  };
  return { batch, frames, bytes, rest: entry };
}

/** True if the Blob is small enough for its contents to be carried. */
export function isReadable(blob: Blob): boolean {
  return blobSize(blob) <= MAX_PAYLOAD;
}

function measure(first: Entry): Extent {
  let frames = 0;
  let binary = 0;
  let bytes = 0;
  for (let entry: Entry | undefined = first; entry && frames < BATCH_FRAMES; entry = entry.next) {
    const { held } = entry;
    if (frames > 0 && bytes + held > BATCH_BYTES) break;
    frames++;
    bytes += held;
    if (entry.payload?.type === 'bytes') binary += held;
  }
  return { frames, binary, bytes };
}
