import type { FrameView } from '../../../../store/frame-view.ts';
import type { VirtualScroll } from '../../controls/virtual-scroll.ts';

/** A list of rows, and where it is scrolled to. */
interface List {
  /** From the top of the list to its bottom. */
  readonly rows: FrameView;
  readonly scroll: VirtualScroll;
}

/**
 * The row that the user has chosen stays where it is on the screen when other rows are shown around it: a filter that has
 * found it is taken away to see what came before and after it, or the list is turned round.
 */
export class KeptRow {
  private list: List | undefined;
  /** The row has not been missing since the present list began. */
  private isWanted = false;
  /** px below the upper edge of the list; undefined if it was out of sight. */
  private y: number | undefined;

  /**
   * @param row the chosen one
   * @param isSettled no more of the existing rows will be found
   */
  keep({ rows, scroll }: List, row: number | undefined, isSettled: boolean): void {
    const before = this.list;
    if (before?.rows !== rows) {
      this.list = { rows, scroll };
      if (!before || row === undefined) this.isWanted = false;
      else this.begin(before, { rows, scroll }, row);
    }
    // A user who scrolls meanwhile wants to be elsewhere.
    if (!this.isWanted || row === undefined || !scroll.follows) return;
    if (has(rows, row)) {
      scroll.place(rows.indexOf(row), this.y);
      this.isWanted = false;
    } else if (isSettled) this.isWanted = false;
  }

  private begin(before: List, { rows, scroll }: List, row: number): void {
    const { viewportHeight, rowHeight, follows } = before.scroll;
    scroll.resize(rows.length, viewportHeight, rows.shift);
    this.isWanted = true;
    // If it was not among the rows, it returns to the position that it last had.
    if (!has(before.rows, row)) return;
    const y = before.rows.indexOf(row) * rowHeight - before.scroll.top;
    const isInSight = y > -rowHeight && y < viewportHeight;
    this.y = isInSight ? y : undefined;
    this.isWanted = isInSight || !follows;
  }
}

function has(rows: FrameView, row: number): boolean {
  const index = rows.indexOf(row);
  return index < rows.length && rows.rowAt(index) === row;
}
