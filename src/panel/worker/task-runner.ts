import { Attempt, type AttemptEnd, type TaskWorker } from './attempt.ts';
import type { WorkerAnswer, WorkerTask } from './messages.ts';

/** What has become of a task. */
export type TaskOutcome =
  | { readonly type: 'done'; readonly answer: WorkerAnswer }
  /** Ended in the midst of a step that took too long. */
  | { readonly type: 'stuck'; readonly step: number }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'cancelled' };

/** ms */
export interface Patience {
  /** until a worker is loaded */
  readonly start: number;
  /** without a word, after which the task is done once more, with a word about each step */
  readonly silence: number;
  /** that one step may take then */
  readonly step: number;
  /** that a task which is not wanted any more may still take, so that not every change of mind costs a worker */
  readonly cancelled: number;
}

export const PATIENCE: Patience = { start: 20_000, silence: 500, step: 1000, cancelled: 100 };

/** What a decent regular expression gets through on a slow machine; large payloads have so much more time. */
const UNITS_PER_MS = 50_000;

/** UTF-16 units that are handed over at once: it takes about a ms. */
const MAX_PART = 2 * 1024 * 1024;

/**
 * Has tasks done by a worker, one at a time. When one hangs, the worker is ended and the step is named in which that was. Busy machines
 * are slow for other reasons, too: every task has a second chance.
 */
export class TaskRunner {
  private worker: TaskWorker | undefined;
  private isReady = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly startWorker: () => TaskWorker,
    private readonly breathe: () => Promise<void>,
    private readonly patience: Patience = PATIENCE,
  ) {}

  /** Does a task when those before it are over. Whoever cancels it hears of that at once. */
  run(task: WorkerTask, signal: AbortSignal): Promise<TaskOutcome> {
    const outcome = this.last
      .then(() => this.runNow(task, signal))
      // It cannot be handed over where memory is short. The worker may have a part of it.
      .catch((error: unknown): TaskOutcome => {
        this.endWorker();
        return { type: 'failed', reason: String(error) };
      });
    this.last = outcome;
    return Promise.race([outcome, whenAborted(signal)]);
  }

  private async runNow(task: WorkerTask, signal: AbortSignal): Promise<TaskOutcome> {
    if (signal.aborted) return { type: 'cancelled' };
    const first = await this.attempt(task, false, signal);
    const end = first.type === 'silent' && !signal.aborted ? await this.attempt(task, true, signal) : first;
    switch (end.type) {
      case 'done':
      case 'failed':
        return end;
      case 'silent':
        return end.step === undefined
          ? { type: 'failed', reason: 'the worker does not answer' }
          : { type: 'stuck', step: end.step };
    }
  }

  private async attempt(task: WorkerTask, tellsAll: boolean, signal: AbortSignal): Promise<AttemptEnd> {
    try {
      this.worker ??= this.startWorker();
    } catch (error) {
      return { type: 'failed', reason: String(error) };
    }
    const { worker } = this;
    const rest = await this.handOver(task, worker);
    const attempt = new Attempt(
      worker,
      { type: 'task', task: rest, tellsAll },
      () => this.limit(task, tellsAll, signal),
      () => {
        this.isReady = true;
      },
    );
    const onAbort = () => attempt.wait();
    signal.addEventListener('abort', onAbort);
    const end = await attempt.end;
    signal.removeEventListener('abort', onAbort);
    if (end.type !== 'done') this.endWorker();
    return end;
  }

  /** Hands over the text of a task in parts. @returns the task without them */
  private async handOver(task: WorkerTask, worker: TaskWorker): Promise<WorkerTask> {
    const { text } = task.contents;
    let at = 0;
    for (; text.length - at > MAX_PART; at += MAX_PART) {
      worker.postMessage({ type: 'text', text: text.slice(at, at + MAX_PART) });
      await this.breathe();
    }
    return { ...task, contents: { ...task.contents, text: text.slice(at) } };
  }

  private limit({ contents }: WorkerTask, tellsAll: boolean, signal: AbortSignal): number {
    if (signal.aborted) return this.patience.cancelled;
    if (!this.isReady) return this.patience.start;
    return (tellsAll ? this.patience.step : this.patience.silence) + contents.text.length / UNITS_PER_MS;
  }

  private endWorker(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.isReady = false;
  }
}

function whenAborted(signal: AbortSignal): Promise<TaskOutcome> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ type: 'cancelled' }), { once: true });
  });
}
