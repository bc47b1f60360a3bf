import { type CloseDetail, type FrameBatch, FrameKind, type Tally } from '../../../protocol/frames.ts';
import type { SocketCount } from '../../../protocol/sockets.ts';
import { emptyTally, splitTally, subtractTally, tallyFrames } from '../../../store/ledger.ts';
import type { PanelSocket } from './sockets.ts';

/** A row that replaces frames dropped by a page: an event that the socket's record still knows, or a gap. */
export type Stead =
  | EventStead
  | {
      readonly type: 'gap';
      readonly socket: PanelSocket;
      readonly tally: Tally;
      /** Number of the first of them among the frames of their socket. */
      readonly first: number;
      /** ms since the epoch; undefined for now */
      readonly time: number | undefined;
    };

interface EventStead {
  readonly type: 'event';
  readonly socket: PanelSocket;
  readonly kind: FrameKind;
  /** ms since the epoch */
  readonly time: number;
  readonly close?: CloseDetail | undefined;
}

/** Whether a page has dropped frames that the panel never had. */
export function hasLosses(socket: PanelSocket, { gone }: SocketCount): boolean {
  return tallyFrames(gone) > tallyFrames(socket.ledger.counted());
}

/**
 * The rows to write for frames of a socket that its page no longer holds and the panel never had. Open, error and close events are
 * restored from the record of the socket, which the page keeps.
 */
export function steadsFor(socket: PanelSocket, { observed, gone }: SocketCount): Stead[] {
  const { ledger, record } = socket;
  const known = ledger.counted();
  // What is known to have been lost may be known by its number alone, and stand in the tally as what it was not.
  const [missing] = splitTally(subtractTally(gone, known), tallyFrames(gone) - tallyFrames(known));
  const last = observed === tallyFrames(gone) ? record.closedAt : undefined;
  const events = eventsOf(socket, gone.events, last).slice(known.events);
  if (events.length === missing.events) missing.events = 0;
  else events.length = 0;
  const first = tallyFrames(ledger.accounted()) + 1;
  const steads: Stead[] = [];
  const begun = events[0]?.kind === FrameKind.open ? events.shift() : undefined;
  if (begun) steads.push(begun);
  if (tallyFrames(missing) > 0) {
    const time = tallyFrames(known) === 0 ? (record.openedAt ?? record.createdAt) : undefined;
    steads.push({ type: 'gap', socket, tally: missing, first: begun ? first + 1 : first, time });
  }
  return [...steads, ...events];
}

/** The first so many events of a socket, as its record tells of them; fewer where it does not. */
function eventsOf(socket: PanelSocket, count: number, closedAt: number | undefined): EventStead[] {
  const { openedAt, close, isStream } = socket.record;
  if (isStream) return [];
  const events: EventStead[] = [];
  if (openedAt !== undefined) events.push({ type: 'event', socket, kind: FrameKind.open, time: openedAt });
  const rest = count - events.length;
  const time = socket.record.closedAt ?? openedAt ?? socket.record.createdAt;
  // Beside the close there is at most an error, right before it.
  if (rest > (closedAt === undefined ? 0 : 1))
    events.push({ type: 'event', socket, kind: FrameKind.error, time });
  if (rest > 0 && closedAt !== undefined)
    events.push({ type: 'event', socket, kind: FrameKind.close, time, close });
  return events.slice(0, Math.max(0, count));
}

/** What a row stands for. */
export function tallyOfStead(stead: Stead): Tally {
  return stead.type === 'gap' ? stead.tally : { ...emptyTally(), events: 1 };
}

/** An event as its page would have sent it. */
export function batchOfEvent({ socket, kind, time, close }: EventStead): FrameBatch {
  return {
    firstSeq: 0,
    kinds: Uint8Array.of(kind),
    flags: new Uint8Array(1),
    sockets: Uint32Array.of(socket.record.id),
    times: Float64Array.of(time),
    lengths: new Uint32Array(1),
    sizes: new Float64Array(1),
    text: '',
    wide: '',
    bytes: new Uint8Array(),
    details: close ? [{ row: 0, close }] : [],
  };
}

/** Orders the losses of several sockets by time; a loss without a time counts as of now. */
export function inOrderOfTime(steads: readonly Stead[]): Stead[] {
  const timeOf = ({ time = Number.POSITIVE_INFINITY }: Stead) => time;
  return [...steads].sort((one, other) => timeOf(one) - timeOf(other) || 0);
}
