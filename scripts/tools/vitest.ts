import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, runBin } from './command.ts';
import type { Failure, Outcome } from './outcome-reporter.ts';

/** Tests by their outcome. Skipped ones are in neither. */
export interface Tally {
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** What there is to show of the run, where it was not shown at once. */
  readonly output?: string;
}

/**
 * Runs projects of the tests, with its usual output on the console, or in the tally.
 * @param report where the outcome is written to; there must be none yet
 * @param isQuiet another run uses the console
 */
export async function runVitest(
  projects: readonly string[],
  report: string,
  signal: AbortSignal,
  isQuiet = false,
): Promise<Tally> {
  const reporters = [
    '--reporter=default',
    `--reporter=${path.join(import.meta.dirname, 'outcome-reporter.ts')}`,
    `--outputFile.outcome=${report}`,
  ];
  const args = ['run', ...projects.flatMap((project) => ['--project', project]), ...reporters];
  const { problem, output } = await runBin('vitest', args, {
    signal,
    ...(isQuiet ? { capture: 'all' } : {}),
  }).then(
    (said) => ({ problem: undefined, output: said }),
    (error: unknown) => {
      const said = error instanceof CommandError ? error.output : '';
      const reason = error instanceof Error ? error.message : String(error);
      if (!isQuiet) console.error(reason);
      return { problem: reason, output: `${said}${reason}\n` };
    },
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  const tally = tallyOf(text === undefined ? undefined : (JSON.parse(text) as Outcome), problem);
  return isQuiet ? { ...tally, output } : tally;
}

/**
 * The true totals of a run.
 * @param outcome undefined when the run ended without one
 * @param problem why the run itself did not end well; something has failed then, whatever the outcome says
 */
function tallyOf(outcome: Outcome | undefined, problem: string | undefined): Tally {
  const { passed, failures } = outcome ?? { passed: 0, failures: [] };
  if (failures.length > 0) return { passed, failures };
  const reason = problem ?? (passed === 0 ? 'no test was run' : undefined);
  return { passed, failures: reason === undefined ? [] : [{ test: 'the run itself', problem: reason }] };
}
