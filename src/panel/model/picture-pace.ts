/** More rows than this at once, and more than one a millisecond: nobody can read them. */
const FLOOD = { rows: 20, rowsPerMs: 1 };
/**
 * How pictures follow each other then, in ms. Drawing the list 60 times a second would take the time that the page needs.
 */
interface Pace {
  /** Least time between two. */
  readonly shortest: number;
  /** Where a picture takes long, because the machine is slow or has more to do, there are so many times as many ms between two. */
  readonly ofPicture: number;
  /** Time without anything new after which one is put off no longer. */
  readonly quiet: number;
}

/** So that what came is seen soon. */
const AT_FIRST: Pace = { shortest: 300, ofPicture: 20, quiet: 150 };
/** A page that uses all of its processor is heard only every 200 to 300 ms, with thousands of rows at once: that it is silent for less says nothing. */
const LATER: Pace = { shortest: 500, ofPicture: 40, quiet: 400 };
/** ms that a flood lasts until it is {@link LATER} */
const LASTING = 500;
/** Most ms between two pictures. */
const LONGEST = 1000;

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
  /** When the first and the last picture of a flood were drawn. One without new rows between them does not end it. */
  private flood = { from: Number.NaN, to: Number.NaN };
  private drawnAt = 0;
  private drawnRows = 0;
  /** ms that the browser took for the last one */
  private cost = 0;

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
    this.timer ??= setTimeout(() => this.endWait(), Math.min(wait, this.pace.quiet));
  }

  private endWait(): void {
    this.timer = undefined;
    const end = Math.min(this.drawnAt + this.interval, this.putOffAt + this.pace.quiet);
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

  private get pace(): Pace {
    const { from, to } = this.flood;
    return to - from >= LASTING ? LATER : AT_FIRST;
  }

  /** ms between two pictures */
  private get interval(): number {
    const { shortest, ofPicture } = this.pace;
    return Math.min(LONGEST, Math.max(shortest, ofPicture * this.cost));
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
    if (this.wasFlooded)
      this.flood = { from: now - this.flood.to <= LONGEST ? this.flood.from : now, to: now };
    this.drawnRows = this.pictures.rows();
    this.drawnAt = now;
    this.pictures.paint();
    this.pictures.afterwards(() => {
      this.cost = performance.now() - now;
    });
  }
}
