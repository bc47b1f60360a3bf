import { FrameKind, type Tally } from '../protocol/frames.ts';

/** Why frames are not in the store. */
export type GapReason =
  /** The page's ring dropped them before the panel was open. */
  | 'before-panel'
  /** The page sent faster than the panel could take. */
  | 'over-credit'
  /** The connection to the page was lost, and the page's ring dropped them meanwhile. */
  | 'disconnected'
  /** The user had paused the capture. */
  | 'paused'
  /** The panel's memory limit was reached. */
  | 'memory'
  /** The page was left before they arrived. */
  | 'left'
  /** They were already missing in an imported file. */
  | 'imported'
  /** Their sequence numbers never arrived, for an unknown reason. */
  | 'unexplained';

export type MutableTally = { -readonly [Key in keyof Tally]: Tally[Key] };

export function emptyTally(): MutableTally {
  return { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0, events: 0 };
}

export function tallyFrames({ sent, received, events }: Tally): number {
  return sent + received + events;
}

export function tallyBytes({ sentBytes, receivedBytes }: Tally): number {
  return sentBytes + receivedBytes;
}

/** Counts one frame, or with `times` −1 takes it back. */
export function countFrame(tally: MutableTally, kind: FrameKind, bytes: number, times = 1): void {
  switch (kind) {
    case FrameKind.sentText:
    case FrameKind.sentBinary:
      tally.sent += times;
      tally.sentBytes += times * bytes;
      break;
    case FrameKind.receivedText:
    case FrameKind.receivedBinary:
      tally.received += times;
      tally.receivedBytes += times * bytes;
      break;
    case FrameKind.open:
    case FrameKind.error:
    case FrameKind.close:
    case FrameKind.unseenSent:
    case FrameKind.unseenReceived:
      tally.events += times;
      break;
    case FrameKind.gap:
      break;
  }
}

export function addTally(to: MutableTally, from: Tally): void {
  to.sent += from.sent;
  to.sentBytes += from.sentBytes;
  to.received += from.received;
  to.receivedBytes += from.receivedBytes;
  to.events += from.events;
}

/** `whole` without `part`, never below zero: a page that lies cannot make a count negative. */
export function subtractTally(whole: Tally, part: Tally): MutableTally {
  return {
    sent: Math.max(0, whole.sent - part.sent),
    sentBytes: Math.max(0, whole.sentBytes - part.sentBytes),
    received: Math.max(0, whole.received - part.received),
    receivedBytes: Math.max(0, whole.receivedBytes - part.receivedBytes),
    events: Math.max(0, whole.events - part.events),
  };
}

/** The first so many frames of a tally that does not know their order, and the others. */
export function splitTally(tally: Tally, frames: number): [MutableTally, MutableTally] {
  const received = Math.min(tally.received, frames);
  const sent = Math.min(tally.sent, frames - received);
  const events = Math.min(tally.events, frames - received - sent);
  const receivedBytes =
    tally.received > 0 ? Math.round((tally.receivedBytes * received) / tally.received) : 0;
  const sentBytes = tally.sent > 0 ? Math.round((tally.sentBytes * sent) / tally.sent) : 0;
  const first = { sent, sentBytes, received, receivedBytes, events };
  return [first, subtractTally(tally, first)];
}

/**
 * The account of one socket: everything that its page has observed is stored, dropped for a reason or in flight, unless the user
 * has cleared it. `observed = stored + in flight + Σ dropped + cleared`.
 */
export class SocketLedger {
  /** Frames that the page has observed, as of its last report. */
  said = 0;
  readonly stored = emptyTally();
  readonly dropped = new Map<GapReason, MutableTally>();
  /** What was stored when the user cleared the list. */
  readonly cleared = emptyTally();
  /** What the network log had told of the socket before its page did. The page does not count it. */
  readonly foretold = emptyTally();

  /** Frames that the page has observed, as far as the panel knows, and those of the network log. */
  observed(): number {
    return Math.max(this.said + tallyFrames(this.foretold), tallyFrames(this.accounted()));
  }

  /** Frames that the page had observed as of its last report and that have neither arrived nor been accounted for. */
  inFlight(): number {
    return this.observed() - tallyFrames(this.accounted());
  }

  clear(): void {
    addTally(this.cleared, this.stored);
    Object.assign(this.stored, emptyTally());
  }

  /** Undoes a {@link clear} of that many frames. */
  restore(tally: Tally): void {
    Object.assign(this.cleared, subtractTally(this.cleared, tally));
    addTally(this.stored, tally);
  }

  drop(reason: GapReason, tally: Tally): void {
    const sum = this.dropped.get(reason) ?? emptyTally();
    addTally(sum, tally);
    this.dropped.set(reason, sum);
  }

  /** Takes over the account of a socket that has turned out to be this one, as the network log told of it. */
  takeOver(other: SocketLedger): void {
    addTally(this.foretold, other.accounted());
    addTally(this.stored, other.stored);
    addTally(this.cleared, other.cleared);
    for (const [reason, tally] of other.dropped) this.drop(reason, tally);
    for (const tally of [other.stored, other.cleared, other.foretold]) Object.assign(tally, emptyTally());
    other.dropped.clear();
  }

  /** Of what is {@link accounted} for, what the page counts too. */
  counted(): Tally {
    return subtractTally(this.accounted(), this.foretold);
  }

  /** Everything that is accounted for. */
  accounted(): Tally {
    const sum = emptyTally();
    addTally(sum, this.stored);
    addTally(sum, this.cleared);
    for (const tally of this.dropped.values()) addTally(sum, tally);
    return sum;
  }

  droppedFrames(): number {
    let frames = 0;
    for (const tally of this.dropped.values()) frames += tallyFrames(tally);
    return frames;
  }
}
