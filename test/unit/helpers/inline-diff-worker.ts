import type { DiffRequest, DiffWorker } from '../../../src/panel/worker/diff-messages.ts';
import { DiffTaker } from '../../../src/panel/worker/diff-taker.ts';

/** Does the work of the worker on this thread, a little later. */
export class InlineDiffWorker implements DiffWorker {
  onmessage: DiffWorker['onmessage'] = null;
  onerror: DiffWorker['onerror'] = null;
  isEnded = false;
  readonly requests: DiffRequest[] = [];
  private readonly taker = new DiffTaker();

  postMessage(request: DiffRequest): void {
    this.requests.push(request);
    queueMicrotask(() => {
      const data = this.taker.take(structuredClone(request));
      if (data && !this.isEnded) this.onmessage?.(new MessageEvent('message', { data }));
    });
  }

  terminate(): void {
    this.isEnded = true;
  }
}
