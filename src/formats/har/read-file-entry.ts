import { utf8Length } from '../../decoders/bytes/bytes.ts';
import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import { ReadyState } from '../../protocol/sockets.ts';
import { BadField, type Fields, isObject } from '../fields.ts';
import { headerOf } from '../handshake.ts';
import type { RecordedFrame, RecordedSocket } from '../recording.ts';
import {
  interleaved,
  OWN_SOCKET,
  type OwnMessage,
  type OwnRow,
  type OwnSocket,
  readOwnMessage,
  readOwnRow,
  readOwnSocket,
} from './own-fields.ts';
import { type LoggedMessage, type LoggedSocket, readMessage, readSocketEntry } from './read-entry.ts';

interface FieldText {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

type Parse = (text: string, line: number, column: number) => unknown;

/** In seconds this would be the year 5138, in ms it is 1973. Chrome writes seconds, Playwright ms. */
const FIRST_MILLISECONDS = 1e11;

/** Close, ping and pong, and continuations, which no program writes as messages. https://www.rfc-editor.org/rfc/rfc6455#section-11.8 */
const CONTROL_OPCODES: readonly number[] = [0, 8, 9, 10];

/** A message of the file, with its position there. */
interface PlacedMessage extends LoggedMessage {
  readonly index: number;
  readonly own: OwnMessage;
}

/** One entry of a file, collected piece by piece: its messages can precede the fields that show that it is a socket's. */
export class HarEntry {
  private readonly fields = new Map<string, FieldText>();
  private readonly messages: PlacedMessage[] = [];
  private readonly rows: OwnRow[] = [];
  private lastRaw: unknown = undefined;
  private seen = 0;

  /** @param number of the socket in the file, if it is one */
  constructor(private readonly number: number) {}

  addField(key: string, text: string, line: number, column: number): void {
    this.fields.set(key, { text, line, column });
  }

  /**
   * Adds a message; control frames are ignored.
   * @throws {BadField} if a part of it cannot be read; the rest of a message is added nevertheless
   */
  addMessage(value: unknown): void {
    const index = this.seen++;
    const message = readMessage(value);
    this.lastRaw = value;
    if (!message) return expectControlFrame(value);
    const placed = { ...message, time: timeOf(value), index };
    try {
      this.messages.push({ ...placed, own: readOwnMessage(value) });
    } catch (error) {
      this.messages.push({ ...placed, own: { flags: 0 } });
      throw error;
    }
    if (message.payload === undefined) throw new BadField('data');
    if (!hasTime(value)) throw new BadField('time');
  }

  /** @throws {BadField} if it cannot be read */
  addRow(value: unknown): void {
    this.rows.push(readOwnRow(value, this.number));
  }

  /** The socket and its rows; undefined if the entry is not one of a socket. */
  read(
    parse: Parse,
    onBadField: (error: BadField, line: number) => void,
  ): { socket: RecordedSocket; frames: RecordedFrame[] } | undefined {
    const entry = this.parseFields(parse);
    const logged = entry && readSocketEntry(entry, ' ');
    if (!entry || !logged) return undefined;
    const own = this.ownSocket(entry, logged.url, onBadField);
    const frames = this.framesOf(entry, logged, own !== undefined);
    const { number } = this;
    const documentUrl = typeof entry.pageref === 'string' ? entry.pageref : '';
    const { handshake } = logged;
    if (own) {
      const { record, isWithoutHandshake } = own;
      const known = isWithoutHandshake ? undefined : handshake;
      return { socket: { number, documentUrl, record, handshake: known }, frames };
    }
    const createdAt = logged.startedAt ?? frames[0]?.time ?? 0;
    return {
      socket: {
        number,
        documentUrl,
        record: {
          url: logged.url,
          readyState: ReadyState.closed,
          protocol: headerOf(handshake.responseHeaders, 'sec-websocket-protocol'),
          extensions: headerOf(handshake.responseHeaders, 'sec-websocket-extensions'),
          binaryType: '',
          createdAt,
          openedAt: frames.find(({ kind }) => kind === FrameKind.open)?.time,
          closedAt: frames.find(({ kind }) => kind === FrameKind.close)?.time,
          adopted: false,
        },
        handshake,
      },
      frames,
    };
  }

  /** The fields that Framescope has written itself; undefined if there are none or they are invalid. */
  private ownSocket(
    entry: Fields,
    url: string,
    onBadField: (error: BadField, line: number) => void,
  ): OwnSocket | undefined {
    const value = entry[OWN_SOCKET];
    if (value === undefined) return undefined;
    try {
      return readOwnSocket(value, url);
    } catch (error) {
      if (!(error instanceof BadField)) throw error;
      onBadField(error, this.fields.get(OWN_SOCKET)?.line ?? 1);
      return undefined;
    }
  }

  /** Parses the fields that are needed. Of an entry that is not a socket's, only the request is parsed. */
  private parseFields(parse: Parse): Fields | undefined {
    const field = (name: string) => {
      const found = this.fields.get(name);
      return found && parse(found.text, found.line, found.column);
    };
    const request = field('request');
    const url = isObject(request) ? request.url : undefined;
    if (typeof url !== 'string' || !/^wss?:/i.test(url)) return undefined;
    const names = ['response', 'startedDateTime', 'time', 'timings', 'pageref', '_initiator', OWN_SOCKET];
    const rest = Object.fromEntries(names.map((name) => [name, field(name)]));
    return { ...rest, request, _webSocketMessages: this.lastRaw === undefined ? [] : [this.lastRaw] };
  }

  /** @param isOwn Framescope wrote the entry, so it has rows for its open and close events */
  private framesOf(entry: Fields, logged: LoggedSocket, isOwn: boolean): RecordedFrame[] {
    const { startedAt, endedAt } = logged;
    const { messages, number } = this;
    const start = startedAt ?? messages.find(({ time }) => time > 0)?.time ?? 0;
    const hasOwnRows = isOwn || this.rows.length > 0;
    const opening = hasOwnRows ? undefined : this.openingOf(entry, logged, start);
    // Playwright can be told to leave times out.
    let last = opening?.time ?? start;
    const placed = messages.map((message) => {
      if (message.time > 0) last = message.time;
      return { index: message.index, frame: frameOf(number, message, last) };
    });
    const frames = interleaved(placed, this.rows);
    if (opening) frames.unshift(opening);
    if (!hasOwnRows && startedAt !== undefined && endedAt !== undefined) {
      const time = Math.max(endedAt, frames.at(-1)?.time ?? endedAt);
      frames.push({ ...eventOf(number), kind: FrameKind.close, time });
    }
    return frames;
  }

  /** The open event; undefined if nothing shows that the socket was opened. */
  private openingOf(entry: Fields, logged: LoggedSocket, start: number): RecordedFrame | undefined {
    const { messages } = this;
    const isOpened = logged.handshake.status === 101 || messages.some(({ type }) => type !== 'error');
    if (!isOpened) return undefined;
    const opened = start + latencyOf(entry.timings);
    const first = messages.find(({ time }) => time > 0)?.time ?? opened;
    const time = Math.max(start, Math.min(opened, first));
    return { ...eventOf(this.number), kind: FrameKind.open, time };
  }
}

function eventOf(socket: number): Omit<RecordedFrame, 'kind' | 'time'> {
  return { socket, flags: 0, size: 0, payload: undefined };
}

function frameOf(socket: number, { type, payload, own }: PlacedMessage, time: number): RecordedFrame {
  if (type === 'error') return { ...eventOf(socket), ...own, kind: FrameKind.error, time };
  const isText = typeof payload === 'string';
  const sent = isText ? FrameKind.sentText : FrameKind.sentBinary;
  const received = isText ? FrameKind.receivedText : FrameKind.receivedBinary;
  return {
    ...own,
    socket,
    kind: type === 'send' ? sent : received,
    flags: own.flags | (payload === undefined ? FrameFlag.payloadGone : 0),
    time,
    size: isText ? utf8Length(payload) : (payload?.length ?? 0),
    payload,
  };
}

/** @throws {BadField} if the value is neither a message nor a control frame */
function expectControlFrame(value: unknown): void {
  if (!isObject(value)) throw new BadField('data');
  const { type, opcode } = value;
  if (type !== 'send' && type !== 'receive') throw new BadField('type');
  if (typeof opcode !== 'number' || !CONTROL_OPCODES.includes(opcode)) throw new BadField('opcode');
}

/** False if the time is invalid; a missing one is not an error. */
function hasTime(message: unknown): boolean {
  const time = isObject(message) ? message.time : undefined;
  return time === undefined || time === null || typeof time === 'number';
}

/** ms since the epoch; 0 if there is none */
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
