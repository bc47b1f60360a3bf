import type { WorkerAnswer, WorkerReport, WorkerRequest } from './messages.ts';

/** A worker, as far as it is used here. */
export interface TaskWorker {
  onmessage: ((event: MessageEvent<WorkerReport>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: WorkerRequest): void;
  terminate(): void;
}

/** What has become of one attempt at a task. */
export type AttemptEnd =
  | { readonly type: 'done'; readonly answer: WorkerAnswer }
  /** There was no word for too long; the step is the last that was told of. */
  | { readonly type: 'silent'; readonly step: number | undefined }
  | { readonly type: 'failed'; readonly reason: string };

/** One request to a worker, and the wait for its answer. */
export class Attempt {
  readonly end: Promise<AttemptEnd>;
  private settle: (end: AttemptEnd) => void = () => undefined;
  private step: number | undefined;
  private words = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param limit ms without a word that are too long, by what is known when the wait for the next word begins */
  constructor(
    worker: TaskWorker,
    request: WorkerRequest,
    private readonly limit: () => number,
    private readonly onReady: () => void,
  ) {
    this.end = new Promise((resolve) => {
      this.settle = (end) => {
        clearTimeout(this.timer);
        resolve(end);
      };
    });
    worker.onmessage = ({ data }) => this.hear(data);
    worker.onerror = ({ message }) =>
      this.settle({ type: 'failed', reason: message || 'the worker cannot be loaded' });
    worker.postMessage(request);
    this.wait();
  }

  /** Waits from now on as long as the limit now says. */
  wait(): void {
    const { words } = this;
    clearTimeout(this.timer);
    // Where this thread was busy itself, words may be waiting for it. They come before what is looked at a second time.
    this.timer = setTimeout(() => {
      this.timer = setTimeout(() => {
        if (this.words === words) this.settle({ type: 'silent', step: this.step });
        else this.wait();
      });
    }, this.limit());
  }

  private hear(report: WorkerReport): void {
    this.words++;
    switch (report.type) {
      case 'ready':
        this.onReady();
        return this.wait();
      case 'step':
        this.step = report.step;
        return this.wait();
      case 'done':
        return this.settle(report);
    }
  }
}
