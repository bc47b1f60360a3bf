import type { Credit } from '../../protocol/messages.ts';

/** ms between two acknowledgements, and between two while frames come in batches of at least so many */
const INTERVAL = { usual: 16, flooded: 60, flood: 128 };
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
  private batchFrames = 0;

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

  /** A batch of so many frames comes; what is larger than most is a flood. */
  countBatch(frames: number): void {
    this.batchFrames = frames;
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
    const { usual, flooded, flood } = INTERVAL;
    const interval = this.batchFrames < flood ? usual : flooded;
    const wait = this.toldAt + interval - performance.now();
    if (wait <= 0) this.tell();
    else setTimeout(() => this.tell(), wait);
  }

  private tell(): void {
    const credit = this.due;
    this.due = undefined;
    if (!credit) return;
    this.toldAt = performance.now();
    this.told = credit;
    this.post(credit);
  }
}
