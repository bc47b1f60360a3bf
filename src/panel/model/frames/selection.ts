import { signal } from '@preact/signals';
import { AllRows, type FrameView } from '../../../store/frame-view.ts';

/** Rows from one number to another, both included, as far as the view shows them. */
interface Interval {
  readonly from: number;
  readonly to: number;
  /** What was shown when it was selected, unless that was everything: rows that a filter hid then are not among them. */
  readonly within?: FrameView | undefined;
}

/** How many rows of a view an interval holds; true as long as the view has as many rows there, from the same one on. */
interface Count {
  readonly view: FrameView;
  readonly first: number;
  readonly shown: number;
  readonly count: number;
}

/** Which rows are selected, and which of them the keyboard is on. Rows are numbers of the store and stay put. */
export class Selection {
  private readonly intervals = signal<readonly Interval[]>([]);
  private readonly counts = new WeakMap<Interval, Count>();
  private anchor = -1;
  /** The row whose detail is shown. */
  readonly focus = signal<number | undefined>(undefined);

  has(row: number): boolean {
    return this.intervals.value.some((interval) => holds(interval, row));
  }

  get isEmpty(): boolean {
    return this.intervals.value.length === 0;
  }

  select(row: number): void {
    this.anchor = row;
    this.focus.value = row;
    this.intervals.value = [{ from: row, to: row }];
  }

  /** Everything that is shown from where the selection was begun to this row. */
  extendTo(row: number, shown?: FrameView): void {
    if (this.anchor < 0) this.anchor = row;
    this.focus.value = row;
    this.intervals.value = [intervalOf(this.anchor, row, shown)];
  }

  toggle(row: number): void {
    this.anchor = row;
    this.focus.value = row;
    if (!this.has(row)) {
      this.intervals.value = [...this.intervals.value, { from: row, to: row }];
      return;
    }
    this.intervals.value = this.intervals.value.flatMap((interval) => {
      const { from, to } = interval;
      if (row < from || row > to) return [interval];
      const parts = [
        { ...interval, to: row - 1 },
        { ...interval, from: row + 1 },
      ];
      return parts.filter(holdsAny);
    });
  }

  /**
   * @param listed in the order of the list: from its top a selection goes on
   * @param shown the same rows in the order of time
   */
  selectAll(listed: FrameView, shown = listed): void {
    if (listed.length === 0) return;
    this.anchor = listed.rowAt(0);
    const last = listed.rowAt(listed.length - 1);
    this.intervals.value = [intervalOf(this.anchor, last, shown)];
    this.focus.value ??= this.anchor;
  }

  clear(): void {
    this.anchor = -1;
    this.focus.value = undefined;
    this.intervals.value = [];
  }

  /** The selected rows of the view, in its order. */
  rows(view: FrameView): number[] {
    const rows: number[] = [];
    for (const interval of this.intervals.value) {
      for (const row of rowsBetween(view, interval)) if (holds(interval, row)) rows.push(row);
    }
    return this.intervals.value.length > 1 ? rows.sort((a, b) => a - b) : rows;
  }

  /** How many rows of the view are selected. */
  count(view: FrameView): number {
    return this.intervals.value.reduce((sum, interval) => sum + this.countIn(interval, view), 0);
  }

  private countIn(interval: Interval, view: FrameView): number {
    const start = view.indexOf(interval.from);
    const shown = view.indexOf(interval.to + 1) - start;
    if (!interval.within || interval.within === view) return shown;
    const first = view.rowAt(start);
    const known = this.counts.get(interval);
    if (known?.view === view && known.first === first && known.shown === shown) return known.count;
    let count = 0;
    for (const row of rowsBetween(view, interval)) if (holds(interval, row)) count++;
    this.counts.set(interval, { view, first, shown, count });
    return count;
  }
}

function intervalOf(one: number, other: number, shown: FrameView | undefined): Interval {
  const within = shown instanceof AllRows ? undefined : shown;
  return { from: Math.min(one, other), to: Math.max(one, other), within };
}

function holds({ from, to, within }: Interval, row: number): boolean {
  return from <= row && row <= to && (!within || within.rowAt(within.indexOf(row)) === row);
}

function holdsAny({ from, to, within }: Interval): boolean {
  const first = within ? within.rowAt(within.indexOf(from)) : from;
  return from <= first && first <= to;
}

/** The rows of a view that lie in an interval, whatever was shown when it was selected. */
function* rowsBetween(view: FrameView, { from, to }: Interval): Generator<number> {
  for (let index = view.indexOf(from); index < view.length; index++) {
    const row = view.rowAt(index);
    if (row > to) return;
    yield row;
  }
}
