import { FrameFlag } from '../../protocol/frames.ts';
import type { CommandPayload } from '../../protocol/messages.ts';
import type { CommandRefusal } from './documents/commands-under-way.ts';
import type { PanelAction } from './session.ts';

/** One message of a replay. */
export interface ReplayStep {
  /** Of the frame in the list. */
  readonly row: number;
  readonly action: 'send' | 'inject';
  /** ms since the epoch at which the original passed */
  readonly time: number;
}

/** `gaps` keeps the original distances, each multiplied by `factor`. */
export type ReplayPace = { readonly type: 'at-once' } | { readonly type: 'gaps'; readonly factor: number };

export type ReplayEnd =
  | { readonly type: 'done' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'refused'; readonly refusal: CommandRefusal };

/** What has become of the steps so far. */
export interface ReplayCounts {
  /** Carried out. */
  readonly done: number;
  /** Left out, because what the frame carried is not there any more. */
  readonly missing: number;
  /** At the end: handed over to the page, which has not said whether it carried them out. */
  readonly unanswered: number;
}

/** What a replay needs of the panel. */
export interface ReplayMeans {
  /** What a frame carried; undefined where that is gone. */
  payloadOf(row: number): CommandPayload | undefined | Promise<CommandPayload | undefined>;
  /** Carries out one action and answers why it was refused, if it was; a refusal ends the replay. */
  run(action: PanelAction): Promise<CommandRefusal | undefined>;
  onProgress(counts: ReplayCounts): void;
}

/** Commands that may wait for their answers at the same time. */
const WINDOW = 64;
/** ms in which a page answers what it was told before the replay was ended, unless it hangs */
const LAST_ANSWERS = 1000;

/** Carries out the steps in order. */
export async function replay(
  steps: readonly ReplayStep[],
  pace: ReplayPace,
  means: ReplayMeans,
  signal: AbortSignal,
): Promise<ReplayEnd> {
  const run = new ReplayRun(means, signal);
  const start = performance.now();
  const firstTime = steps[0]?.time ?? 0;
  for (const step of steps) {
    if (pace.type === 'gaps') await run.until(start + (step.time - firstTime) * pace.factor);
    await run.room();
    const payload = run.isStopped ? undefined : await means.payloadOf(step.row);
    if (run.isStopped) break;
    if (payload) run.handOver({ type: step.action, payload, marks: FrameFlag.replayed });
    else run.leaveOut();
  }
  return run.finish(steps.length);
}

/** The commands of one replay. */
class ReplayRun {
  private done = 0;
  private missing = 0;
  private unanswered = 0;
  private underWay = 0;
  private refusal: CommandRefusal | undefined;
  private hasEnded = false;
  /** Told of each answer and of a stop. */
  private wake: () => void = () => undefined;
  private readonly refused = new AbortController();
  private readonly stop: AbortSignal;

  constructor(
    private readonly means: ReplayMeans,
    private readonly cancelled: AbortSignal,
  ) {
    this.stop = AbortSignal.any([cancelled, this.refused.signal]);
    this.stop.addEventListener('abort', () => this.wake());
  }

  get isStopped(): boolean {
    return this.stop.aborted;
  }

  /** Waits until one more command may be under way. */
  async room(): Promise<void> {
    while (this.underWay >= WINDOW && !this.isStopped) await this.change();
  }

  /** Resolves at a time of `performance.now()`, or as soon as it is stopped. */
  async until(time: number): Promise<void> {
    let left = time - performance.now();
    while (left > 0 && !this.isStopped) {
      await this.change(left);
      left = time - performance.now();
    }
  }

  handOver(action: PanelAction): void {
    this.underWay++;
    void this.means.run(action).then((answer) => this.take(answer));
  }

  leaveOut(): void {
    this.missing++;
    this.tell();
  }

  /**
   * Waits for the answers. A page that hangs may never give them: who has cancelled does not wait for that.
   * @param steps that there were; who cancels after the last of them has cancelled nothing
   */
  async finish(steps: number): Promise<ReplayEnd> {
    while (this.underWay > 0 && !this.isStopped) await this.change();
    const patience = performance.now() + LAST_ANSWERS;
    while (this.underWay > 0 && performance.now() < patience) await this.change(patience - performance.now());
    this.hasEnded = true;
    this.unanswered += this.underWay;
    this.tell();
    if (this.refusal) return { type: 'refused', refusal: this.refusal };
    const isWhole = this.done + this.missing === steps;
    return this.cancelled.aborted && !isWhole ? { type: 'cancelled' } : { type: 'done' };
  }

  private take(answer: CommandRefusal | undefined): void {
    if (this.hasEnded) return;
    this.underWay--;
    if (!answer) this.done++;
    else if (answer.reason === 'unanswered') this.unanswered++;
    if (!answer) this.tell();
    else {
      this.refusal ??= answer;
      this.refused.abort();
    }
    this.wake();
  }

  private tell(): void {
    const { done, missing, unanswered } = this;
    this.means.onProgress({ done, missing, unanswered });
  }

  /** Resolves with the next answer, when it is stopped, or after some ms. */
  private change(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => this.wake(), ms);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = () => undefined;
        resolve();
      };
    });
  }
}
