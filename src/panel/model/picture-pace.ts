/** More rows than this at once, and more than one a millisecond: nobody can read them. */
const FLOOD = { rows: 20, rowsPerMs: 1 };
/**
 * ms between two pictures then, unless nothing has come for a while: drawing the list 60 times a second would take the time that the page
 * needs. While it floods, the page is heard more often than that.
 */
const FLOOD_INTERVAL = 300;
const QUIET = 150;

/** What pictures are made of. */
interface Pictures {
  /** Asks to be called before the next picture is drawn; a hidden panel is not called. */
  readonly schedule: (paint: () => void) => void;
  /** Rows that there have been so far. */
  readonly rows: () => number;
  readonly paint: () => void;
}

/** When pictures are drawn: one at a time however much has come in, and fewer where more is new than can be read. */
export class PicturePace {
  /** It has been asked of the browser. */
  private isDue = false;
  /** Set while a picture is put off. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** There was a flood when the last one was drawn. */
  private wasFlooded = false;
  private drawnAt = 0;
  private drawnRows = 0;

  constructor(private readonly pictures: Pictures) {}

  /** @param isUrgent a person waits for it: it comes with the next picture also where too much is new to be read */
  ask(isUrgent = false): void {
    if (this.isDue) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const wait = isUrgent || !this.isFlooded ? 0 : this.drawnAt + FLOOD_INTERVAL - performance.now();
    if (wait <= 0) this.schedule();
    else this.timer = setTimeout(() => this.schedule(), Math.min(wait, QUIET));
  }

  private schedule(): void {
    this.timer = undefined;
    this.isDue = true;
    this.pictures.schedule(() => this.draw());
  }

  /** Nobody has read what the last picture showed, or can read what this one would. The first rows are always shown at once. */
  private get isFlooded(): boolean {
    return this.drawnRows > 0 && (this.wasFlooded || this.isFlood(performance.now()));
  }

  private isFlood(now: number): boolean {
    const rows = this.pictures.rows() - this.drawnRows;
    return rows > FLOOD.rows && rows > (now - this.drawnAt) * FLOOD.rowsPerMs;
  }

  private draw(): void {
    this.isDue = false;
    const now = performance.now();
    this.wasFlooded = this.isFlood(now);
    this.drawnRows = this.pictures.rows();
    this.drawnAt = now;
    this.pictures.paint();
  }
}
