import { signal } from '@preact/signals';
import type { FrameView } from '../../../store/frame-view.ts';

/** Rows from one number to another, both included, as far as the view shows them. */
interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Which rows are selected, and which of them the keyboard is on. Rows are numbers of the store and stay put. */
export class Selection {
  private readonly intervals = signal<readonly Interval[]>([]);
  private anchor = -1;
  /** The row whose detail is shown. */
  readonly focus = signal<number | undefined>(undefined);

  has(row: number): boolean {
    return this.intervals.value.some(({ from, to }) => from <= row && row <= to);
  }

  get isEmpty(): boolean {
    return this.intervals.value.length === 0;
  }

  select(row: number): void {
    this.anchor = row;
    this.focus.value = row;
    this.intervals.value = [{ from: row, to: row }];
  }

  /** Everything from where the selection was begun to this row. */
  extendTo(row: number): void {
    if (this.anchor < 0) this.anchor = row;
    this.focus.value = row;
    this.intervals.value = [{ from: Math.min(this.anchor, row), to: Math.max(this.anchor, row) }];
  }

  toggle(row: number): void {
    this.anchor = row;
    this.focus.value = row;
    if (!this.has(row)) {
      this.intervals.value = [...this.intervals.value, { from: row, to: row }];
      return;
    }
    this.intervals.value = this.intervals.value.flatMap(({ from, to }) => {
      if (row < from || row > to) return [{ from, to }];
      const parts = [
        { from, to: row - 1 },
        { from: row + 1, to },
      ];
      return parts.filter((part) => part.from <= part.to);
    });
  }

  /** @param listed in the order of the list: from its top a selection goes on */
  selectAll(listed: FrameView): void {
    if (listed.length === 0) return;
    this.anchor = listed.rowAt(0);
    const last = listed.rowAt(listed.length - 1);
    this.intervals.value = [{ from: Math.min(this.anchor, last), to: Math.max(this.anchor, last) }];
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
    const ordered = [...this.intervals.value].sort((a, b) => a.from - b.from);
    for (const { from, to } of ordered) {
      for (let index = view.indexOf(from); index < view.length; index++) {
        const row = view.rowAt(index);
        if (row > to) break;
        rows.push(row);
      }
    }
    return rows;
  }

  /** How many rows of the view are selected. */
  count(view: FrameView): number {
    let count = 0;
    for (const { from, to } of this.intervals.value) count += view.indexOf(to + 1) - view.indexOf(from);
    return count;
  }
}
