import type { Credit } from '../../protocol/messages.ts';

/** ms between two acknowledgements, and between two in a flood: a list that nobody can read is drawn less often than that. */
const INTERVAL = { usual: 16, flooded: 100 };
/** A flood is so many frames between two acknowledgements, and so many a ms. */
const FLOOD = { frames: 16, framesPerMs: 1 };
/** What is acknowledged at once, far below what the page lets be under way. */
const AT_ONCE = { messages: 16, bytes: 1024 * 1024 };
const NO_CREDIT: Credit = { messages: 0, bytes: 0 };

/**
 * When a document is told what has arrived of it. At once if the last time is long enough ago, else in a moment: under load the page
 * gathers frames until it is answered, and fewer, larger batches cost it less. A hidden panel's timers run once a second; by then there
 * is enough for an answer of its own.
 */
export class Acknowledgements {
  /** What has arrived and has not been told of. */
  private due: Credit | undefined;
  private told: Credit = NO_CREDIT;
  private toldAt = 0;
  /** Frames that have arrived since. */
  private frames = 0;
  private isFlooded = false;

  /**
   * @param isAwaited whether somebody waits for the last of what the page has
   * @param post tells the document
   */
  constructor(
    private readonly isAwaited: () => boolean,
    private readonly post: (credit: Credit) => void,
  ) {}

  /** A connection begins, on which nothing has arrived. */
  begin(): void {
    this.due = undefined;
    this.told = NO_CREDIT;
  }

  /** A batch of so many frames comes. */
  countBatch(frames: number): void {
    this.frames += frames;
  }

  /** @param credit all that has arrived on this connection */
  take(credit: Credit): void {
    const isDue = this.due !== undefined;
    this.due = credit;
    const messages = credit.messages - this.told.messages;
    const bytes = credit.bytes - this.told.bytes;
    if (messages >= AT_ONCE.messages || bytes >= AT_ONCE.bytes || this.isAwaited()) {
      this.tell();
      return;
    }
    if (isDue) return;
    const interval = this.isFlooded ? INTERVAL.flooded : INTERVAL.usual;
    const wait = this.toldAt + interval - performance.now();
    if (wait <= 0) this.tell();
    else setTimeout(() => this.tell(), wait);
  }

  private tell(): void {
    const credit = this.due;
    this.due = undefined;
    if (!credit) return;
    const now = performance.now();
    const { frames } = this;
    this.isFlooded = frames >= FLOOD.frames && frames >= (now - this.toldAt) * FLOOD.framesPerMs;
    this.frames = 0;
    this.toldAt = now;
    this.told = credit;
    this.post(credit);
  }
}
