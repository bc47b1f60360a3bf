import type { SocketRecord } from '../../protocol/sockets.ts';
import { amountIn, BadField, type Fields, isObject } from '../fields.ts';
import { markFields, remarkFields, rowFields, socketFields } from '../ndjson/fields-of.ts';
import { marksOf, readRow, remarkOf, stackOf } from '../ndjson/read-row.ts';
import { readSocketLine } from '../ndjson/read-socket.ts';
import type { RecordedFrame, RecordedSocket } from '../recording.ts';

// HAR lets programs have fields of their own, whose names begin with an underscore. Ours carry, in the words of our NDJSON, what HAR has
// no place for.

/** Of an entry: what is known of the socket. */
export const OWN_SOCKET = '_framescopeSocket';
/** Of an entry, and of the log for those that belong to no socket: rows that are no messages of HAR. */
export const OWN_ROWS = '_framescopeRows';
/** Of a message: how it was sent (injected, replayed, edited), and the user's star and note. */
const OWN_MESSAGE = '_framescope';

/** A row that is no message of HAR. */
export interface OwnRow {
  readonly frame: RecordedFrame;
  /** How many messages of its socket stand before it. */
  readonly after: number;
}

/** What a message is beside what HAR says of it. */
export type OwnMessage = Pick<RecordedFrame, 'flags' | 'stack' | 'remark'>;
const PLAIN: OwnMessage = { flags: 0 };

/** What is known of a socket, the answer to its handshake in the network log apart. */
export interface OwnSocket {
  readonly record: RecordedSocket['record'];
  /** The network log had no handshake: what the entry says of it was concluded. */
  readonly isWithoutHandshake: boolean;
}

export function ownSocketFields(socket: RecordedSocket): object {
  return { [OWN_SOCKET]: { ...socketFields(socket), noHandshake: !socket.handshake || undefined } };
}

/** Nothing where there is nothing to say. */
export function ownMessageFields(frame: RecordedFrame): object {
  const own = { ...markFields(frame), ...remarkFields(frame) };
  return Object.values(own).some((value) => value !== undefined) ? { [OWN_MESSAGE]: own } : {};
}

/** @param after how many messages of its socket stand before it; undefined of a row that belongs to none */
export function ownRowText(frame: RecordedFrame, after: number | undefined): string {
  return JSON.stringify({ after, ...rowFields(frame) });
}

/** @throws {BadField} where it is not what it has to be */
export function readOwnSocket(value: unknown, url: SocketRecord['url']): OwnSocket {
  return within(OWN_SOCKET, value, (fields) => ({
    record: readSocketLine({ ...fields, socket: 1, url, handshake: undefined }).record,
    isWithoutHandshake: fields.noHandshake === true,
  }));
}

/** @throws {BadField} where it is not what it has to be */
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
 * @throws {BadField} where it is not what it has to be
 */
export function readOwnRow(value: unknown, socket: number): OwnRow {
  return within(OWN_ROWS, value, (fields) => {
    const frame = readRow({ ...fields, socket });
    if (!frame) throw new BadField('type');
    return { frame, after: fields.after === undefined ? 0 : amountIn(fields, 'after') };
  });
}

/** Puts the rows between the messages, each of which comes with its index among all that the file has. */
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

/** Names the place of a field that is wrong. */
function within<Value>(name: string, value: unknown, read: (fields: Fields) => Value): Value {
  if (!isObject(value)) throw new BadField(name);
  try {
    return read(value);
  } catch (error) {
    if (error instanceof BadField) throw new BadField(`${name}.${error.field}`);
    throw error;
  }
}
