import { BYTES_UNDER_WAY, PART } from '../../../protocol/credit.ts';

/** Bytes that all documents of the tab together may have in flight, unless that is less than {@link LEAST} for each. */
const ALL_UNDER_WAY = 32 * 1024 * 1024;
/** Bytes that any document may have in flight, in addition to the one batch that it may always post. */
const LEAST = 128 * 1024;

/**
 * Divides the credit among the documents of a tab. Otherwise a page with hundreds of flooding frames would fill the memory of a panel
 * that is too busy to read.
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
   * Bytes of {@link BYTES_UNDER_WAY} that a document must leave unused; acknowledgements are reduced by as many.
   * @param hasLarge it has announced a payload that comes in parts, and needs room for one
   */
  withheld(hasLarge: boolean): number {
    const share = ALL_UNDER_WAY / Math.max(1, this.sharers.size);
    const least = hasLarge ? PART : LEAST;
    return BYTES_UNDER_WAY - Math.min(BYTES_UNDER_WAY, Math.max(least, Math.floor(share)));
  }
}
