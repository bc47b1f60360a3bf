import type { TaskWorker } from './attempt.ts';
import type { BytesWorker } from './bytes-messages.ts';
import type { DiffWorker } from './diff-messages.ts';
import type { JsonWorker } from './json-messages.ts';

export function startWorker(): TaskWorker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}

export function startJsonWorker(): JsonWorker {
  return new Worker(new URL('./json-worker.ts', import.meta.url), { type: 'module' });
}

export function startBytesWorker(): BytesWorker {
  return new Worker(new URL('./bytes-worker.ts', import.meta.url), { type: 'module' });
}

export function startDiffWorker(): DiffWorker {
  return new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' });
}
