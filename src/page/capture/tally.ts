import { FrameKind, type Tally } from '../../protocol/frames.ts';

/** A {@link Tally} that counts. */
export type RunningTally = { -readonly [Key in keyof Tally]: Tally[Key] };

export function emptyTally(): RunningTally {
  return { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0, events: 0 };
}

/** Counts one frame of `bytes` on the wire. */
export function count(tally: RunningTally, kind: FrameKind, bytes: number): void {
  if (kind >= FrameKind.open) {
    tally.events++;
  } else if (kind >= FrameKind.receivedText) {
    tally.received++;
    tally.receivedBytes += bytes;
  } else {
    tally.sent++;
    tally.sentBytes += bytes;
  }
}
