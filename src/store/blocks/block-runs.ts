/** The blocks of rows, stored only where they change from one row to the next. */
export class BlockRuns {
  private readonly firsts: number[] = [];
  private readonly blocks: number[] = [];
  /** The run that was found last: adjacent rows are asked for in turn. */
  private found = 0;

  /** @returns true if a new run begins */
  add(at: number, block: number): boolean {
    if (this.blocks.at(-1) === block) return false;
    this.firsts.push(at);
    this.blocks.push(block);
    return true;
  }

  /** The first place of each run. */
  get firstPlaces(): readonly number[] {
    return this.firsts;
  }

  /** Number of a place's run, from 0; -1 before the first. */
  indexOf(at: number): number {
    const { firsts, found } = this;
    const isSame = (firsts[found] ?? 0) <= at && at < (firsts[found + 1] ?? Number.POSITIVE_INFINITY);
    if (!isSame) this.found = this.runOf(at);
    return this.found;
  }

  find(at: number): number {
    return this.blocks[this.indexOf(at)] ?? 0;
  }

  /** One past the last place of the run. */
  endOf(at: number): number {
    this.find(at);
    return this.firsts[this.found + 1] ?? Number.POSITIVE_INFINITY;
  }

  /** The first place of each run of a block, and one past its last, which is `end` for the last run. */
  *rangesOf(block: number, end: number): Generator<readonly [from: number, to: number]> {
    for (let run = this.blocks.indexOf(block); run !== -1; run = this.blocks.indexOf(block, run + 1)) {
      yield [this.firsts[run] ?? 0, this.firsts[run + 1] ?? end];
    }
  }

  private runOf(at: number): number {
    let low = 0;
    let high = this.firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.firsts[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
