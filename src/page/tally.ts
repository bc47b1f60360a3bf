import { FrameKind, type Tally } from '../protocol/frames.ts';

/** A {@link Tally} that counts. */
export type RunningTally = { -readonly [Key in keyof Tally]: Tally[Key] };

export function emptyTally(): RunningTally {
  return { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0, events: 0 };
}

/** Counts one frame of `bytes` on the wire. */
export function count(tally: RunningTally, kind: FrameKind, bytes: number): void {
  switch (kind) {
    case FrameKind.sentText:
    case FrameKind.sentBinary:
      tally.sent++;
      tally.sentBytes += bytes;
      break;
    case FrameKind.receivedText:
    case FrameKind.receivedBinary:
      tally.received++;
      tally.receivedBytes += bytes;
      break;
    default:
      tally.events++;
  }
}
