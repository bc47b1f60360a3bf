import type { Credit } from '../../../protocol/messages.ts';

/**
 * ms between two acknowledgements, and between two in a flood: a list that nobody can read is drawn less often than that. After one of much
 * at once the page may be about to post the last of it, which waits until all before it has been acknowledged.
 */
const INTERVAL = { usual: 16, flooded: 100, afterMuch: 6 };
/** A flood is so many frames between two acknowledgements, and so many a ms. */
const FLOOD = { frames: 16, framesPerMs: 1 };
/** Amounts that are acknowledged at once, far below the page's credit. */
const AT_ONCE = { messages: 16, bytes: 1024 * 1024 };
const NO_CREDIT: Credit = { messages: 0, bytes: 0 };

/**
 * Decides when to acknowledge what has arrived from a document: at once if the last acknowledgement is long enough ago, otherwise a
 * little later. Under load the page gathers frames until it is acknowledged, and fewer, larger batches cost it less. Timers of a hidden
 * panel run only once a second; by then enough has arrived to be acknowledged at once.
 */
export class Acknowledgements {
  /** What has arrived and has not been acknowledged. */
  private due: Credit | undefined;
  private told: Credit = NO_CREDIT;
  private toldAt = 0;
  /** Frames that have arrived since. */
  private frames = 0;
  private isFlooded = false;
  /** The last acknowledgement did not wait. */
  private wasAtOnce = false;
  /** Set while something is due that need not be told yet. */
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param isAwaited whether somebody waits for the last of what the page has
   * @param post tells the document
   */
  constructor(
    private readonly isAwaited: () => boolean,
    private readonly post: (credit: Credit) => void,
  ) {}

  /** A new connection begins, on which nothing has arrived yet. */
  begin(): void {
    this.due = undefined;
    this.told = NO_CREDIT;
    this.stopTimer();
  }

  /** A batch of so many frames comes. */
  countBatch(frames: number): void {
    this.frames += frames;
  }

  /** @param credit all that has arrived on this connection */
  take(credit: Credit): void {
    this.due = credit;
    const messages = credit.messages - this.told.messages;
    const bytes = credit.bytes - this.told.bytes;
    if (messages >= AT_ONCE.messages || bytes >= AT_ONCE.bytes || this.isAwaited()) {
      this.tell(true);
      this.stopTimer();
    } else if (!this.timer) this.tellInTime();
  }

  /** Tells what is due as soon as the last acknowledgement is long enough ago. */
  private tellInTime(): void {
    this.timer = undefined;
    const wait = this.toldAt + this.interval - performance.now();
    if (wait <= 0) this.tell(false);
    else this.timer = setTimeout(() => this.tellInTime(), wait);
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private get interval(): number {
    if (this.wasAtOnce) return INTERVAL.afterMuch;
    return this.isFlooded ? INTERVAL.flooded : INTERVAL.usual;
  }

  private tell(isAtOnce: boolean): void {
    const credit = this.due;
    this.due = undefined;
    if (!credit) return;
    const now = performance.now();
    const { frames } = this;
    const isMuch = frames >= FLOOD.frames && frames >= (now - this.toldAt) * FLOOD.framesPerMs;
    // What follows much at once may be the rest of it, which is not to wait long for its answer.
    this.isFlooded = isMuch && !isAtOnce && !this.wasAtOnce;
    this.wasAtOnce = isAtOnce;
    this.frames = 0;
    this.toldAt = now;
    this.told = credit;
    this.post(credit);
  }
}
