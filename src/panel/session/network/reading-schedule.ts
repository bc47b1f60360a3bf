/**
 * When more frames than these, and more than one a ms, arrive between planning a reading and its time, the reading is put off by
 * `patience` ms: it would take the time that the page needs, and it takes longer the more frames the log holds.
 */
const FLOOD = { frames: 100, framesPerMs: 1, patience: 1000 };
/** ms without use after which a reading that takes long may begin */
const UNUSED = 5000;

/** What the schedule has to know, and what it calls. */
export interface ReadingHost {
  /** Frames that the panel has received so far. */
  readonly received: number;
  /** Nobody could use the panel while the log is read. */
  readonly isLong: boolean;
  /** When somebody last used the panel, on the clock of `performance.now()`. */
  readonly usedAt: number;
  /** Calls back before the next picture is drawn; not while the panel is hidden. */
  whenVisible(callback: () => void): void;
  read(): void;
}

/**
 * When the network log is read: once for all who want it, not during a flood of frames, not while nobody can see it, and not under the hands
 * of somebody who would feel it.
 */
export class ReadingSchedule {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When the next reading is due, on the clock of `performance.now()`. */
  private due = Number.POSITIVE_INFINITY;
  /** No reading is planned before this time, so that all of them together stay cheap. */
  private earliest = 0;
  private isStopped = false;
  /** A person waits for the next reading. */
  private isAwaited = false;

  constructor(private readonly host: ReadingHost) {}

  /** Plans a reading in `delay` ms, or later where the last one was expensive. An earlier plan stands. */
  readIn(delay: number): void {
    this.readAt(Math.max(performance.now() + delay, this.earliest));
  }

  /** Plans a reading at once, whatever the last one cost, because a person is waiting for it. */
  readNow(): void {
    this.isAwaited = true;
    this.readAt(performance.now());
  }

  /** Leaves `ms` ms until the next reading, except for {@link readNow}. */
  rest(ms: number): void {
    this.earliest = performance.now() + ms;
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private readAt(due: number): void {
    if (this.isStopped || due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    const from = { frames: this.host.received, time: performance.now() };
    this.timer = setTimeout(() => this.readWhenCalm(from), due - from.time);
  }

  private readWhenCalm(from: { readonly frames: number; readonly time: number }): void {
    const elapsed = performance.now() - from.time;
    const frames = this.host.received - from.frames;
    if (frames > FLOOD.frames && frames > elapsed * FLOOD.framesPerMs) return this.putOff(FLOOD.patience);
    const { isLong, usedAt } = this.host;
    const use = usedAt + UNUSED - performance.now();
    if (isLong && use > 0 && !this.isAwaited) return this.putOff(use);
    this.host.whenVisible(() => {
      this.due = Number.POSITIVE_INFINITY;
      this.isAwaited = false;
      if (!this.isStopped) this.host.read();
    });
  }

  private putOff(ms: number): void {
    this.due = Number.POSITIVE_INFINITY;
    this.readIn(ms);
  }
}
