/** Units of work between two checks of the clock. */
const STRIDE = 128 * 1024;

/**
 * How long a search may run without a break. A row whose payload is too large to be searched at once is left where the
 * search of it stands, and {@link isInterrupted} says so.
 */
export class Pace {
  isInterrupted = false;
  private deadline = Number.POSITIVE_INFINITY;
  private spent = 0;
  private over = false;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @param budget ms */
  begin(budget: number): void {
    this.deadline = this.now() + budget;
    this.spent = 0;
    this.over = false;
    this.isInterrupted = false;
  }

  /** The time was up at the last check of the clock. */
  get isOver(): boolean {
    return this.over;
  }

  /** Accounts for work, about as much as searching so many bytes of text. @returns true once the time is up */
  spend(units: number): boolean {
    this.spent += units;
    if (this.spent < STRIDE) return this.over;
    this.spent = 0;
    this.over = this.now() >= this.deadline;
    return this.over;
  }
}
