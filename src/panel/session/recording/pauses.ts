import type { FrameBatch } from '../../../protocol/frames.ts';
import { addTally, countFrame, emptyTally, tallyFrames } from '../../../store/ledger.ts';
import { BatchReader } from '../../../store/rows/batch-reader.ts';
import type { Loss, Recording } from './recording.ts';
import type { SocketTable } from './sockets.ts';

/** Frames that arrived while capture was paused and have no row yet. */
export class Pauses {
  /** By panel-wide number of the socket. */
  private readonly bySocket = new Map<
    number,
    { readonly first: number; readonly tally: ReturnType<typeof emptyTally> }
  >();

  constructor(private readonly sockets: SocketTable) {}

  /**
   * Counts the frames of a batch from index `skip` on.
   * @param numberOf panel-wide socket number for each socket id of the batch
   */
  passOver(recording: Recording, batch: FrameBatch, skip: number, numberOf: (id: number) => number): void {
    const reader = new BatchReader(batch);
    while (reader.index < batch.kinds.length) {
      const { index } = reader;
      reader.advance();
      if (index < skip) continue;
      const socket = numberOf(batch.sockets[index] ?? 0);
      const one = emptyTally();
      countFrame(one, reader.kind, reader.size);
      countFrame(this.tallyOf(socket), reader.kind, reader.size);
      recording.drop(socket, one, 'paused');
    }
  }

  /** Frames of a socket. */
  frames(socket: number): number {
    return tallyFrames(this.bySocket.get(socket)?.tally ?? emptyTally());
  }

  /** Counts the frames of one socket as those of another. */
  handOver(from: number, to: number): void {
    const passed = this.bySocket.get(from);
    if (!passed) return;
    this.bySocket.delete(from);
    const known = this.bySocket.get(to);
    if (known) addTally(known.tally, passed.tally);
    else this.bySocket.set(to, passed);
  }

  /** Takes all of it, to write its rows now. */
  take(): Loss[] {
    const time = Date.now();
    const all = [...this.bySocket].map(
      ([socket, { first, tally }]): Loss => ({ socket, tally, reason: 'paused', time, first }),
    );
    this.bySocket.clear();
    return all;
  }

  private tallyOf(socket: number) {
    const known = this.bySocket.get(socket);
    if (known) return known.tally;
    const before = this.sockets.get(socket)?.ledger.accounted() ?? emptyTally();
    const tally = emptyTally();
    this.bySocket.set(socket, { first: tallyFrames(before) + 1, tally });
    return tally;
  }
}
