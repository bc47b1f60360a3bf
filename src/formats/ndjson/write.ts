import { toBase64 } from '../../decoders/bytes.ts';
import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { RecordedFrame, RecordedSocket } from '../recording.ts';
import { HEADER_TYPE, MARK_NAMES, MARKS, NDJSON_VERSION, READY_STATES } from './names.ts';

// Each function gives one line with its end. `JSON.stringify` escapes lone surrogates and leaves undefined fields out.

/** @param time ms since the epoch at which it is written */
export function ndjsonHeader(program: string, time: number): string {
  return line({
    type: HEADER_TYPE,
    version: NDJSON_VERSION,
    writtenBy: program,
    writtenAt: new Date(time).toISOString(),
  });
}

export function ndjsonSocket({ number, documentUrl, record, handshake }: RecordedSocket): string {
  const { readyState, adopted, isStream, ...rest } = record;
  return line({
    type: 'socket',
    socket: number,
    document: documentUrl,
    ...rest,
    readyState: READY_STATES[readyState],
    adopted: adopted || undefined,
    stream: isStream || undefined,
    handshake,
  });
}

export function ndjsonFrame(frame: RecordedFrame): string {
  const { socket, kind, time, size, close, gap } = frame;
  switch (kind) {
    case FrameKind.sentText:
    case FrameKind.sentBinary:
      return message(frame, 'sent');
    case FrameKind.receivedText:
    case FrameKind.receivedBinary:
      return message(frame, 'received');
    case FrameKind.open:
      return frameLine(frame, { type: 'open', socket, time });
    case FrameKind.error:
      return frameLine(frame, { type: 'error', socket, time });
    case FrameKind.close:
      return frameLine(frame, { type: 'close', socket, time, ...close });
    case FrameKind.gap:
      return frameLine(frame, {
        type: 'gap',
        socket: socket || undefined,
        time,
        frames: gap?.frames ?? 0,
        length: size,
        cause: gap?.reason,
        first: gap?.first,
      });
    case FrameKind.unseenSent:
      return frameLine(frame, { type: 'unseen', socket, time, direction: 'sent' });
    case FrameKind.unseenReceived:
      return frameLine(frame, { type: 'unseen', socket, time, direction: 'received' });
  }
}

function message(frame: RecordedFrame, direction: 'sent' | 'received'): string {
  const { socket, kind, flags, time, size, payload, stack } = frame;
  const isBinary = kind === FrameKind.sentBinary || kind === FrameKind.receivedBinary;
  const marks = MARK_NAMES.filter((name) => flags & MARKS[name]);
  return frameLine(frame, {
    type: 'message',
    socket,
    time,
    direction,
    format: isBinary ? 'binary' : 'text',
    length: size,
    data: typeof payload === 'string' ? payload : undefined,
    base64: payload instanceof Uint8Array ? toBase64(payload) : undefined,
    missing: payload === undefined ? (flags & FrameFlag.pending ? 'pending' : 'gone') : undefined,
    marks: marks.length > 0 ? marks : undefined,
    stack,
  });
}

/** Of all lines that are rows of the list. */
function frameLine({ remark }: RecordedFrame, value: object): string {
  return line({ ...value, starred: remark?.isStarred || undefined, note: remark?.note || undefined });
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
