/**
 * Reading the log copies every frame of every socket that DevTools have seen, at 1 to 3 µs per frame of 100 bytes, and every other
 * request, at 0.16 ms. So the time between two readings is at least this many times what the last one took, unless the user is waiting. It is
 * shorter while there are open sockets that only the log knows.
 */
const SHARE = { usual: 100, following: 20 };

/** ms between two readings */
export const SHORTEST_INTERVAL = 500;

/**
 * ms between two readings while a socket that only the log knows is open, and while one is possible because there are workers, or a page
 * without our hook. Doubled from `least` to `most` as long as there is nothing new.
 */
const INTERVALS = {
  open: { least: SHORTEST_INTERVAL, most: 4000 },
  possible: { least: 1500, most: 24_000 },
};

/** How soon the network log is read again, by what reading it costs and brings. */
export class ReadingPace {
  /** Number of readings in a row that brought nothing new. */
  private quiet = 0;
  private lastSeen = '';

  /** There may be something new soon. */
  quicken(): void {
    this.quiet = 0;
  }

  /** The log has been read. @param seen a text that is another one as soon as something is new */
  heed(seen: string): void {
    this.quiet = seen === this.lastSeen ? this.quiet + 1 : 0;
    this.lastSeen = seen;
  }

  /** ms to leave the log alone after a reading that took `cost` ms */
  restAfter(cost: number, isFollowing: boolean): number {
    return cost * (isFollowing ? SHARE.following : SHARE.usual);
  }

  /** ms until the next reading, for sockets that only the log knows */
  interval(sockets: keyof typeof INTERVALS): number {
    const { least, most } = INTERVALS[sockets];
    return Math.min(most, least * 2 ** this.quiet);
  }
}
