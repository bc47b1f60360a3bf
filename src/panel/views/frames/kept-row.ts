import type { FrameView } from '../../../store/frame-view.ts';
import type { VirtualScroll } from '../virtual-scroll.ts';

/** A list of rows, and where it is scrolled to. */
interface List {
  readonly view: FrameView;
  readonly scroll: VirtualScroll;
}

/**
 * The row that the user has chosen stays where it is on the screen when other rows are shown around it: a filter that has
 * found it is taken away to see what came before and after it.
 */
export class KeptRow {
  private list: List | undefined;
  /** Since the present list began, the row has not been looked for in vain. */
  private isWanted = false;
  /** px below the upper edge of the list; undefined where it was out of sight */
  private y: number | undefined;

  /**
   * @param row the chosen one
   * @param isSettled no more rows will be found that are there already
   */
  keep({ view, scroll }: List, row: number | undefined, isSettled: boolean): void {
    const before = this.list;
    if (before?.view !== view) {
      this.list = { view, scroll };
      if (!before || row === undefined) this.isWanted = false;
      else this.begin(before, { view, scroll }, row);
    }
    // Whoever scrolls meanwhile wants to be elsewhere.
    if (!this.isWanted || row === undefined || !scroll.followsEnd) return;
    if (has(view, row)) {
      scroll.place(view.indexOf(row), this.y);
      this.isWanted = false;
    } else if (isSettled) this.isWanted = false;
  }

  private begin(before: List, { view, scroll }: List, row: number): void {
    const { viewportHeight, rowHeight, followsEnd } = before.scroll;
    scroll.resize(view.length, viewportHeight, view.shift);
    this.isWanted = true;
    // Where it was not among the rows, it goes back to where it stood when it was.
    if (!has(before.view, row)) return;
    const y = before.view.indexOf(row) * rowHeight - before.scroll.top;
    const isInSight = y > -rowHeight && y < viewportHeight;
    this.y = isInSight ? y : undefined;
    this.isWanted = isInSight || !followsEnd;
  }
}

function has(view: FrameView, row: number): boolean {
  const index = view.indexOf(row);
  return index < view.length && view.rowAt(index) === row;
}
