const NOTHING = -1;

type Cells = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/**
 * Non-negative integers in as few bytes as the largest of them needs: one each at first, at most eight. Once they are
 * settled, they take no space if all are the same.
 */
export class Column {
  private cells: Cells;
  private max = 0xff;
  /** Mask that turns a place into the index of its cell: 0 if one cell stands for all. */
  private mask = -1;
  /** The first value. */
  private first = NOTHING;
  /** The values are not all the same. */
  private isVaried = false;

  constructor(private readonly rows: number) {
    this.cells = new Uint8Array(rows);
  }

  /** 0 if nothing was set. */
  get(at: number): number {
    return this.cells[at & this.mask] ?? 0;
  }

  /** The number that all rows have, if one cell stands for them. */
  get common(): number | undefined {
    return this.mask === 0 ? this.get(0) : undefined;
  }

  set(at: number, value: number): void {
    if (this.first === NOTHING) this.first = value;
    else if (value !== this.first) this.isVaried = true;
    if (this.mask === 0) this.spread(value);
    if (this.mask === 0) return;
    if (value > this.max) this.widen(value);
    this.cells[at] = value;
  }

  /** All rows have been set; from now on hardly any is. */
  settle(): void {
    if (this.isVaried) return;
    this.cells = this.cells.slice(0, 1);
    this.mask = 0;
  }

  /** Gives each row a cell of its own again, unless all keep the same number. */
  private spread(value: number): void {
    const common = this.get(0);
    if (value === common) return;
    this.cells = cellsFor(common, this.rows).fill(common);
    this.max = largest(this.cells);
    this.mask = -1;
  }

  private widen(value: number): void {
    const narrow = this.cells;
    this.cells = cellsFor(value, narrow.length);
    this.cells.set(narrow);
    this.max = largest(this.cells);
  }
}

function cellsFor(value: number, rows: number): Cells {
  if (value <= 0xff) return new Uint8Array(rows);
  if (value <= 0xffff) return new Uint16Array(rows);
  return value <= 0xffff_ffff ? new Uint32Array(rows) : new Float64Array(rows);
}

function largest(cells: Cells): number {
  return cells instanceof Float64Array ? Number.POSITIVE_INFINITY : 2 ** (8 * cells.BYTES_PER_ELEMENT) - 1;
}

/** Ticks per millisecond: fine enough for every clock that browsers give to pages. */
const TICKS_PER_MS = 128;
/** ms before the first time that can be represented; after it, more than eight hours can. */
const ROOM_BEFORE = 3_600_000;

/** Rows with a time of their own that theirs are told by, as a power of two, and the most ticks from it. */
const GROUP_BITS = 4;
const GROUP = 1 << GROUP_BITS;
const MOST_TICKS = 0xffff;

/**
 * Times in four bytes each, as distance from the first one; once they are settled in little more than two, if sixteen rows mostly come
 * within half a second. If clocks jump or hours pass beyond the range, the column switches to eight bytes and
 * exact times.
 */
export class TimeColumn {
  private base: number | undefined;
  private exact: Float64Array | undefined;
  private ticks: Uint32Array | Uint16Array;
  /** What the ticks of each group are counted from. */
  private groups = new Uint32Array(1);
  /** Bits of a place that do not belong to the number of its group. */
  private shift = 31;

  constructor(rows: number) {
    this.ticks = new Uint32Array(rows);
  }

  /** ms since the epoch, as it was set, to within 1/256 ms */
  get(at: number): number {
    if (this.exact) return this.exact[at] ?? 0;
    return (this.base ?? 0) + this.ticksOf(at) / TICKS_PER_MS;
  }

  /** From now on hardly anything is set. */
  settle(): void {
    const { ticks } = this;
    if (this.exact || this.shift === GROUP_BITS) return;
    const groups = new Uint32Array(Math.ceil(ticks.length / GROUP));
    const small = new Uint16Array(ticks.length);
    for (let group = 0; group < groups.length; group++) {
      const from = group * GROUP;
      const to = Math.min(ticks.length, from + GROUP);
      let least = ticks[from] ?? 0;
      let most = least;
      for (let at = from + 1; at < to; at++) {
        const tick = ticks[at] ?? 0;
        if (tick < least) least = tick;
        else if (tick > most) most = tick;
      }
      if (most - least > MOST_TICKS) return;
      groups[group] = least;
      for (let at = from; at < to; at++) small[at] = (ticks[at] ?? 0) - least;
    }
    this.ticks = small;
    this.groups = groups;
    this.shift = GROUP_BITS;
  }

  private ticksOf(at: number): number {
    return (this.groups[at >>> this.shift] ?? 0) + (this.ticks[at] ?? 0);
  }

  private unsettle(): void {
    if (this.shift !== GROUP_BITS) return;
    this.ticks = Uint32Array.from(this.ticks, (_, at) => this.ticksOf(at));
    this.groups = new Uint32Array(1);
    this.shift = 31;
  }

  set(at: number, time: number): void {
    this.unsettle();
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
