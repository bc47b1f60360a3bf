import { type FrameBatch, type FrameDetail, FrameFlag, FrameKind } from '../../protocol/frames.ts';
import { BATCH_BYTES, BATCH_FRAMES } from '../natives/limits.ts';
import {
  append,
  NativeFloat64Array,
  NativeUint8Array,
  NativeUint32Array,
  regExpExec,
  setBytes,
} from '../natives/natives.ts';
import { isAscii, WIDE } from '../natives/utf8.ts';
import { isBytes } from './payload.ts';
import { countedWireSize, type Entry } from './ring.ts';
import { formatStack } from './stack.ts';

/** A batch, what carrying it costs (bytes, roughly), and the first entry that is not in it. */
export interface Packed {
  readonly batch: FrameBatch;
  readonly frames: number;
  readonly bytes: number;
  readonly following: Entry | undefined;
}

interface Extent {
  readonly frames: number;
  readonly binary: number;
  readonly bytes: number;
  /** All texts, one after the other; empty unless all of them are ASCII. */
  readonly plain: string;
}

/** Packs as many entries as one batch takes, from `first` on. */
export function pack(first: Entry): Packed {
  const { frames, binary, bytes, plain } = measure(first);
  const kinds = new NativeUint8Array(frames);
  const flags = new NativeUint8Array(frames);
  const sockets = new NativeUint32Array(frames);
  const times = new NativeFloat64Array(frames);
  const lengths = new NativeUint32Array(frames);
  const sizes = new NativeFloat64Array(frames);
  const pool = new NativeUint8Array(binary);
  const details: FrameDetail[] = [];
  let text = plain;
  let wide = '';
  let filled = 0;
  let entry: Entry | undefined = first;
  for (let row = 0; row < frames && entry; row++, entry = entry.later) {
    const { kind, payload, inline } = entry;
    kinds[row] = kind;
    flags[row] = entry.flags;
    sockets[row] = entry.tap.id;
    times[row] = entry.time;
    lengths[row] = inline;
    if (isStreamed(entry)) {
      flags[row] = entry.flags | FrameFlag.pending;
    } else if (typeof payload === 'string') {
      if (plain) {
        entry.wireSize = inline;
      } else if (regExpExec(WIDE, payload)) {
        flags[row] = entry.flags | FrameFlag.wide;
        wide += payload;
      } else {
        text += payload;
      }
    } else if (isBytes(payload)) {
      setBytes(pool, payload, filled);
      filled += inline;
    } else if (kind < FrameKind.open && typeof payload !== 'object') {
      flags[row] = entry.flags | FrameFlag.payloadGone;
    }
    // Whoever lets the frame go needs it too, and then need not count again.
    sizes[row] = entry.wireSize = countedWireSize(entry);
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
  return { batch, frames, bytes, following: entry };
}

/** True if the contents follow in messages of their own. */
export function isStreamed({ held, inline }: Entry): boolean {
  return held > inline;
}

function measure(first: Entry): Extent {
  let frames = 0;
  let binary = 0;
  let bytes = 0;
  let joined = '';
  for (let entry: Entry | undefined = first; entry && frames < BATCH_FRAMES; entry = entry.later) {
    const { inline, payload } = entry;
    if (frames > 0 && bytes + inline > BATCH_BYTES) break;
    frames++;
    bytes += inline;
    if (isBytes(payload)) binary += inline;
    else if (inline) joined += payload;
  }
  // Asked once, because to ask for each text takes twice as long.
  return { frames, binary, bytes, plain: isAscii(joined) ? joined : '' };
}
