import type { ListWriter } from '../recording/list-writer.ts';
import type { DocumentLink } from './document-link.ts';

/** ms */
const PATIENCE = {
  /**
   * Time for documents to announce themselves while it is not known whether all have: at least, and after each announcement. On a busy machine
   * some do so long after others, and what is shown until then is out of order for good.
   */
  least: 800,
  next: 40,
  /** Until the panel does what is not needed for the first rows. */
  rest: 1000,
  /** Until they have handed over what they held; a frame in another process takes longer the busier the machine is. */
  most: 3000,
};

/**
 * The phase after a panel has been opened: the page's documents announce themselves, are asked for the frames they held, and hand them
 * over. Frames of several documents are held back until all have arrived, because only then they can be ordered by time.
 */
export class FirstMoments {
  /** Fulfilled once all documents have been asked for what they held. */
  readonly haveAsked: Promise<void>;
  /** Fulfilled once what they held is stored, or a second has passed, after which rows alone may still be held back. */
  readonly haveEnded: Promise<void>;
  private tellAsked = () => {};
  private tellEnded = () => {};
  private isOver = false;
  /** Every document that there was at the beginning has announced itself. */
  private haveAllMet = false;
  /** Until then (a time of `performance.now()`) another document may announce itself. */
  private waitsUntil = 0;

  /** @param onStored told that what was kept is in the store */
  constructor(
    private readonly links: ReadonlyMap<string, DocumentLink>,
    private readonly list: ListWriter,
    private readonly onStored: () => void,
  ) {
    this.haveAsked = new Promise((resolve) => {
      this.tellAsked = resolve;
    });
    this.haveEnded = new Promise((resolve) => {
      this.tellEnded = resolve;
    });
  }

  /** @param rollCall fulfilled once every document has heard that it is to announce itself */
  begin(rollCall: Promise<void>): void {
    this.list.hold();
    this.waitFor(PATIENCE.least);
    setTimeout(() => this.tell(), PATIENCE.rest);
    setTimeout(() => this.end(), PATIENCE.most);
    void rollCall.then(() => {
      this.haveAllMet = true;
      this.look();
    });
  }

  /** A document has announced itself. */
  meet(): void {
    if (!this.isOver) this.waitFor(PATIENCE.next);
  }

  /** Something has changed with a document. */
  look(): void {
    if (this.isOver) return;
    const links = [...this.links.values()];
    const haveMet = this.haveAllMet || (links.length > 0 && performance.now() >= this.waitsUntil);
    if (!haveMet) return;
    if (links.every(({ isAsked }) => isAsked)) this.tellAsked();
    if (links.every(({ hasCaughtUp }) => hasCaughtUp)) this.end();
    // With only one document there is nothing to merge.
    else if (links.length === 1) this.store();
  }

  private waitFor(ms: number): void {
    this.waitsUntil = Math.max(this.waitsUntil, performance.now() + ms);
    setTimeout(() => this.look(), ms + 1);
  }

  private store(): void {
    if (!this.list.isHolding) return;
    this.list.release();
    this.onStored();
  }

  private end(): void {
    this.isOver = true;
    this.store();
    this.tell();
  }

  private tell(): void {
    this.tellAsked();
    this.tellEnded();
  }
}
