/** The thread for work that may have to be ended. */
import type { WorkerReport, WorkerRequest } from './messages.ts';
import { perform } from './perform.ts';

function report(message: WorkerReport, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  const answer = perform(data, report);
  report({ type: 'done', answer }, [answer.found.buffer]);
});

report({ type: 'ready' });
