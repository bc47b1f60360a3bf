import type { SocketRecord } from '../../protocol/sockets.ts';
import { amountIn, BadField, type Fields, isObject } from '../fields.ts';
import { markFields, remarkFields, rowFields, socketFields } from '../ndjson/fields-of.ts';
import { marksOf, readRow, remarkOf, stackOf } from '../ndjson/read-row.ts';
import { readSocketLine } from '../ndjson/read-socket.ts';
import type { RecordedFrame, RecordedSocket } from '../recording.ts';

// HAR allows programs to add fields of their own, whose names begin with an underscore. Ours hold, in the format of our NDJSON, whatever HAR has
// no place for.

/** In an entry: what is known about the socket. */
export const OWN_SOCKET = '_framescopeSocket';
/** In an entry: its rows that are not HAR messages. In the log: such rows that belong to no socket. */
export const OWN_ROWS = '_framescopeRows';
/** In a message: how it was sent (injected, replayed, edited), and the user's star and note. */
const OWN_MESSAGE = '_framescope';

/** A row that is not a HAR message. */
export interface OwnRow {
  readonly frame: RecordedFrame;
  /** Number of messages of its socket before it. */
  readonly after: number;
}

/** What is known about a message besides its HAR fields. */
export type OwnMessage = Pick<RecordedFrame, 'flags' | 'stack' | 'remark'>;
const PLAIN: OwnMessage = { flags: 0 };

/** What is known about a socket, apart from the response to its handshake in the network log. */
export interface OwnSocket {
  readonly record: RecordedSocket['record'];
  /** The network log had no handshake, so the entry's handshake was inferred. */
  readonly isWithoutHandshake: boolean;
}

export function ownSocketFields(socket: RecordedSocket): object {
  return { [OWN_SOCKET]: { ...socketFields(socket), noHandshake: !socket.handshake || undefined } };
}

/** Undefined if there are no such fields. */
export function ownMessageFields(frame: RecordedFrame): object {
  const own = { ...markFields(frame), ...remarkFields(frame) };
  return Object.values(own).some((value) => value !== undefined) ? { [OWN_MESSAGE]: own } : {};
}

/** @param after number of messages of its socket before it; undefined for a row that belongs to no socket */
export function ownRowText(frame: RecordedFrame, after: number | undefined): string {
  return JSON.stringify({ after, ...rowFields(frame) });
}

/** @throws {BadField} if it is invalid */
export function readOwnSocket(value: unknown, url: SocketRecord['url']): OwnSocket {
  return within(OWN_SOCKET, value, (fields) => ({
    record: readSocketLine({ ...fields, socket: 1, url, handshake: undefined }).record,
    isWithoutHandshake: fields.noHandshake === true,
  }));
}

/** @throws {BadField} if it is invalid */
export function readOwnMessage(message: unknown): OwnMessage {
  const value = isObject(message) ? message[OWN_MESSAGE] : undefined;
  if (value === undefined) return PLAIN;
  return within(OWN_MESSAGE, value, (fields) => ({
    flags: marksOf(fields),
    stack: stackOf(fields),
    remark: remarkOf(fields),
  }));
}

/**
 * @param socket number in the file; 0 for none
 * @throws {BadField} if it is invalid
 */
export function readOwnRow(value: unknown, socket: number): OwnRow {
  return within(OWN_ROWS, value, (fields) => {
    const frame = readRow({ ...fields, socket });
    if (!frame) throw new BadField('type');
    return { frame, after: fields.after === undefined ? 0 : amountIn(fields, 'after') };
  });
}

/** Inserts the rows between the messages. Each message comes with its index among all messages of the file. */
export function interleaved(
  messages: readonly { readonly index: number; readonly frame: RecordedFrame }[],
  rows: readonly OwnRow[],
): RecordedFrame[] {
  const waiting = rows.toSorted((a, b) => a.after - b.after);
  const frames: RecordedFrame[] = [];
  let next = 0;
  for (const { index, frame } of messages) {
    for (let row = waiting[next]; row && row.after <= index; row = waiting[++next]) frames.push(row.frame);
    frames.push(frame);
  }
  return [...frames, ...waiting.slice(next).map(({ frame }) => frame)];
}

/** Adds the place to the error about a wrong field. */
function within<Value>(name: string, value: unknown, read: (fields: Fields) => Value): Value {
  if (!isObject(value)) throw new BadField(name);
  try {
    return read(value);
  } catch (error) {
    if (error instanceof BadField) throw new BadField(`${name}.${error.field}`);
    throw error;
  }
}
