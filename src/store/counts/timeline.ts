import { FrameKind } from '../../protocol/frames.ts';

/** What happened in a stretch of time. */
export interface TimeBucket {
  /** ms since the epoch; it lasts for {@link Timeline.width} */
  readonly start: number;
  readonly sent: number;
  /** bytes on the wire */
  readonly sentBytes: number;
  readonly received: number;
  /** bytes on the wire */
  readonly receivedBytes: number;
  readonly opens: number;
  readonly errors: number;
  readonly closes: number;
  /** Frames missing from the store, as counted by the gap rows that stand for them. */
  readonly missing: number;
}

/** Number of buckets above which they are merged. */
const CAPACITY = 2048;
/** Number of buckets right after merging: fewer, so that not every new frame merges again. */
const ROOM = CAPACITY * 0.75;
/** Initial width of a bucket, in ms. Widths are powers of two, so that each bucket becomes half of another one. */
const FIRST_WIDTH = 16;

/** Cells of a bucket. Those from `open` to `close` have the numbers of their frame kinds. */
const Cell = {
  sent: 0,
  sentBytes: 1,
  received: 2,
  receivedBytes: 3,
  open: FrameKind.open,
  error: FrameKind.error,
  close: FrameKind.close,
  missing: 7,
  rows: 8,
} as const;
const CELLS = 9;

/**
 * What happened when, in buckets of time that become wider when there are too many: drawing a million rows costs no more than
 * drawing a thousand. Only times at which there are rows have a bucket, so that a clock that jumps, or an old recording beside
 * a new one, takes no precision from the rest.
 */
export class Timeline {
  private widthNow = FIRST_WIDTH;
  /** First cell of each bucket by its number, which is its start divided by the width. */
  private places = new Map<number, number>();
  private cells = new Float64Array(CAPACITY * CELLS);
  private changeCount = 0;
  private lastNumber = Number.NaN;
  private lastPlace = 0;

  /** Increases with each row that is added or dropped. */
  get changes(): number {
    return this.changeCount;
  }

  /** ms of one bucket */
  get width(): number {
    return this.widthNow;
  }

  /**
   * Counts a row.
   * @param amount bytes on the wire of a frame, frames that a gap stands for
   * @param time ms since the epoch
   * @param times −1 takes the row back; all else must be as it was when it was counted
   */
  count(kind: FrameKind, amount: number, time: number, times: 1 | -1): void {
    const number = Math.floor(time / this.widthNow);
    const place = number === this.lastNumber ? this.lastPlace : this.placeOf(number, time);
    const { cells } = this;
    this.changeCount++;
    add(cells, place + Cell.rows, times);
    switch (kind) {
      case FrameKind.sentText:
      case FrameKind.sentBinary:
        return addMessage(cells, place + Cell.sent, amount, times);
      case FrameKind.receivedText:
      case FrameKind.receivedBinary:
        return addMessage(cells, place + Cell.received, amount, times);
      case FrameKind.open:
      case FrameKind.error:
      case FrameKind.close:
        return add(cells, place + kind, times);
      case FrameKind.gap:
        return add(cells, place + Cell.missing, times * amount);
      case FrameKind.unseenSent:
      case FrameKind.unseenReceived:
        return; // the number of messages is unknown, so only the row is counted
    }
  }

  /** All buckets with rows, in the order of time. */
  buckets(): TimeBucket[] {
    const buckets: TimeBucket[] = [];
    for (const [number, place] of this.places) {
      if (this.cell(place + Cell.rows) > 0) buckets.push(this.bucketAt(number, place));
    }
    return buckets.sort((one, other) => one.start - other.start);
  }

  private bucketAt(number: number, place: number): TimeBucket {
    return {
      start: number * this.widthNow,
      sent: this.amount(place + Cell.sent),
      sentBytes: this.amount(place + Cell.sentBytes),
      received: this.amount(place + Cell.received),
      receivedBytes: this.amount(place + Cell.receivedBytes),
      opens: this.amount(place + Cell.open),
      errors: this.amount(place + Cell.error),
      closes: this.amount(place + Cell.close),
      missing: this.amount(place + Cell.missing),
    };
  }

  private amount(at: number): number {
    return Math.max(0, this.cell(at));
  }

  private cell(at: number): number {
    return this.cells[at] ?? 0;
  }

  private placeOf(number: number, time: number): number {
    const known = this.places.get(number);
    if (known === undefined && this.places.size === CAPACITY) {
      this.merge();
      return this.placeOf(Math.floor(time / this.widthNow), time);
    }
    const place = known ?? this.places.size * CELLS;
    if (known === undefined) this.places.set(number, place);
    this.lastNumber = number;
    this.lastPlace = place;
    return place;
  }

  /** Removes empty buckets and, if that is not enough, doubles the width until there is room. */
  private merge(): void {
    this.rebuild(1);
    while (this.places.size > ROOM) {
      this.widthNow *= 2;
      this.rebuild(2);
    }
  }

  /** @param share number of buckets that become one */
  private rebuild(share: 1 | 2): void {
    const { places, cells } = this;
    this.places = new Map();
    this.cells = new Float64Array(CAPACITY * CELLS);
    for (const [number, from] of places) {
      if ((cells[from + Cell.rows] ?? 0) <= 0) continue;
      const wider = Math.floor(number / share);
      const to = this.places.get(wider) ?? this.places.size * CELLS;
      this.places.set(wider, to);
      for (let cell = 0; cell < CELLS; cell++) add(this.cells, to + cell, cells[from + cell] ?? 0);
    }
    this.lastNumber = Number.NaN;
  }
}

/** @param at cell of the messages, which that of their bytes follows */
function addMessage(cells: Float64Array, at: number, bytes: number, times: 1 | -1): void {
  add(cells, at, times);
  add(cells, at + 1, times * bytes);
}

function add(cells: Float64Array, at: number, amount: number): void {
  cells[at] = (cells[at] ?? 0) + amount;
}
