import { BYTES_UNDER_WAY, PART } from '../../protocol/credit.ts';

/** Bytes that may be on their way from all documents of the tab together, as long as each can have its least. */
const ALL_UNDER_WAY = 32 * 1024 * 1024;
/** Bytes that any document may have on their way, beside the one batch that it may always post. */
const LEAST = 128 * 1024;

/**
 * Divides what may be under way among the documents of a tab: a page with hundreds of frames, each of which floods, would otherwise fill
 * the memory of a panel that does not come round to reading.
 */
export class CreditShares {
  private readonly sharers = new Set<object>();

  join(sharer: object): void {
    this.sharers.add(sharer);
  }

  leave(sharer: object): void {
    this.sharers.delete(sharer);
  }

  /**
   * Bytes of {@link BYTES_UNDER_WAY} that a document has to do without: as many are left out of what it is told to have arrived.
   * @param hasLarge it has announced a payload that comes in parts, and needs room for one
   */
  withheld(hasLarge: boolean): number {
    const share = ALL_UNDER_WAY / Math.max(1, this.sharers.size);
    const least = hasLarge ? PART : LEAST;
    return BYTES_UNDER_WAY - Math.min(BYTES_UNDER_WAY, Math.max(least, Math.floor(share)));
  }
}
