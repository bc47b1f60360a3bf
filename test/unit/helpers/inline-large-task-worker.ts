import type { LargeTaskWorker } from '../../../src/panel/worker/ask-worker.ts';
import type { BytesAnswer, BytesRequest } from '../../../src/panel/worker/bytes-messages.ts';
import { BytesTaker } from '../../../src/panel/worker/bytes-taker.ts';
import type { DiffAnswer, DiffRequest } from '../../../src/panel/worker/diff-messages.ts';
import { DiffTaker } from '../../../src/panel/worker/diff-taker.ts';
import type { JsonAnswer, JsonRequest } from '../../../src/panel/worker/json-messages.ts';
import { JsonTaker } from '../../../src/panel/worker/json-taker.ts';

/** Does the work of a worker on this thread, a little later. */
class InlineLargeTaskWorker<Request, Answer> implements LargeTaskWorker<Request, Answer> {
  onmessage: LargeTaskWorker<Request, Answer>['onmessage'] = null;
  onerror: LargeTaskWorker<Request, Answer>['onerror'] = null;
  isEnded = false;
  readonly requests: Request[] = [];

  constructor(private readonly taker: { take(request: Request): Answer | undefined }) {}

  postMessage(request: Request): void {
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

export function inlineBytesWorker(): InlineLargeTaskWorker<BytesRequest, BytesAnswer> {
  return new InlineLargeTaskWorker(new BytesTaker());
}

export function inlineDiffWorker(): InlineLargeTaskWorker<DiffRequest, DiffAnswer> {
  return new InlineLargeTaskWorker(new DiffTaker());
}

export function inlineJsonWorker(): InlineLargeTaskWorker<JsonRequest, JsonAnswer> {
  return new InlineLargeTaskWorker(new JsonTaker());
}
