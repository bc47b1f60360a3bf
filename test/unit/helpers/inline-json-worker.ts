import type { JsonRequest, JsonWorker } from '../../../src/panel/worker/json-messages.ts';
import { JsonTaker } from '../../../src/panel/worker/json-taker.ts';

/** Does the work of the worker on this thread, a little later. */
export class InlineJsonWorker implements JsonWorker {
  onmessage: JsonWorker['onmessage'] = null;
  onerror: JsonWorker['onerror'] = null;
  isEnded = false;
  readonly requests: JsonRequest[] = [];
  private readonly taker = new JsonTaker();

  postMessage(request: JsonRequest): void {
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
