/** More rows than this at once, and more than one a millisecond: nobody can read them. */
const FLOOD = { rows: 20, rowsPerMs: 1 };
/**
 * ms between two pictures then: drawing the list 60 times a second would take the time that the page needs. Where a picture takes long,
 * because the machine is slow or has more to do, there are so many times as many ms between two.
 */
const INTERVAL = { shortest: 300, longest: 1000, ofPicture: 20 };
/** ms without anything new after which one is put off no longer. While it floods, the page is heard more often than that. */
const QUIET = 150;

/** What pictures are made of. */
interface Pictures {
  /** Asks to be called before the next picture is drawn; a hidden panel is not called. */
  readonly schedule: (paint: () => void) => void;
  /** Rows that there have been so far. */
  readonly rows: () => number;
  readonly paint: () => void;
  /** Calls back once the browser has drawn what was painted. */
  readonly afterwards: (callback: () => void) => void;
}

/** When pictures are drawn: one at a time however much has come in, and fewer where more is new than can be read. */
export class PicturePace {
  /** It has been asked of the browser. */
  private isDue = false;
  /** The one that is due is put off if by then too much is new to be read. */
  private mayWait = false;
  /** Set while a picture is put off. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When it was last put off. */
  private putOffAt = 0;
  /** There was a flood when the last one was drawn. */
  private wasFlooded = false;
  private drawnAt = 0;
  private drawnRows = 0;
  private interval = INTERVAL.shortest;

  constructor(private readonly pictures: Pictures) {}

  /** @param isUrgent the user waits for it: it comes with the next picture also where too much is new to be read */
  ask(isUrgent = false): void {
    if (isUrgent) this.mayWait = false;
    if (this.isDue) return;
    const wait = isUrgent ? 0 : this.wait();
    if (wait > 0) this.putOff(wait);
    else this.schedule(!isUrgent);
  }

  private schedule(mayWait: boolean): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isDue = true;
    this.mayWait = mayWait;
    this.pictures.schedule(() => this.draw());
  }

  /** In a flood thousands of times a second: a timer that is there already is left alone, and looks when it ends whether it was to be longer. */
  private putOff(wait: number): void {
    this.putOffAt = performance.now();
    this.timer ??= setTimeout(() => this.endWait(), Math.min(wait, QUIET));
  }

  private endWait(): void {
    this.timer = undefined;
    const end = Math.min(this.drawnAt + this.interval, this.putOffAt + QUIET);
    const wait = end - performance.now();
    if (wait > 0) this.timer = setTimeout(() => this.endWait(), wait);
    else this.schedule(false);
  }

  /**
   * ms until the next picture: none unless nobody has read what the last one showed, or can read what this one would. The first rows are
   * always shown at once.
   */
  private wait(): number {
    const now = performance.now();
    const isFlooded = this.drawnRows > 0 && (this.wasFlooded || this.isFlood(now));
    return isFlooded ? Math.max(0, this.drawnAt + this.interval - now) : 0;
  }

  private isFlood(now: number): boolean {
    const rows = this.pictures.rows() - this.drawnRows;
    return rows > FLOOD.rows && rows > (now - this.drawnAt) * FLOOD.rowsPerMs;
  }

  private draw(): void {
    this.isDue = false;
    const wait = this.mayWait ? this.wait() : 0;
    if (wait > 0) {
      this.putOff(wait);
      return;
    }
    const now = performance.now();
    this.wasFlooded = this.isFlood(now);
    this.drawnRows = this.pictures.rows();
    this.drawnAt = now;
    this.pictures.paint();
    this.pictures.afterwards(() => {
      const { shortest, longest, ofPicture } = INTERVAL;
      this.interval = Math.min(longest, Math.max(shortest, ofPicture * (performance.now() - now)));
    });
  }
}
