/** ms that a reading takes for each frame that the log has more than at the last one, as measured */
const COST_OF_FRAME = 0.002;
/**
 * ms of the longest reading that may come while somebody uses the panel, which stands still for half of it. Frames of sockets that only the log
 * knows are worth a pause.
 */
const LONGEST = { usual: 100, following: 500 };

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
  private last = { cost: 0, received: 0 };

  /** There may be something new soon. */
  quicken(): void {
    this.quiet = 0;
  }

  /** The log has been read. @param seen a text that is another one as soon as something is new */
  heed(seen: string): void {
    this.quiet = seen === this.lastSeen ? this.quiet + 1 : 0;
    this.lastSeen = seen;
  }

  /**
   * A reading has taken `cost` ms, or the log was emptied, which makes it 0.
   * @param received frames that the panel has received so far
   */
  took(cost: number, received: number): void {
    this.last = { cost, received };
  }

  /** True if somebody who uses the panel would feel the next reading. */
  isLong(received: number, isFollowing: boolean): boolean {
    const { last } = this;
    const expected = last.cost + (received - last.received) * COST_OF_FRAME;
    return expected > (isFollowing ? LONGEST.following : LONGEST.usual);
  }

  /** ms to leave the log alone after a reading */
  rest(isFollowing: boolean): number {
    return this.last.cost * (isFollowing ? SHARE.following : SHARE.usual);
  }

  /** ms until the next reading, for sockets that only the log knows */
  interval(sockets: keyof typeof INTERVALS): number {
    const { least, most } = INTERVALS[sockets];
    return Math.min(most, least * 2 ** this.quiet);
  }
}
