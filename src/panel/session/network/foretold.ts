import { type FrameBatch, FrameKind } from '../../../protocol/frames.ts';
import { ReadyState } from '../../../protocol/sockets.ts';
import { BatchReader } from '../../../store/rows/batch-reader.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { PanelDocument, PanelSocket } from '../recording/sockets.ts';

/** What the network log tells of a socket in the words of its page. */
export type ForetoldEvent = typeof FrameKind.open | typeof FrameKind.error;

/** The frames of a batch from an index on. */
interface BatchPart {
  readonly batch: FrameBatch;
  readonly skip: number;
}

/** Events whose rows the network log has written, where the page has yet to tell of them. They are not to be there twice. */
export class Foretold {
  /** By the number of their socket. */
  private readonly expected = new Map<number, ForetoldEvent[]>();

  constructor(private readonly recorder: Recorder) {
    recorder.take = (document, progress, batch, skip) => {
      for (const part of this.without(document, batch, skip)) {
        recorder.list.take(document, progress, part.batch, part.skip);
      }
    };
  }

  /**
   * Gives a socket the rows of another one that only the network log had, which has turned out to be the same, and its account.
   * @param events those of its rows of which the page may tell once more
   */
  handOver(from: PanelSocket, to: PanelSocket, events: readonly ForetoldEvent[]): void {
    this.recorder.list.handOver(from, to);
    const { adopted, readyState } = to.record;
    // Of what was before it was adopted, a page does not tell.
    const isAfter = adopted && readyState !== ReadyState.connecting;
    if (events.length > 0 && !isAfter) this.expected.set(to.number, [...events]);
  }

  /** The parts of a batch between events that are there already, which from now on are the page's. */
  private without(document: PanelDocument, batch: FrameBatch, skip: number): BatchPart[] {
    const parts: BatchPart[] = [];
    let from = skip;
    for (let index = skip; this.expected.size > 0 && index < batch.kinds.length; index++) {
      const kind = batch.kinds[index];
      if (kind !== FrameKind.open && kind !== FrameKind.error) continue;
      const socket = this.recorder.sockets.find(document, batch.sockets[index] ?? 0);
      if (!socket || !this.isExpected(socket.number, kind)) continue;
      if (index > from) parts.push({ batch: firstFrames(batch, index), skip: from });
      from = index + 1;
      socket.ledger.foretold.events--;
      this.recorder.followed.add(-1); // it was counted when the log told of it
    }
    return [...parts, { batch, skip: from }];
  }

  /** True once of each event. */
  private isExpected(socket: number, kind: ForetoldEvent): boolean {
    const events = this.expected.get(socket);
    if (!events?.includes(kind)) return false;
    const left = events.filter((event) => event !== kind);
    if (left.length > 0) this.expected.set(socket, left);
    else this.expected.delete(socket);
    return true;
  }
}

/** The frames of a batch before an index. */
function firstFrames(batch: FrameBatch, end: number): FrameBatch {
  const reader = new BatchReader(batch);
  while (reader.index < end) reader.advance();
  const [text, wide, bytes] = reader.read;
  return {
    firstSeq: batch.firstSeq,
    kinds: batch.kinds.subarray(0, end),
    flags: batch.flags.subarray(0, end),
    sockets: batch.sockets.subarray(0, end),
    times: batch.times.subarray(0, end),
    lengths: batch.lengths.subarray(0, end),
    sizes: batch.sizes.subarray(0, end),
    text: batch.text.slice(0, text),
    wide: batch.wide.slice(0, wide),
    bytes: batch.bytes.subarray(0, bytes),
    details: batch.details.filter(({ row }) => row < end),
  };
}
