/** Browsers clamp or collapse elements of more than about 17 million px; this stays well below. */
const MAX_HEIGHT = 8_000_000;

/** Movements of up to this many viewports are taken as wheel or keys, larger ones as a drag of the scroll bar. */
const FINE_MOVE = 2;

/** Rows that are left in sight above and below one that is brought to a place. */
const ROWS_AROUND = 4;

/**
 * Scrolling through any number of rows of one height. `top` is the true position in px; the element's own scroll position is
 * a scaled-down image of it once the rows are too many for an element to be that high. Rows that are added do not move
 * what is being read, and the edge at which they are is followed only while it is in sight.
 */
export class VirtualScroll {
  /** px from the first row's upper edge to the viewport's */
  top = 0;
  /** The reader is where rows are added, and wants to stay there. */
  follows: boolean;
  private rows = 0;
  private viewport = 0;
  private elementTop = 0;
  /** The element has been scrolled to where this says. It may have been another list's before. */
  private isPlaced = false;
  private shift: number | undefined;
  /** Of the newest row that was in sight, its edge towards still newer ones: a place as if no row had ever left or come at the front. */
  private seen: number;
  /** A row that is to be in sight as soon as it is known how much is. */
  private wanted: number | undefined;

  constructor(
    readonly rowHeight: number,
    follows: boolean,
    /** Where new rows come to stand. */
    private readonly edge: 'start' | 'end' = 'end',
  ) {
    this.follows = follows;
    this.seen = edge === 'end' ? 0 : Number.POSITIVE_INFINITY;
  }

  /** Height of the element that is scrolled, in px. */
  get elementHeight(): number {
    return Math.min(this.fullHeight, MAX_HEIGHT);
  }

  get firstIndex(): number {
    return Math.max(0, Math.floor(this.top / this.rowHeight));
  }

  /** One past the last row that is in sight, if only in part. */
  get endIndex(): number {
    return Math.min(this.rows, Math.ceil((this.top + this.viewport) / this.rowHeight));
  }

  /** px; as last told */
  get viewportHeight(): number {
    return this.viewport;
  }

  /** Rows at the edge that have come since it was last in sight and have not been seen. */
  get unseen(): number {
    const shift = this.shift ?? 0;
    const unseen = this.edge === 'end' ? this.rows + shift - this.seen : this.seen - shift;
    return Math.max(0, Math.min(this.rows, unseen));
  }

  /** The newest rows are in sight. */
  get isAtEdge(): boolean {
    return this.edge === 'end' ? this.top >= this.maxTop - 1 : this.top <= 1;
  }

  /** px by which the first row in sight is cut off */
  get offset(): number {
    return this.top - this.firstIndex * this.rowHeight;
  }

  /**
   * Takes the present sizes. What is being read stays in place also where rows leave at the front or come to stand there.
   * @param viewport px
   * @param shift rows that have left at the front, less those that have come
   */
  resize(rows: number, viewport: number, shift = 0): void {
    const moved = shift - (this.shift ?? shift);
    this.shift = shift;
    this.rows = rows;
    this.viewport = viewport;
    this.moveTo(this.follows ? this.edgeTop : this.top - moved * this.rowHeight);
    const { wanted } = this;
    if (wanted !== undefined && viewport > 0) this.reveal(wanted);
  }

  /** The element has been scrolled; true if that was news. */
  scrolled(elementTop: number): boolean {
    const delta = elementTop - this.elementTop;
    if (Math.abs(delta) < 1) return false;
    if (elementTop >= this.maxElementTop - 1) this.moveTo(this.maxTop);
    else if (elementTop <= 0) this.moveTo(0);
    else if (Math.abs(delta) <= this.viewport * FINE_MOVE) this.moveTo(this.top + delta);
    else this.moveTo((elementTop / Math.max(1, this.maxElementTop)) * this.maxTop);
    this.elementTop = elementTop;
    this.follows = this.isAtEdge;
    return true;
  }

  /** Moves just as far as it takes to have a row in sight, and follows nothing: it is to stay there, be it the newest. */
  reveal(index: number): void {
    this.follows = false;
    this.wanted = this.viewport === 0 ? index : undefined;
    if (this.wanted !== undefined) return;
    const start = index * this.rowHeight;
    const end = start + this.rowHeight;
    if (start < this.top) this.moveTo(start);
    else if (end > this.top + this.viewport) this.moveTo(end - this.viewport);
  }

  /**
   * Moves a row to a place in sight with others around it, and follows nothing.
   * @param y px below the viewport's upper edge; in the middle when left out
   */
  place(index: number, y?: number): void {
    this.follows = false;
    const middle = Math.max(0, (this.viewport - this.rowHeight) / 2);
    const least = Math.min(middle, ROWS_AROUND * this.rowHeight);
    const wanted = Math.min(Math.max(least, y ?? middle), 2 * middle - least);
    this.moveTo(index * this.rowHeight - wanted);
  }

  scrollToEdge(): void {
    this.follows = true;
    this.moveTo(this.edgeTop);
  }

  /** The reader has picked something out: it is to stay in sight. */
  stopFollowing(): void {
    this.follows = false;
  }

  /** The reader has let go of what was picked out. */
  letGo(): void {
    this.follows = this.isAtEdge;
  }

  /** Where the element has to be scrolled to; call it when that is done. */
  takeElementTop(): number {
    this.elementTop = Math.round(this.maxTop === 0 ? 0 : (this.top / this.maxTop) * this.maxElementTop);
    return this.elementTop;
  }

  /**
   * {@link takeElementTop}, or undefined where the element is there already by what it has told: to ask it would make the browser lay
   * out at once what has just been drawn.
   */
  takeMove(): number | undefined {
    const { elementTop, isPlaced } = this;
    const wanted = this.takeElementTop();
    this.isPlaced = true;
    return isPlaced && Math.abs(wanted - elementTop) < 1 ? undefined : wanted;
  }

  /** The element has been scrolled to where nobody wants it: it is put back with the next {@link takeMove}. */
  displaced(): void {
    this.isPlaced = false;
  }

  private get fullHeight(): number {
    return this.rows * this.rowHeight;
  }

  private get maxTop(): number {
    return Math.max(0, this.fullHeight - this.viewport);
  }

  private get edgeTop(): number {
    return this.edge === 'end' ? this.maxTop : 0;
  }

  private get maxElementTop(): number {
    return Math.max(0, this.elementHeight - this.viewport);
  }

  private moveTo(top: number): void {
    this.top = Math.min(Math.max(0, top), this.maxTop);
    const shift = this.shift ?? 0;
    this.seen =
      this.edge === 'end'
        ? Math.max(this.seen, this.endIndex + shift)
        : Math.min(this.seen, this.firstIndex + shift);
  }
}
