import { testContents } from '../../store/query/row-contents.ts';
import type { WorkerAnswer, WorkerReport, WorkerRequest, WorkerTask } from './messages.ts';

/** ms between two words about a step */
const WORD_INTERVAL = 50;

/** Does what is asked, and tells how far it is. */
export function perform(
  { task, tellsAll }: WorkerRequest,
  report: (report: WorkerReport) => void,
  now: () => number = () => performance.now(),
): WorkerAnswer {
  let toldAt = Number.NEGATIVE_INFINITY;
  return performTask(task, (step) => {
    if (!tellsAll && now() - toldAt < WORD_INTERVAL) return;
    toldAt = now();
    report({ type: 'step', step });
  });
}

function performTask(task: WorkerTask, onStep: (step: number) => void): WorkerAnswer {
  switch (task.type) {
    case 'patterns':
      return { type: 'patterns', found: testContents(task.patterns, task.contents, onStep) };
  }
}
