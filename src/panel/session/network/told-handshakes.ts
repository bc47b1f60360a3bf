import type { LoggedSocket } from '../../../formats/har/read-entry.ts';

/** ms from the report of a handshake, or of its socket, to the search for the other one. */
const JOIN_DELAY = 150;
/** ms for which a handshake waits for its captured socket, however busy the page and the panel are. */
const CLAIM_PATIENCE = 5000;
/**
 * After `least` ms without a new captured socket, no more are expected. A handshake waits at most `most` ms longer for that: as long as a
 * busy machine takes to report the sockets of hundreds of frames.
 */
const QUIET = { least: 1500, most: 90_000 };
/** ms that a handshake waits longer for documents that have not reported their sockets. */
const DOCUMENT_PATIENCE = 15_000;
/** Most handshakes that wait for their socket. */
const MOST_TOLD = 1000;

interface Told {
  readonly entry: LoggedSocket;
  /** From this time on (`performance.now()`), no captured socket is expected for it any more. */
  readonly due: number;
  /** It has been handed out by {@link ToldHandshakes.takeUnclaimed}, or belongs to a page that is gone. */
  isDone: boolean;
}

/**
 * The handshakes that Firefox reports one by one, until captured sockets claim them. A handshake that is never claimed belongs to a socket that the hook
 * does not reach.
 */
export class ToldHandshakes {
  private told: Told[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private timerDue = Number.POSITIVE_INFINITY;
  /** When the last captured socket was reported (`performance.now()`). */
  private lastSocket = Number.NEGATIVE_INFINITY;

  /** @param look called when it is time to search for the sockets of {@link entries} */
  constructor(private readonly look: () => void) {}

  get entries(): readonly LoggedSocket[] {
    return this.told.map(({ entry }) => entry);
  }

  add(entry: LoggedSocket): void {
    this.told.push({ entry, due: performance.now() + CLAIM_PATIENCE, isDone: false });
    if (this.told.length > MOST_TOLD) this.told.shift();
    this.lookSoon();
  }

  /** Removes the handshakes that captured sockets have claimed. */
  remove(claimed: ReadonlyMap<LoggedSocket, unknown>): void {
    this.told = this.told.filter(({ entry }) => !claimed.has(entry));
  }

  /**
   * The handshakes that have waited long enough, each only once. A captured socket may still claim them later.
   * @param areMoreComing whether there are documents that have not reported their sockets yet
   */
  takeUnclaimed(areMoreComing: boolean): LoggedSocket[] {
    const now = performance.now();
    const unclaimed = this.told.filter((told) => !told.isDone && this.dueOf(told, areMoreComing) <= now);
    for (const told of unclaimed) told.isDone = true;
    return unclaimed.map(({ entry }) => entry);
  }

  /** To be called when the page has been left: its sockets are of no interest any more. */
  leavePage(): void {
    for (const told of this.told) told.isDone = true;
  }

  /** To be called when a page has reported a socket. Hundreds of sockets can take seconds. */
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
    const quiet = Math.min(Math.max(due, this.lastSocket + QUIET.least), due + QUIET.most);
    return areMoreComing ? Math.max(quiet, due + DOCUMENT_PATIENCE) : quiet;
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
