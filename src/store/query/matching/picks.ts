const FIRST_CAPACITY = 1024;

/** Rows that pass, in the order in which they were found. There may be as many as a search goes through, so that they take four bytes each. */
export class Picks {
  private cells = new Uint32Array(FIRST_CAPACITY);
  private count = 0;

  push(row: number): void {
    if (this.count === this.cells.length) this.grow();
    this.cells[this.count++] = row;
  }

  /** Adds others and puts all in the order of their numbers. */
  merge(others: Picks): void {
    for (const row of others.rows) this.push(row);
    this.rows.sort();
  }

  /** Valid until the next change. */
  get rows(): Uint32Array {
    return this.cells.subarray(0, this.count);
  }

  private grow(): void {
    const cells = new Uint32Array(2 * this.cells.length);
    cells.set(this.cells);
    this.cells = cells;
  }
}
