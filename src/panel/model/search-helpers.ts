import type { Helpers, PatternsOutcome } from '../../store/search-later.ts';
import type { Turns } from '../turns.ts';
import type { TaskWorker } from '../worker/attempt.ts';
import { TaskRunner } from '../worker/task-runner.ts';

/** What a search cannot do by itself, done with a worker and with turns of the browser. */
export function searchHelpers(startWorker: () => TaskWorker, turns: Turns): Helpers {
  const breathe = () => new Promise<void>(turns);
  const runner = new TaskRunner(startWorker, breathe);
  return {
    breathe,
    runPatterns: async (patterns, contents, signal): Promise<PatternsOutcome> => {
      const outcome = await runner.run({ type: 'patterns', patterns, contents }, signal);
      switch (outcome.type) {
        case 'done':
          return { type: 'done', found: outcome.answer.found };
        case 'stuck': {
          const { step } = outcome;
          const row = Math.floor(step / patterns.length);
          return { type: 'stuck', row, pattern: step % patterns.length };
        }
        case 'failed':
        case 'cancelled':
          return outcome;
      }
    },
  };
}
