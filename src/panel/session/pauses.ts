import type { FrameKind, Tally } from '../../protocol/frames.ts';
import { countFrame, emptyTally, tallyFrames } from '../../store/ledger.ts';

/** Frames of one socket that came while paused. */
export interface Pause {
  /** Number of the first of them among the frames of their socket. */
  readonly first: number;
  readonly tally: Tally;
}

/** What came while the capture was paused and has no row yet, by socket number. */
export class Pauses {
  private readonly sockets = new Map<
    number,
    { readonly first: number; readonly tally: ReturnType<typeof emptyTally> }
  >();

  /** @param first number of the frame, if it is the first of its socket */
  count(socket: number, kind: FrameKind, size: number, first: () => number): void {
    const known = this.sockets.get(socket);
    const pause = known ?? { first: first(), tally: emptyTally() };
    if (!known) this.sockets.set(socket, pause);
    countFrame(pause.tally, kind, size);
  }

  frames(socket: number): number {
    return tallyFrames(this.sockets.get(socket)?.tally ?? emptyTally());
  }

  /** All of it, which is to have its rows now. */
  take(): [socket: number, pause: Pause][] {
    const all = [...this.sockets];
    this.sockets.clear();
    return all;
  }
}
