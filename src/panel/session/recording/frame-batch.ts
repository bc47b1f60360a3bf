import { joinBytes, utf8Length } from '../../../decoders/bytes/bytes.ts';
import {
  type CloseDetail,
  type FrameBatch,
  FrameFlag,
  FrameKind,
  MAX_PAYLOAD,
} from '../../../protocol/frames.ts';

/** One frame that comes from elsewhere than a page. */
export interface LooseFrame {
  /** As the batch is to name it. */
  readonly socket: number;
  readonly kind: FrameKind;
  /** {@link FrameFlag} bits beside those that the payload makes */
  readonly flags?: number | undefined;
  /** ms since the epoch */
  readonly time: number;
  /** undefined for events, and where it is gone or still to come */
  readonly payload: string | Uint8Array | undefined;
  /** bytes on the wire of a payload that is gone */
  readonly size?: number | undefined;
  readonly stack?: string | undefined;
  readonly close?: CloseDetail | undefined;
}

/** The frames as a page would send them. */
export function batchOfFrames(frames: readonly LooseFrame[], firstSeq: number): FrameBatch {
  const flags = Uint8Array.from(frames, flagsOf);
  const isHere = (index: number) => !((flags[index] ?? 0) & FrameFlag.payloadGone);
  const held = frames.map(({ kind, payload }, index) =>
    kind < FrameKind.open && isHere(index) ? payload : undefined,
  );
  const isWideText = (index: number) => ((flags[index] ?? 0) & FrameFlag.wide) !== 0;
  const texts = held.map((payload) => (typeof payload === 'string' ? payload : ''));
  return {
    firstSeq,
    kinds: Uint8Array.from(frames, ({ kind }) => kind),
    flags,
    sockets: Uint32Array.from(frames, ({ socket }) => socket),
    times: Float64Array.from(frames, ({ time }) => time),
    lengths: Uint32Array.from(held, (payload) => payload?.length ?? 0),
    sizes: Float64Array.from(frames, (frame, index) => sizeOf(frame, held[index])),
    text: texts.filter((_, index) => !isWideText(index)).join(''),
    wide: texts.filter((_, index) => isWideText(index)).join(''),
    bytes: joinBytes(held.filter((payload) => payload instanceof Uint8Array)),
    details: frames.flatMap(({ stack, close }, row) => (stack || close ? [{ row, stack, close }] : [])),
  };
}

/** bytes on the wire */
function sizeOf({ kind, payload, size }: LooseFrame, held: string | Uint8Array | undefined): number {
  if (kind >= FrameKind.open) return 0;
  if (held === undefined) return size ?? payload?.length ?? 0;
  return typeof held === 'string' ? utf8Length(held) : held.length;
}

function flagsOf({ kind, payload, flags = 0 }: LooseFrame): number {
  if (kind >= FrameKind.open) return flags;
  if (payload === undefined && flags & FrameFlag.pending) return flags;
  if (payload === undefined || payload.length > MAX_PAYLOAD) return flags | FrameFlag.payloadGone;
  return typeof payload === 'string' && /[\u0100-\uffff]/.test(payload) ? flags | FrameFlag.wide : flags;
}
