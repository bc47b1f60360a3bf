import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { SearchedRows } from './search-later.ts';

/** Number of error rows that are watched: only the newest may still learn their cause. */
const MAX_ERRORS = 64;

/** Rows that have been searched but may still change: contents may arrive late, and the cause of a failed handshake may become known. */
export class UnsettledRows {
  private readonly pending = new Set<number>();
  /** Rows that are to be searched again in any case. */
  private readonly added = new Set<number>();
  /** {@link SearchedRows.changes} when {@link pending} was gone through last. */
  private seen = -1;
  /** What error rows said when they were looked at. */
  private readonly errors = new Map<number, string>();

  constructor(private readonly rows: SearchedRows) {}

  /** Keeps an eye on a row, if it may change. */
  watch(row: number): void {
    const kind = this.rows.kind(row);
    if (kind === FrameKind.error) this.watchError(row);
    else if (this.rows.flags(row) & FrameFlag.pending) this.pending.add(row);
  }

  /** Has a row looked at once more in any case. */
  add(row: number): void {
    this.added.add(row);
  }

  /** True if there are rows to be looked at once more. */
  get hasChanged(): boolean {
    return this.added.size > 0 || this.changedErrors().length > 0 || this.changedPending().length > 0;
  }

  /** Takes out the rows that have changed, in order. */
  takeChanged(): number[] {
    const changed = new Set([...this.added, ...this.changedErrors(), ...this.changedPending()]);
    this.added.clear();
    for (const row of changed) {
      this.pending.delete(row);
      this.errors.delete(row);
    }
    this.seen = this.rows.changes;
    return [...changed].sort((a, b) => a - b);
  }

  private changedPending(): number[] {
    if (this.rows.changes === this.seen) return [];
    return [...this.pending].filter((row) => !(this.rows.flags(row) & FrameFlag.pending));
  }

  private changedErrors(): number[] {
    const { rows } = this;
    const changed: number[] = [];
    for (const [row, words] of this.errors) {
      if (rows.kind(row) !== FrameKind.error || rows.eventText(row) !== words) changed.push(row);
    }
    return changed;
  }

  private watchError(row: number): void {
    this.errors.set(row, this.rows.eventText(row));
    if (this.errors.size <= MAX_ERRORS) return;
    const oldest = Math.min(...this.errors.keys());
    this.errors.delete(oldest);
  }
}
