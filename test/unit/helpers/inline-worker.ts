import type { TaskWorker } from '../../../src/panel/worker/attempt.ts';
import type { WorkerReport, WorkerRequest } from '../../../src/panel/worker/messages.ts';
import { Performer } from '../../../src/panel/worker/performer.ts';

/** Does the work of the worker on this thread, a little later; it cannot be ended in the midst of a step. */
export class InlineWorker implements TaskWorker {
  onmessage: TaskWorker['onmessage'] = null;
  onerror: TaskWorker['onerror'] = null;
  private isEnded = false;
  private readonly performer = new Performer((report) => this.report(report));

  postMessage(request: WorkerRequest): void {
    queueMicrotask(() => {
      this.report({ type: 'ready' });
      const answer = this.performer.take(structuredClone(request));
      if (answer) this.report({ type: 'done', answer });
    });
  }

  terminate(): void {
    this.isEnded = true;
  }

  protected report(data: WorkerReport): void {
    if (!this.isEnded) this.onmessage?.(new MessageEvent('message', { data }));
  }
}
