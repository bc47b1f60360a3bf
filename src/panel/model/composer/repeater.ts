import { signal } from '@preact/signals';

/** ms; a page is to have time for something else. */
export const LEAST_INTERVAL = 10;
export const MOST_INTERVAL = 3_600_000;

export interface RepeatPlan {
  /** ms from one message to the next */
  readonly interval: number;
  /** Messages; undefined until it is stopped. */
  readonly count: number | undefined;
}

export type RepeatState =
  | { readonly type: 'idle' }
  | { readonly type: 'running'; readonly sent: number; readonly plan: RepeatPlan }
  /** `problem` says in words why the last message could not be sent; undefined where it was stopped or is through. */
  | { readonly type: 'ended'; readonly sent: number; readonly problem: string | undefined };

/** Sends one message again and again. */
export class Repeater {
  readonly state = signal<RepeatState>({ type: 'idle' });
  /** Raised by each start and stop, so that an answer that comes late is of no interest. */
  private run = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private obstacle: () => string | undefined = () => undefined;

  /**
   * @param send sends one and says why that was not possible, if it was not; then there is no further one. The next one waits
   * for its answer, so that a page that hangs is not flooded.
   * @param obstacle says in words why there can be no further one
   */
  start(
    plan: RepeatPlan,
    send: () => Promise<string | undefined>,
    obstacle: () => string | undefined = () => undefined,
  ): void {
    this.stop();
    this.obstacle = obstacle;
    const run = ++this.run;
    this.state.value = { type: 'running', sent: 0, plan };
    const began = performance.now();
    let sent = 0;
    let turn = 0;
    const next = async () => {
      const problem = await send();
      if (run !== this.run) return;
      if (problem !== undefined) return this.end(sent, problem);
      sent++;
      if (plan.count !== undefined && sent >= plan.count) return this.end(sent, undefined);
      this.state.value = { type: 'running', sent, plan };
      // By the clock, so that delays do not add up; a turn that was missed is left out.
      const past = performance.now() - began;
      turn = Math.max(turn + 1, Math.ceil(past / plan.interval));
      this.timer = setTimeout(() => void next(), began + turn * plan.interval - performance.now());
    };
    void next();
  }

  stop(): void {
    const { value } = this.state;
    if (value.type === 'running') this.end(value.sent, undefined);
  }

  /** Something has changed: ends where there can be no further message, however long the wait for it would be. */
  look(): void {
    const { value } = this.state;
    const problem = value.type === 'running' ? this.obstacle() : undefined;
    if (value.type === 'running' && problem !== undefined) this.end(value.sent, problem);
  }

  private end(sent: number, problem: string | undefined): void {
    this.run++;
    clearTimeout(this.timer);
    this.state.value = { type: 'ended', sent, problem };
  }
}
