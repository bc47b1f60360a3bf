type Cells = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Whole numbers from 0 on in as few bytes as the largest of them needs: one each to begin with, at the most eight. */
export class Column {
  private cells: Cells;
  private max = 0xff;

  constructor(rows: number) {
    this.cells = new Uint8Array(rows);
  }

  /** 0 where nothing was set. */
  get(at: number): number {
    return this.cells[at] ?? 0;
  }

  set(at: number, value: number): void {
    if (value > this.max) this.widen(value);
    this.cells[at] = value;
  }

  private widen(value: number): void {
    const narrow = this.cells;
    this.cells = cellsFor(value, narrow.length);
    this.cells.set(narrow);
    this.max = largest(this.cells);
  }
}

function cellsFor(value: number, rows: number): Cells {
  if (value <= 0xffff) return new Uint16Array(rows);
  return value <= 0xffff_ffff ? new Uint32Array(rows) : new Float64Array(rows);
}

function largest(cells: Cells): number {
  return cells instanceof Float64Array ? Number.POSITIVE_INFINITY : 2 ** (8 * cells.BYTES_PER_ELEMENT) - 1;
}

/** Steps of a millisecond that times are kept in: fine enough for every clock that browsers give to pages. */
const TICKS_PER_MS = 128;
/** ms before the first time for which there is room; after it there are more than eight hours. */
const ROOM_BEFORE = 3_600_000;

/**
 * Times in four bytes each, as distance from the first one. Where clocks jump, or hours pass, further than there is room for,
 * the column goes over to eight bytes and exact times.
 */
export class TimeColumn {
  private base: number | undefined;
  private exact: Float64Array | undefined;
  private ticks: Uint32Array;

  constructor(rows: number) {
    this.ticks = new Uint32Array(rows);
  }

  /** ms since the epoch, as it was set, to within 1/256 ms */
  get(at: number): number {
    if (this.exact) return this.exact[at] ?? 0;
    return (this.base ?? 0) + (this.ticks[at] ?? 0) / TICKS_PER_MS;
  }

  set(at: number, time: number): void {
    this.base ??= Math.floor(time) - ROOM_BEFORE;
    if (!this.exact) {
      const ticks = Math.round((time - this.base) * TICKS_PER_MS);
      if (ticks >= 0 && ticks <= 0xffff_ffff) {
        this.ticks[at] = ticks;
        return;
      }
      this.widen();
    }
    if (this.exact) this.exact[at] = time;
  }

  private widen(): void {
    this.exact = Float64Array.from(this.ticks, (_, at) => this.get(at));
    this.ticks = new Uint32Array();
  }
}
