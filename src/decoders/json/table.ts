/** Stands for "no node", "no key" and "failed" in the table and in the scanner's offsets. */
export const NONE = -1;

/**
 * Every value of a JSON text in document order, FIELDS numbers a value. Flat numbers instead of objects: five
 * million values cost 24 bytes each, no depth can overflow a stack, and a worker can transfer the buffer.
 */
export interface JsonTable {
  /** The number of values; there may be room for more. */
  readonly count: number;
  readonly cells: Int32Array<ArrayBuffer>;
}

/** Where a value's numbers stand in its row. All text offsets are in UTF-16 units. */
export const FIELD = {
  /** Offset of the first character of the value. */
  start: 0,
  /** Offset after its last character. For a container that was never closed: the complement (`~end`). */
  end: 1,
  /** The container it stands in, or NONE. */
  parent: 2,
  /** Offset of the opening quote of its key, or NONE where it has no key. */
  keyStart: 3,
  /** Number of direct children. */
  childCount: 4,
  /** The first value after this one and everything in it; for a child that is its next sibling, if any. */
  after: 5,
} as const;

const FIELDS = 6;
/** Values for which there is room at first, at most. */
const LARGEST_FIRST_CAPACITY = 1 << 16;

/** One number of a value known to lie in the table (unchecked: this is the innermost access). */
export function readCell(table: JsonTable, node: number, field: number): number {
  return table.cells[node * FIELDS + field] as number;
}

/** The table while it grows. */
export class GrowingTable implements JsonTable {
  count = 0;
  cells: Int32Array<ArrayBuffer>;

  constructor(sourceLength: number) {
    const guess = Math.min(sourceLength >> 3, LARGEST_FIRST_CAPACITY) + 1;
    this.cells = new Int32Array(guess * FIELDS);
  }

  add(start: number, end: number, parent: number, keyStart: number): number {
    const node = this.count++;
    const row = node * FIELDS;
    if (row === this.cells.length) this.grow();
    const { cells } = this;
    cells[row + FIELD.start] = start;
    cells[row + FIELD.end] = end;
    cells[row + FIELD.parent] = parent;
    cells[row + FIELD.keyStart] = keyStart;
    cells[row + FIELD.after] = node + 1;
    if (parent !== NONE) {
      cells[parent * FIELDS + FIELD.childCount] = readCell(this, parent, FIELD.childCount) + 1;
    }
    return node;
  }

  /** Ends a container and returns the one around it, or NONE. */
  close(container: number, end: number): number {
    this.cells[container * FIELDS + FIELD.end] = end;
    this.cells[container * FIELDS + FIELD.after] = this.count;
    return readCell(this, container, FIELD.parent);
  }

  private grow(): void {
    const larger = new Int32Array(this.cells.length * 2);
    larger.set(this.cells);
    this.cells = larger;
  }
}
