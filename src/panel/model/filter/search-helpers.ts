import type { Pattern } from '../../../store/query/matching/patterns.ts';
import type { RowContents } from '../../../store/query/matching/row-contents.ts';
import type { Helpers, PatternsOutcome } from '../../../store/search/search-later.ts';
import type { Turns } from '../../platform/turns.ts';
import type { TaskWorker } from '../../worker/attempt.ts';
import type { TaskOutcome, TaskRunner } from '../../worker/task-runner.ts';

/** What searches and those who show what they find cannot do themselves. */
export interface PanelHelpers extends Helpers {
  /** Where a regular expression matches in short texts: text, start and end of each match. Undefined where it takes too long. */
  placesIn(pattern: Pattern, texts: readonly string[], signal: AbortSignal): Promise<Uint32Array | undefined>;
}

/** What a search cannot do by itself, done with a worker and with turns of the browser. */
export function searchHelpers(startWorker: () => TaskWorker, turns: Turns): PanelHelpers {
  const breathe = () => new Promise<void>(turns);
  let runner: Promise<TaskRunner> | undefined;
  const loaded = () => {
    runner ??= loadRunner(startWorker, breathe);
    return runner;
  };
  return {
    breathe,
    placesIn: async (pattern, texts, signal) => {
      const task = {
        type: 'patterns',
        patterns: [pattern],
        contents: contentsOf(texts),
        wantsPlaces: true,
      } as const;
      const outcome = await (await loaded()).run(task, signal);
      return outcome.type === 'done' ? outcome.answer.places : undefined;
    },
    runPatterns: async (patterns, contents, signal) => {
      const outcome = await (await loaded()).run({ type: 'patterns', patterns, contents }, signal);
      return patternsOutcome(outcome, patterns.length);
    },
  };
}

/** Loaded with the first regular expression: the panel's first picture does not need it. */
async function loadRunner(startWorker: () => TaskWorker, breathe: () => Promise<void>): Promise<TaskRunner> {
  const { TaskRunner } = await import('../../worker/task-runner.ts');
  return new TaskRunner(startWorker, breathe);
}

function contentsOf(texts: readonly string[]): RowContents {
  return {
    text: texts.join(''),
    bytes: new Uint8Array(),
    lengths: Uint32Array.from(texts, ({ length }) => length),
    areBytes: new Uint8Array(texts.length),
    spoken: new Uint8Array(texts.length),
  };
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
