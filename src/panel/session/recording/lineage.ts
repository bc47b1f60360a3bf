import { ReadyState, type SocketRecord } from '../../../protocol/sockets.ts';

/** Where a socket stands among those that one document has opened to one endpoint, each after the one before was done. */
export interface Lineage {
  /** 1 for a socket that reconnects nothing. */
  readonly attempt: number;
  /** Number of the socket that this one takes the place of; undefined for the first. */
  readonly predecessor: number | undefined;
  /** ms without a connection, from the end of the predecessor to the creation of this one */
  readonly gap: number;
}

/** What {@link LineageTracker} needs of a socket. */
interface Member {
  readonly number: number;
  readonly record: SocketRecord;
  readonly lineage: Lineage;
}

/**
 * Sockets of one document and endpoint that are looked at for one that a new one may reconnect, the newest: browsers keep no more open (Chromium 255,
 * Firefox 200), and a page that opens tens of thousands to one endpoint must not have each compared with each.
 */
const MOST_ENDS = 256;

const FIRST: Lineage = { attempt: 1, predecessor: undefined, gap: 0 };

/**
 * Finds out which sockets of one document are reconnects: a socket follows one to the same endpoint that had closed, or was on
 * the way to it, when this one was created. Sockets that are open side by side are lines of their own.
 */
export class LineageTracker<Socket extends Member> {
  /** Sockets that have no successor yet, by endpoint. */
  private readonly ends = new Map<string, Socket[]>();

  /** The lineage of a socket that is new. Ask in the order of creation, and {@link add} the socket afterwards. */
  follow(record: SocketRecord): Lineage {
    const ends = this.ends.get(endpointOf(record.url)) ?? [];
    let predecessor: Socket | undefined;
    let end = Number.NEGATIVE_INFINITY;
    for (const candidate of ends) {
      const its = endAsOf(candidate.record, record.createdAt);
      if (its === undefined || its <= end) continue;
      predecessor = candidate;
      end = its;
    }
    if (!predecessor) return FIRST;
    return {
      attempt: predecessor.lineage.attempt + 1,
      predecessor: predecessor.number,
      gap: Math.max(0, record.createdAt - end),
    };
  }

  add(socket: Socket): void {
    const endpoint = endpointOf(socket.record.url);
    const { predecessor } = socket.lineage;
    const others = (this.ends.get(endpoint) ?? []).filter(({ number }) => number !== predecessor);
    this.ends.set(endpoint, [...others.slice(1 - MOST_ENDS), socket]);
  }

  /** Nothing follows a socket that is forgotten. */
  remove(socket: Socket): void {
    const endpoint = endpointOf(socket.record.url);
    const others = (this.ends.get(endpoint) ?? []).filter((end) => end !== socket);
    if (others.length > 0) this.ends.set(endpoint, others);
    else this.ends.delete(endpoint);
  }
}

/**
 * The address without what changes from one attempt to the next, and must not be kept in settings: tokens and session ids in the query, a
 * name and password before the host.
 */
export function endpointOf(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^(\w+:\/\/)[^/]*@/, '$1');
}

/**
 * When a socket had ended, or was on the way to it, as of a time: ms since the epoch, infinite if that is not known yet; undefined if it
 * had not. A page that reconnects in its `error` handler does so before the `close` event, and one that called `close()` need not
 * wait for it.
 */
function endAsOf({ closedAt, closing, readyState }: SocketRecord, time: number): number | undefined {
  if (closedAt !== undefined && closedAt <= time) return closedAt;
  if (closing && closing.at <= time) return closing.at;
  const isEnding = readyState === ReadyState.closing || readyState === ReadyState.closed;
  return closedAt === undefined && isEnding ? Number.POSITIVE_INFINITY : undefined;
}
