import { signal } from '@preact/signals';

/** ms */
export const LEAST_INTERVAL = 1;
export const MOST_INTERVAL = 3_600_000;

/**
 * ms. Timers do not fire every millisecond, so up to this much time is caught up on. As much may be in flight, so that a page
 * that is paused, at a breakpoint for example, does not receive everything at once afterwards.
 */
const CATCH_UP = 50;
/** ms between two updates of the displayed count */
const PICTURE = 50;

export interface RepeatPlan {
  /** ms from one message to the next */
  readonly interval: number;
  /** Number of messages; undefined to repeat until stopped. */
  readonly count: number | undefined;
}

/** What has been done so far. */
export interface RepeatCounts {
  readonly sent: number;
  /** Skipped messages, because the page or this panel was busy. */
  readonly missed: number;
}

export type RepeatState =
  | { readonly type: 'idle' }
  | (RepeatCounts & { readonly type: 'running'; readonly plan: RepeatPlan })
  /** `problem` is the reason why a message could not be sent; undefined if the repetition was stopped or is complete. */
  | (RepeatCounts & { readonly type: 'ended'; readonly problem: string | undefined });

/** Sends one message repeatedly. */
export class Repeater {
  readonly state = signal<RepeatState>({ type: 'idle' });
  private current: Repetition | undefined;

  /**
   * @param send sends one message and returns why that failed, if it did; that ends the repetition
   * @param obstacle returns the reason why no further message can be sent, if there is one
   */
  start(
    plan: RepeatPlan,
    send: () => Promise<string | undefined>,
    obstacle: () => string | undefined = () => undefined,
  ): void {
    this.stop();
    const repetition = new Repetition(plan, send, obstacle, (state) => {
      if (this.current === repetition) this.state.value = state;
    });
    this.current = repetition;
    repetition.start();
  }

  stop(): void {
    this.current?.end(undefined);
  }

  /** Something has changed: ends the repetition at once if no further message can be sent. */
  look(): void {
    this.current?.look();
  }
}

/** One message that is repeated. */
class Repetition {
  private sent = 0;
  private missed = 0;
  private underWay = 0;
  /** Messages that were handed over. */
  private handed = 0;
  /** Number of intervals that have passed. */
  private turn = 0;
  private problem: string | undefined;
  private isRunning = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private picture: ReturnType<typeof setTimeout> | undefined;
  private readonly began = performance.now();

  constructor(
    private readonly plan: RepeatPlan,
    private readonly send: () => Promise<string | undefined>,
    private readonly obstacle: () => string | undefined,
    private readonly show: (state: RepeatState) => void,
  ) {}

  start(): void {
    this.tell();
    this.work();
  }

  look(): void {
    const problem = this.isRunning ? this.obstacle() : undefined;
    if (problem !== undefined) this.end(problem);
  }

  end(problem: string | undefined): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    this.problem = problem;
    clearTimeout(this.timer);
    this.tell();
  }

  /** Sends what is due by the clock, so that delays do not add up. */
  private work(): void {
    const { interval, count } = this.plan;
    const most = Math.max(1, Math.floor(CATCH_UP / interval));
    const due = Math.floor((performance.now() - this.began) / interval) + 1 - this.turn;
    this.turn += due;
    const sendable = Math.min(due, most - this.underWay, (count ?? Number.POSITIVE_INFINITY) - this.handed);
    for (let index = 0; index < sendable; index++) this.hand();
    const isThrough = this.handed === count;
    if (!isThrough) this.missed += due - Math.max(0, sendable);
    if (this.isRunning && !isThrough) this.wait();
  }

  private wait(): void {
    const next = this.began + this.turn * this.plan.interval;
    this.timer = setTimeout(() => this.work(), next - performance.now());
  }

  private hand(): void {
    this.handed++;
    this.underWay++;
    void this.send().then((problem) => this.take(problem));
  }

  /** Messages handed over before the end are counted when their answers arrive. */
  private take(problem: string | undefined): void {
    this.underWay--;
    if (problem === undefined) this.sent++;
    if (problem !== undefined) this.end(problem);
    else if (this.sent === this.plan.count) this.end(undefined);
    else this.picture ??= setTimeout(() => this.tell(), PICTURE);
  }

  private tell(): void {
    clearTimeout(this.picture);
    this.picture = undefined;
    const { sent, missed, plan, problem } = this;
    this.show(
      this.isRunning ? { type: 'running', sent, missed, plan } : { type: 'ended', sent, missed, problem },
    );
  }
}
