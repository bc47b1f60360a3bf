import type { Helpers, PatternsOutcome } from '../../store/search-later.ts';
import type { Turns } from '../turns.ts';
import type { TaskWorker } from '../worker/attempt.ts';
import type { TaskOutcome, TaskRunner } from '../worker/task-runner.ts';

/** What a search cannot do by itself, done with a worker and with turns of the browser. */
export function searchHelpers(startWorker: () => TaskWorker, turns: Turns): Helpers {
  const breathe = () => new Promise<void>(turns);
  let runner: Promise<TaskRunner> | undefined;
  return {
    breathe,
    runPatterns: async (patterns, contents, signal) => {
      runner ??= loadRunner(startWorker, breathe);
      const outcome = await (await runner).run({ type: 'patterns', patterns, contents }, signal);
      return patternsOutcome(outcome, patterns.length);
    },
  };
}

/** Loaded with the first regular expression: the panel's first picture does not need it. */
async function loadRunner(startWorker: () => TaskWorker, breathe: () => Promise<void>): Promise<TaskRunner> {
  const { TaskRunner } = await import('../worker/task-runner.ts');
  return new TaskRunner(startWorker, breathe);
}

function patternsOutcome(outcome: TaskOutcome, patterns: number): PatternsOutcome {
  switch (outcome.type) {
    case 'done':
      return { type: 'done', found: outcome.answer.found };
    case 'stuck':
      return { type: 'stuck', row: Math.floor(outcome.step / patterns), pattern: outcome.step % patterns };
    case 'failed':
    case 'cancelled':
      return outcome;
  }
}
