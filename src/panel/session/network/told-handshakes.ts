import type { LoggedSocket } from '../../../formats/har/read-entry.ts';

/** ms between a handshake that the browser tells of, or its socket, and the search for the other one */
const JOIN_DELAY = 150;
/** ms in which a captured socket is to be found for a handshake, however busy page and panel are */
const CLAIM_PATIENCE = 5000;
/** ms without a new captured socket after which no more are on their way; but nobody waits longer for that than so many ms more. */
const QUIET = { least: 1500, most: 15_000 };
/** Handshakes that wait for the socket that they belong to. */
const MOST_TOLD = 1000;

interface Told {
  readonly entry: LoggedSocket;
  /** No captured socket can be expected any more from then on, on the clock of `performance.now()`. */
  readonly due: number;
  /** It has been handed out by {@link ToldHandshakes.takeUnclaimed}, or belongs to a page that is gone. */
  isDone: boolean;
}

/**
 * Handshakes that Firefox tells of one by one, until captured sockets claim them. What nobody claims belongs to a socket that the hook
 * does not reach.
 */
export class ToldHandshakes {
  private told: Told[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private timerDue = Number.POSITIVE_INFINITY;
  /** When the last captured socket came, on the clock of `performance.now()`. */
  private lastSocket = Number.NEGATIVE_INFINITY;

  /** @param look called when it is time to look for the sockets of {@link entries} */
  constructor(private readonly look: () => void) {}

  get entries(): readonly LoggedSocket[] {
    return this.told.map(({ entry }) => entry);
  }

  add(entry: LoggedSocket): void {
    this.told.push({ entry, due: performance.now() + CLAIM_PATIENCE, isDone: false });
    if (this.told.length > MOST_TOLD) this.told.shift();
    this.lookSoon();
  }

  /** Captured sockets have claimed these. */
  remove(claimed: ReadonlyMap<LoggedSocket, unknown>): void {
    this.told = this.told.filter(({ entry }) => !claimed.has(entry));
  }

  /**
   * Those that it was in vain to wait for, each once. A captured socket may claim them still.
   * @param areMoreComing documents are known whose sockets are not
   */
  takeUnclaimed(areMoreComing: boolean): LoggedSocket[] {
    const now = performance.now();
    const unclaimed = this.told.filter((told) => !told.isDone && this.dueOf(told, areMoreComing) <= now);
    for (const told of unclaimed) told.isDone = true;
    return unclaimed.map(({ entry }) => entry);
  }

  /** The page has been left: nobody wants to know of its sockets. */
  leavePage(): void {
    for (const told of this.told) told.isDone = true;
  }

  /** A page has told of a socket. Where there are hundreds they take as many seconds as the machine needs. */
  socketCame(): void {
    this.lastSocket = performance.now();
    this.lookSoon();
  }

  lookSoon(): void {
    this.lookAt(performance.now() + JOIN_DELAY);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private dueOf({ due }: Told, areMoreComing = false): number {
    const latest = due + QUIET.most;
    return areMoreComing ? latest : Math.min(Math.max(due, this.lastSocket + QUIET.least), latest);
  }

  private lookAt(due: number): void {
    if (due >= this.timerDue) return;
    clearTimeout(this.timer);
    this.timerDue = due;
    this.timer = setTimeout(() => {
      this.timerDue = Number.POSITIVE_INFINITY;
      this.look();
      const next = this.told.find(({ isDone }) => !isDone);
      if (next) this.lookAt(Math.max(this.dueOf(next), performance.now() + JOIN_DELAY));
    }, due - performance.now());
  }
}
