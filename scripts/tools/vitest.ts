import { readFile } from 'node:fs/promises';
import { runBin } from './command.ts';

/** Tests by their outcome. Skipped ones are in neither. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
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
 * Runs projects of the tests, with its usual output on the console.
 * @param report where the JSON report goes; there must be none yet
 */
export async function runVitest(
  projects: readonly string[],
  report: string,
  signal: AbortSignal,
): Promise<Tally> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const succeeded = await runBin(
    'vitest',
    ['run', ...projects.flatMap((project) => ['--project', project]), ...reporters],
    {
      signal,
    },
  ).then(
    () => true,
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      return false;
    },
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  return countTests(text === undefined ? undefined : (JSON.parse(text) as VitestReport), succeeded);
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
