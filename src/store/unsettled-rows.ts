import { FrameFlag, FrameKind } from '../protocol/frames.ts';
import type { FrameSource } from './query/source.ts';

/** Error rows whose words are watched: only the newest may still learn why there was an error. */
const MAX_ERRORS = 64;

/** Rows that have been looked at and of which more may become known: contents that come late, and why a handshake failed. */
export class UnsettledRows {
  private readonly pending = new Set<number>();
  /** What error rows said when they were looked at. */
  private readonly errors = new Map<number, string>();

  constructor(private readonly rows: FrameSource) {}

  /** Keeps an eye on a row, if it may change. */
  watch(row: number): void {
    const kind = this.rows.kind(row);
    if (kind === FrameKind.error) this.watchError(row);
    else if (this.rows.flags(row) & FrameFlag.pending) this.pending.add(row);
  }

  /** Has a row looked at once more in any case. */
  add(row: number): void {
    this.pending.add(row);
  }

  /** Takes out the rows that have changed, in order. */
  takeChanged(): number[] {
    const changed: number[] = [];
    for (const row of this.pending) {
      if (this.rows.flags(row) & FrameFlag.pending) continue;
      this.pending.delete(row);
      changed.push(row);
    }
    for (const [row, words] of this.errors) {
      if (this.rows.kind(row) === FrameKind.error && this.rows.eventText(row) === words) continue;
      this.errors.delete(row);
      changed.push(row);
    }
    return changed.sort((a, b) => a - b);
  }

  private watchError(row: number): void {
    this.errors.set(row, this.rows.eventText(row));
    if (this.errors.size <= MAX_ERRORS) return;
    const oldest = Math.min(...this.errors.keys());
    this.errors.delete(oldest);
  }
}
