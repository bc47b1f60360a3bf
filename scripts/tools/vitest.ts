import { readFile } from 'node:fs/promises';
import { CommandError, runBin } from './command.ts';

/** Tests by their outcome. Skipped ones are in neither. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** What there is to show of the run, where it was not shown at once. */
  readonly output?: string;
}

/** What Vitest's JSON reporter writes, as far as it is read here. */
export interface VitestReport {
  readonly testResults: readonly {
    /** The file. */
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * Runs projects of the tests, with its usual output on the console, or in the tally.
 * @param report where the JSON report goes; there must be none yet
 * @param isQuiet another run uses the console
 */
export async function runVitest(
  projects: readonly string[],
  report: string,
  signal: AbortSignal,
  isQuiet = false,
): Promise<Tally> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', ...projects.flatMap((project) => ['--project', project]), ...reporters];
  const { isWell, output } = await runBin('vitest', args, {
    signal,
    ...(isQuiet ? { capture: 'all' } : {}),
  }).then(
    (said) => ({ isWell: true, output: said }),
    (error: unknown) => {
      const said = error instanceof CommandError ? error.output : '';
      const reason = error instanceof Error ? error.message : String(error);
      if (!isQuiet) console.error(reason);
      return { isWell: false, output: `${said}${reason}\n` };
    },
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  const tally = countTests(text === undefined ? undefined : (JSON.parse(text) as VitestReport), isWell);
  return isQuiet ? { ...tally, output } : tally;
}

/**
 * The true totals of a run.
 * @param report undefined when the run ended without one
 * @param succeeded whether the run itself ended well; when it did not, something has failed whatever the report says
 */
function countTests(report: VitestReport | undefined, succeeded: boolean): Tally {
  let passed = 0;
  let failed = 0;
  for (const { status, assertionResults } of report?.testResults ?? []) {
    passed += assertionResults.filter((test) => test.status === 'passed').length;
    const failures = assertionResults.filter((test) => test.status === 'failed').length;
    // A file that cannot be loaded, or whose setup fails, has no failed test but has failed nevertheless.
    failed += failures === 0 && status === 'failed' ? 1 : failures;
  }
  const isWell = succeeded && report !== undefined && passed + failed > 0;
  return { passed, failed: failed === 0 && !isWell ? 1 : failed };
}
