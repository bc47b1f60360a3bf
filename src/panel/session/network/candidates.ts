import type { PanelSocket } from '../recording/sockets.ts';

/** When the handshake request of a socket can have been sent, in ms since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Candidate extends Span {
  readonly socket: PanelSocket;
}

/**
 * Sockets that handshakes of one URL may belong to. There can be thousands, and handshakes come in the order of time: each is compared with
 * the sockets that were connecting at its time alone. The others have been left behind, or are still to come.
 */
export class Candidates {
  /** Older than the hook, so that nothing says when they connected. */
  private readonly adopted: readonly Candidate[];
  private readonly created: readonly Candidate[];
  /** Those of {@link created} from here on have not been reached. */
  private next = 0;
  private readonly near = new Set<Candidate>();
  private readonly taken = new Set<PanelSocket>();
  private time = Number.NEGATIVE_INFINITY;

  constructor(sockets: readonly PanelSocket[], spanOf: (socket: PanelSocket) => Span) {
    const all = sockets.map((socket): Candidate => ({ ...spanOf(socket), socket }));
    all.sort((one, other) => createdAt(one) - createdAt(other));
    this.adopted = all.filter(({ socket }) => socket.record.adopted);
    this.created = all.filter(({ socket }) => !socket.record.adopted);
  }

  /**
   * Takes out the first one created that a handshake may belong to.
   * @param startedAt ms since the epoch; undefined where it is not known
   */
  take(startedAt: number | undefined, isPossible: (socket: PanelSocket) => boolean): PanelSocket | undefined {
    const firstOf = (candidates: Iterable<Candidate>) => {
      for (const one of candidates) {
        const { from, to, socket } = one;
        if (startedAt !== undefined && to < startedAt) this.near.delete(one);
        else if (this.taken.has(socket) || (startedAt !== undefined && startedAt < from)) continue;
        else if (isPossible(socket)) return one;
      }
      return undefined;
    };
    const created = firstOf(this.createdAround(startedAt));
    const adopted = firstOf(this.adopted);
    const first = adopted && (!created || createdAt(adopted) < createdAt(created)) ? adopted : created;
    if (!first) return undefined;
    this.taken.add(first.socket);
    this.near.delete(first);
    return first.socket;
  }

  /** Those that have not been taken. */
  left(): PanelSocket[] {
    const all = [...this.adopted, ...this.created].map(({ socket }) => socket);
    return all.filter((socket) => !this.taken.has(socket));
  }

  private createdAround(startedAt: number | undefined): Iterable<Candidate> {
    if (startedAt === undefined || startedAt < this.time) return this.created;
    this.time = startedAt;
    const { created, near } = this;
    for (let one = created[this.next]; one && one.from <= startedAt; one = created[++this.next])
      near.add(one);
    return near;
  }
}

function createdAt({ socket }: Candidate): number {
  return socket.record.createdAt;
}
