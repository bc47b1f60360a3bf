import { utf8Length } from '../../decoders/bytes.ts';
import { parseJson } from '../../decoders/json.ts';
import { parseBase64 } from '../../decoders/parse-bytes.ts';
import { type CloseDetail, FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { Remark } from '../../store/remarks.ts';
import {
  amountIn,
  BadField,
  type Fields,
  isObject,
  oneOf,
  optionalTimeIn,
  textIn,
  timeIn,
} from '../fields.ts';
import type { FileProblemReason, RecordedFrame, RecordingSink } from '../recording.ts';
import {
  DATA_FORMATS,
  DIRECTIONS,
  GAP_REASONS,
  HEADER_TYPE,
  MARK_NAMES,
  MARKS,
  NDJSON_VERSION,
} from './names.ts';
import { readSocketLine } from './read-socket.ts';

const ABSENT = ['gone', 'pending'] as const;

/** Reads NDJSON as it comes in; a line that is not sound is told of, and the next one is read. */
export class NdjsonReader {
  private rest = '';
  private line = 0;
  private readonly sockets = new Set<number>();

  constructor(private readonly sink: RecordingSink) {}

  /** Takes the next piece of the file, of any length. */
  push(text: string): void {
    const lines = text.split('\n');
    lines[0] = this.rest + (lines[0] ?? '');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.readLine(line);
  }

  /** The file is over. There is nothing left to be done step by step. */
  end(): readonly never[] {
    const { rest } = this;
    this.rest = '';
    if (isJson(rest)) this.readLine(rest);
    else if (rest.trim() !== '') this.complain({ code: 'cut-off' }, ++this.line);
    return [];
  }

  private readLine(text: string): void {
    this.line++;
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.complain({ code: 'not-json', column: (parseJson(text).error?.offset ?? 0) + 1 });
      return;
    }
    if (!isObject(value)) return this.complain({ code: 'not-an-object' });
    try {
      this.take(value);
    } catch (error) {
      if (!(error instanceof BadField)) throw error;
      this.complain({ code: 'bad-field', field: error.field });
    }
  }

  private take(fields: Fields): void {
    switch (fields.type) {
      case HEADER_TYPE:
        return this.takeHeader(fields);
      case 'socket':
        return this.takeSocket(fields);
      case 'message':
        return this.takeFrame(readMessageLine(fields), fields);
      case 'open':
        return this.takeFrame({ ...eventOf(fields), kind: FrameKind.open }, fields);
      case 'error':
        return this.takeFrame({ ...eventOf(fields), kind: FrameKind.error }, fields);
      case 'close':
        return this.takeFrame({ ...eventOf(fields), kind: FrameKind.close, close: closeOf(fields) }, fields);
      case 'gap':
        return this.takeFrame(readGapLine(fields), fields);
      case 'unseen':
        return this.takeFrame(readUnseenLine(fields), fields);
      default:
        if (typeof fields.type !== 'string') throw new BadField('type');
        this.complain({ code: 'unknown-type', type: fields.type.slice(0, 40) });
    }
  }

  private takeHeader(fields: Fields): void {
    const version = amountIn(fields, 'version');
    if (version > NDJSON_VERSION) this.complain({ code: 'newer-version', version });
  }

  private takeSocket(fields: Fields): void {
    const socket = readSocketLine(fields);
    this.sockets.add(socket.number);
    this.sink.socket(socket);
  }

  private takeFrame(bare: RecordedFrame, fields: Fields): void {
    const remark = remarkOf(fields);
    const frame = remark ? { ...bare, remark } : bare;
    const isOwned = this.sockets.has(frame.socket) || (frame.socket === 0 && frame.kind === FrameKind.gap);
    if (isOwned) this.sink.frame(frame);
    else this.complain({ code: 'unknown-socket', socket: frame.socket });
  }

  private complain(reason: FileProblemReason, line = this.line): void {
    this.sink.problem({ line, reason });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function eventOf(fields: Fields): Omit<RecordedFrame, 'kind'> {
  const socket = amountIn(fields, 'socket');
  return { socket, flags: 0, time: timeIn(fields, 'time'), size: 0, payload: undefined };
}

function readMessageLine(fields: Fields): RecordedFrame {
  const isSent = oneOf(fields, 'direction', DIRECTIONS) === 'sent';
  const isBinary = oneOf(fields, 'format', DATA_FORMATS) === 'binary';
  const payload = payloadOf(fields, isBinary);
  const stack = textIn(fields, 'stack');
  return {
    ...eventOf(fields),
    kind: isBinary
      ? isSent
        ? FrameKind.sentBinary
        : FrameKind.receivedBinary
      : isSent
        ? FrameKind.sentText
        : FrameKind.receivedText,
    // Contents that were pending when the file was written will not come any more.
    flags: marksOf(fields) | (payload === undefined ? FrameFlag.payloadGone : 0),
    size: payload === undefined ? amountIn(fields, 'length') : sizeOf(payload),
    payload,
    stack: stack === '' ? undefined : stack,
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

function marksOf({ marks }: Fields): number {
  if (marks === undefined) return 0;
  if (!Array.isArray(marks)) throw new BadField('marks');
  return MARK_NAMES.reduce((flags, name) => (marks.includes(name) ? flags | MARKS[name] : flags), 0);
}

function remarkOf({ starred, note }: Fields): Remark | undefined {
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

function readGapLine(fields: Fields): RecordedFrame {
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

function readUnseenLine(fields: Fields): RecordedFrame {
  const isSent = oneOf(fields, 'direction', DIRECTIONS) === 'sent';
  return { ...eventOf(fields), kind: isSent ? FrameKind.unseenSent : FrameKind.unseenReceived };
}
