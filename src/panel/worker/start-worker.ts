import type { TaskWorker } from './attempt.ts';

export function startWorker(): TaskWorker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}
