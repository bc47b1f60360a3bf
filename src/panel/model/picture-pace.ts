/** More rows than this at once, and more than one a millisecond: nobody can read them. */
const FLOOD = { rows: 20, rowsPerMs: 1 };
/** ms between two pictures then: drawing the list 60 times a second would take the time that the page needs. */
const FLOOD_INTERVAL = 300;

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
  private isDue = false;
  /** Set while a picture is put off. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isFlooded = false;
  private drawnAt = 0;
  private drawnRows = 0;

  constructor(private readonly pictures: Pictures) {}

  /** @param isUrgent a person waits for it: it comes with the next picture also where too much is new to be read */
  ask(isUrgent = false): void {
    if (this.isDue && !(isUrgent && this.timer !== undefined)) return;
    this.isDue = true;
    clearTimeout(this.timer);
    const schedule = () => {
      this.timer = undefined;
      this.pictures.schedule(() => this.draw());
    };
    const wait = this.isFlooded && !isUrgent ? this.drawnAt + FLOOD_INTERVAL - performance.now() : 0;
    if (wait <= 0) schedule();
    else this.timer = setTimeout(schedule, wait);
  }

  private draw(): void {
    this.isDue = false;
    const now = performance.now();
    const end = this.pictures.rows();
    const rows = end - this.drawnRows;
    this.isFlooded = rows > FLOOD.rows && rows > (now - this.drawnAt) * FLOOD.rowsPerMs;
    this.drawnRows = end;
    this.drawnAt = now;
    this.pictures.paint();
  }
}
