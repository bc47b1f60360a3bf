/** px that a character of a message takes at least; of those that take less there are not many in a row. */
const NARROWEST = 5;
/** UTF-16 units by which the length grows: a column that is being dragged wider is not to have the rows drawn with each px. */
const STEP = 16;

/**
 * How much of each message is drawn in colours. Each colour needs an element, which costs each picture time, also where it is beyond the
 * edge of its cell.
 */
export class ColouredLength {
  /** UTF-16 units; everything until the width of a cell is known. */
  units = Number.POSITIVE_INFINITY;
  private cell: Element | undefined;
  private readonly observer = new ResizeObserver((entries) => this.fit(entries.at(-1)?.contentRect.width));

  /** @param onGrown told when more is to be coloured than was */
  constructor(private readonly onGrown: () => void) {}

  /** @param cell one that is in sight, and as wide as all others */
  follow(cell: Element | undefined): void {
    if (cell === this.cell) return;
    this.leave();
    this.cell = cell;
    if (cell) this.observer.observe(cell);
  }

  leave(): void {
    this.observer.disconnect();
    this.cell = undefined;
  }

  /** @param width px; 0 for a cell that has left the document */
  private fit(width = 0): void {
    if (width === 0) return;
    const units = STEP * Math.ceil(width / NARROWEST / STEP);
    const isGrown = units > this.units;
    this.units = units;
    if (isGrown) this.onGrown();
  }
}
