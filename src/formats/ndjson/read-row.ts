import { utf8Length } from '../../decoders/bytes/bytes.ts';
import { parseBase64 } from '../../decoders/bytes/parse.ts';
import { type CloseDetail, FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { Remark } from '../../store/rows/remarks.ts';
import { amountIn, BadField, type Fields, oneOf, optionalTimeIn, textIn, timeIn } from '../fields.ts';
import type { RecordedFrame } from '../recording.ts';
import { DATA_FORMATS, DIRECTIONS, GAP_REASONS, MARK_NAMES, MARKS } from './names.ts';

const ABSENT = ['gone', 'pending'] as const;

/**
 * A row of the list as a line of NDJSON, or a HAR of ours, has it; undefined if it is of a type that this version does not know.
 * @throws {BadField} if a field is invalid
 */
export function readRow(fields: Fields): RecordedFrame | undefined {
  const row = bareRow(fields);
  const remark = row && remarkOf(fields);
  return remark ? { ...row, remark } : row;
}

function bareRow(fields: Fields): RecordedFrame | undefined {
  switch (fields.type) {
    case 'message':
      return readMessage(fields);
    case 'open':
      return { ...eventOf(fields), kind: FrameKind.open };
    case 'error':
      return { ...eventOf(fields), kind: FrameKind.error };
    case 'close':
      return { ...eventOf(fields), kind: FrameKind.close, close: closeOf(fields) };
    case 'gap':
      return readGap(fields);
    case 'unseen':
      return readUnseen(fields);
    default:
      if (typeof fields.type !== 'string') throw new BadField('type');
      return undefined;
  }
}

function eventOf(fields: Fields): Omit<RecordedFrame, 'kind'> {
  const socket = amountIn(fields, 'socket');
  return { socket, flags: 0, time: timeIn(fields, 'time'), size: 0, payload: undefined };
}

function readMessage(fields: Fields): RecordedFrame {
  const isSent = oneOf(fields, 'direction', DIRECTIONS) === 'sent';
  const isBinary = oneOf(fields, 'format', DATA_FORMATS) === 'binary';
  const payload = payloadOf(fields, isBinary);
  return {
    ...eventOf(fields),
    kind: isBinary
      ? isSent
        ? FrameKind.sentBinary
        : FrameKind.receivedBinary
      : isSent
        ? FrameKind.sentText
        : FrameKind.receivedText,
    // Contents that were pending when the file was written will never arrive.
    flags: marksOf(fields) | (payload === undefined ? FrameFlag.payloadGone : 0),
    size: payload === undefined ? amountIn(fields, 'length') : sizeOf(payload),
    payload,
    stack: stackOf(fields),
  };
}

function payloadOf(fields: Fields, isBinary: boolean): string | Uint8Array | undefined {
  if (fields.missing !== undefined) {
    oneOf(fields, 'missing', ABSENT);
    return undefined;
  }
  if (!isBinary) {
    if (typeof fields.data !== 'string') throw new BadField('data');
    return fields.data;
  }
  const parsed = typeof fields.base64 === 'string' ? parseBase64(fields.base64) : undefined;
  if (!parsed?.ok) throw new BadField('base64');
  return parsed.bytes;
}

function sizeOf(payload: string | Uint8Array): number {
  return typeof payload === 'string' ? utf8Length(payload) : payload.length;
}

/** The `marks` of a message as {@link FrameFlag} bits. */
export function marksOf({ marks }: Fields): number {
  if (marks === undefined) return 0;
  if (!Array.isArray(marks)) throw new BadField('marks');
  return MARK_NAMES.reduce((flags, name) => (marks.includes(name) ? flags | MARKS[name] : flags), 0);
}

/** The call stack that sent a message; undefined if it is unknown. */
export function stackOf(fields: Fields): string | undefined {
  return textIn(fields, 'stack') || undefined;
}

/** The user's star and note on a row; undefined if there are none. */
export function remarkOf({ starred, note }: Fields): Remark | undefined {
  if (starred === undefined && note === undefined) return undefined;
  if (starred !== undefined && typeof starred !== 'boolean') throw new BadField('starred');
  if (note !== undefined && typeof note !== 'string') throw new BadField('note');
  return { isStarred: starred === true, note: note ?? '' };
}

function closeOf(fields: Fields): CloseDetail | undefined {
  if (fields.code === undefined) return undefined;
  return {
    code: amountIn(fields, 'code'),
    reason: textIn(fields, 'reason'),
    wasClean: fields.wasClean === true,
  };
}

function readGap(fields: Fields): RecordedFrame {
  const size = amountIn(fields, 'length');
  const gap = {
    frames: amountIn(fields, 'frames'),
    bytes: size,
    reason: oneOf(fields, 'cause', GAP_REASONS),
    first: fields.first === undefined ? undefined : amountIn(fields, 'first'),
  };
  const socket = fields.socket === undefined ? 0 : amountIn(fields, 'socket');
  const time = optionalTimeIn(fields, 'time') ?? 0;
  return { socket, kind: FrameKind.gap, flags: 0, time, size, payload: undefined, gap };
}

function readUnseen(fields: Fields): RecordedFrame {
  const isSent = oneOf(fields, 'direction', DIRECTIONS) === 'sent';
  return { ...eventOf(fields), kind: isSent ? FrameKind.unseenSent : FrameKind.unseenReceived };
}
