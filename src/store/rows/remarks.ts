/** The user's star and note on a row. */
export interface Remark {
  readonly isStarred: boolean;
  /** One line; empty if there is none. */
  readonly note: string;
}

/** UTF-16 units of a note that are kept. */
export const LONGEST_NOTE = 1000;

const NONE: Remark = { isStarred: false, note: '' };

/** Stars and notes of rows. Few rows have any. */
export class Remarks {
  private readonly remarks = new Map<number, Remark>();
  private readonly log: number[] = [];

  /** How often something has changed. */
  get changes(): number {
    return this.log.length;
  }

  /** Rows that have changed since {@link changes} had this value. */
  changedSince(changes: number): readonly number[] {
    return this.log.slice(changes);
  }

  of(row: number): Remark {
    return this.remarks.get(row) ?? NONE;
  }

  set(row: number, change: Partial<Remark>): void {
    const { isStarred, note } = { ...this.of(row), ...change };
    const remark = { isStarred, note: oneLine(note) };
    if (remark.isStarred || remark.note !== '') this.remarks.set(row, remark);
    else this.remarks.delete(row);
    this.log.push(row);
  }

  /** Copies them to the rows of another list, moved by an offset. */
  copyTo(other: Remarks, offset: number): void {
    for (const [row, remark] of this.remarks) other.set(row + offset, remark);
  }

  /** Rows before this one have been dropped. */
  dropBefore(firstRow: number): void {
    for (const row of this.remarks.keys()) if (row < firstRow) this.remarks.delete(row);
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_NOTE);
}
