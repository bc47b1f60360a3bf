import { toBase64 } from '../../decoders/bytes/bytes.ts';
import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { Fields } from '../fields.ts';
import type { RecordedFrame, RecordedSocket } from '../recording.ts';
import { MARK_NAMES, MARKS, READY_STATES } from './names.ts';

/** Fields of a line by their names; its type says which there are. */
export interface RowFields extends Fields {
  readonly type: string;
}

/** What is known about a socket besides its address, by the names of NDJSON. Undefined fields are left out. */
export function socketFields({ record }: RecordedSocket): object {
  const { url, readyState, adopted, isStream, ...rest } = record;
  return {
    ...rest,
    readyState: READY_STATES[readyState],
    adopted: adopted || undefined,
    stream: isStream || undefined,
  };
}

/** A row of the list, by the names of NDJSON, without its socket. Undefined fields are left out. */
export function rowFields(frame: RecordedFrame): RowFields {
  return { ...bareFields(frame), ...remarkFields(frame) };
}

/** The user's star and note on a row. */
export function remarkFields({ remark }: RecordedFrame): object {
  return { starred: remark?.isStarred || undefined, note: remark?.note || undefined };
}

/** How a message was sent, and by which code. */
export function markFields({ flags, stack }: RecordedFrame): object {
  const marks = MARK_NAMES.filter((name) => flags & MARKS[name]);
  return { marks: marks.length > 0 ? marks : undefined, stack };
}

function bareFields(frame: RecordedFrame): RowFields {
  const { kind, time, size, close, gap } = frame;
  switch (kind) {
    case FrameKind.sentText:
    case FrameKind.sentBinary:
      return messageFields(frame, 'sent');
    case FrameKind.receivedText:
    case FrameKind.receivedBinary:
      return messageFields(frame, 'received');
    case FrameKind.open:
      return { type: 'open', time };
    case FrameKind.error:
      return { type: 'error', time };
    case FrameKind.close:
      return { type: 'close', time, ...close };
    case FrameKind.gap:
      return {
        type: 'gap',
        time,
        frames: gap?.frames ?? 0,
        length: size,
        cause: gap?.reason,
        first: gap?.first,
      };
    case FrameKind.unseenSent:
      return { type: 'unseen', time, direction: 'sent' };
    case FrameKind.unseenReceived:
      return { type: 'unseen', time, direction: 'received' };
  }
}

function messageFields(frame: RecordedFrame, direction: 'sent' | 'received'): RowFields {
  const { kind, flags, time, size, payload } = frame;
  const isBinary = kind === FrameKind.sentBinary || kind === FrameKind.receivedBinary;
  return {
    type: 'message',
    time,
    direction,
    format: isBinary ? 'binary' : 'text',
    length: size,
    data: typeof payload === 'string' ? payload : undefined,
    base64: payload instanceof Uint8Array ? toBase64(payload) : undefined,
    missing: payload === undefined ? (flags & FrameFlag.pending ? 'pending' : 'gone') : undefined,
    ...markFields(frame),
  };
}
