/** The thread for work that may have to be ended. */
import type { WorkerReport, WorkerRequest } from './messages.ts';
import { Performer } from './performer.ts';

function report(message: WorkerReport, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

const performer = new Performer(report);

addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  const answer = performer.take(data);
  if (answer) report({ type: 'done', answer }, [answer.found.buffer]);
});

report({ type: 'ready' });
