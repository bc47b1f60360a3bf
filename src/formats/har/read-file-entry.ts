import { utf8Length } from '../../decoders/bytes.ts';
import { type CloseDetail, FrameFlag, FrameKind } from '../../protocol/frames.ts';
import { ReadyState } from '../../protocol/sockets.ts';
import type { Remark } from '../../store/remarks.ts';
import { type Fields, isObject } from '../fields.ts';
import type { RecordedFrame, RecordedSocket } from '../recording.ts';
import {
  headerOf,
  type LoggedMessage,
  type LoggedSocket,
  readMessage,
  readSocketEntry,
} from './read-entry.ts';

interface FieldText {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

type Parse = (text: string, line: number, column: number) => unknown;

/** As seconds that would be the year 5138, as ms it is 1973. Chrome writes seconds, Playwright ms. */
const FIRST_MILLISECONDS = 1e11;

/** With what a person has said of it. */
type RemarkedMessage = LoggedMessage & { readonly remark: Remark | undefined };

/** One entry of a file, gathered piece by piece: messages can come before what says that it is a socket's. */
export class HarEntry {
  private readonly fields = new Map<string, FieldText>();
  private readonly messages: RemarkedMessage[] = [];
  private lastRaw: unknown = undefined;

  addField(key: string, text: string, line: number, column: number): void {
    this.fields.set(key, { text, line, column });
  }

  /** @returns false if a message of it cannot be read; control frames are no messages, and pass */
  addMessage(value: unknown): boolean {
    const message = readMessage(value);
    this.lastRaw = value;
    if (!message) return isObject(value);
    this.messages.push({ ...message, time: timeOf(value), remark: remarkOf(value) });
    return message.payload !== undefined;
  }

  /** The socket and its rows; undefined if the entry is not one of a socket. */
  read(number: number, parse: Parse): { socket: RecordedSocket; frames: RecordedFrame[] } | undefined {
    const entry = this.parseFields(parse);
    const logged = entry && readSocketEntry(entry, ' ');
    if (!entry || !logged) return undefined;
    const frames = this.framesOf(number, entry, logged);
    const createdAt = logged.startedAt ?? frames[0]?.time ?? 0;
    const { handshake } = logged;
    return {
      socket: {
        number,
        documentUrl: typeof entry.pageref === 'string' ? entry.pageref : '',
        record: {
          url: logged.url,
          readyState: ReadyState.closed,
          protocol: headerOf(handshake.responseHeaders, 'sec-websocket-protocol'),
          extensions: headerOf(handshake.responseHeaders, 'sec-websocket-extensions'),
          binaryType: '',
          createdAt,
          openedAt: frames.find(({ kind }) => kind === FrameKind.open)?.time,
          closedAt: frames.find(({ kind }) => kind === FrameKind.close)?.time,
          close: closeOf(entry._close),
          adopted: false,
        },
        handshake,
      },
      frames,
    };
  }

  /** Nothing but the request is parsed of what is no socket's. */
  private parseFields(parse: Parse): Fields | undefined {
    const field = (name: string) => {
      const found = this.fields.get(name);
      return found && parse(found.text, found.line, found.column);
    };
    const request = field('request');
    const url = isObject(request) ? request.url : undefined;
    if (typeof url !== 'string' || !/^wss?:/i.test(url)) return undefined;
    const names = ['response', 'startedDateTime', 'time', 'timings', 'pageref', '_initiator', '_close'];
    const rest = Object.fromEntries(names.map((name) => [name, field(name)]));
    return { ...rest, request, _webSocketMessages: this.lastRaw === undefined ? [] : [this.lastRaw] };
  }

  private framesOf(socket: number, entry: Fields, logged: LoggedSocket): RecordedFrame[] {
    const { startedAt, endedAt } = logged;
    const messages = this.messages;
    const start = startedAt ?? messages.find(({ time }) => time > 0)?.time ?? 0;
    const frames: RecordedFrame[] = [];
    const event = { socket, flags: 0, size: 0, payload: undefined };
    if (logged.handshake.status === 101 || messages.some(({ type }) => type !== 'error')) {
      const opened = start + latencyOf(entry.timings);
      const first = messages.find(({ time }) => time > 0)?.time ?? opened;
      frames.push({ ...event, kind: FrameKind.open, time: Math.max(start, Math.min(opened, first)) });
    }
    for (const message of messages) {
      // Playwright can be told to leave times out.
      const time = message.time > 0 ? message.time : (frames.at(-1)?.time ?? start);
      const { remark } = message;
      const frame = frameOf(socket, message, time);
      frames.push(remark ? { ...frame, remark } : frame);
    }
    const closed = startedAt === undefined ? undefined : endedAt;
    if (closed !== undefined) {
      const close = closeOf(entry._close);
      const time = Math.max(closed, frames.at(-1)?.time ?? closed);
      frames.push({ ...event, kind: FrameKind.close, time, close });
    }
    return frames;
  }
}

function frameOf(socket: number, { type, payload }: LoggedMessage, time: number): RecordedFrame {
  if (type === 'error') return { socket, kind: FrameKind.error, flags: 0, time, size: 0, payload: undefined };
  const isText = typeof payload === 'string';
  const sent = isText ? FrameKind.sentText : FrameKind.sentBinary;
  const received = isText ? FrameKind.receivedText : FrameKind.receivedBinary;
  return {
    socket,
    kind: type === 'send' ? sent : received,
    flags: payload === undefined ? FrameFlag.payloadGone : 0,
    time,
    size: isText ? utf8Length(payload) : (payload?.length ?? 0),
    payload,
  };
}

/** Ours alone, too. */
function remarkOf(message: unknown): Remark | undefined {
  if (!isObject(message)) return undefined;
  const { _starred, _note } = message;
  if (_starred !== true && typeof _note !== 'string') return undefined;
  return { isStarred: _starred === true, note: typeof _note === 'string' ? _note : '' };
}

/** ms since the epoch; 0 where there is none */
function timeOf(message: unknown): number {
  const time = isObject(message) ? message.time : undefined;
  if (typeof time !== 'number' || !(time > 0 && time < 8.64e15)) return 0;
  return time < FIRST_MILLISECONDS ? time * 1000 : time;
}

/** ms from the beginning of a request to its answer */
function latencyOf(timings: unknown): number {
  if (!isObject(timings)) return 0;
  const parts = [timings.blocked, timings.dns, timings.connect, timings.send, timings.wait];
  return parts.reduce<number>(
    (sum, part) => (typeof part === 'number' && part > 0 && part < 1e9 ? sum + part : sum),
    0,
  );
}

/** Ours alone: HAR has no place for it. */
function closeOf(value: unknown): CloseDetail | undefined {
  if (!isObject(value) || typeof value.code !== 'number') return undefined;
  const { code, reason, wasClean } = value;
  return { code, reason: typeof reason === 'string' ? reason : '', wasClean: wasClean === true };
}
