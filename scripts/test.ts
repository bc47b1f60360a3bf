/**
 * Everything that must hold: type check, lint, tests, builds and what they hold, and the extension in real browsers.
 * The last lines of the output say which tests failed and why, the very last "N passed, N failed"; the exit code is 0 when nothing
 * failed and at least one test ran.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureBrowsers } from './browsers/ensure.ts';
import { buildExtension } from './tools/build.ts';
import { CommandError, ROOT, runBin } from './tools/command.ts';
import type { Failure } from './tools/outcome-reporter.ts';
import { runVitest, type Tally } from './tools/vitest.ts';

/** One part of the run. */
interface Step {
  readonly title: string;
  /** Titles of steps without which this one is pointless; it counts as one failed test then. */
  readonly needs?: readonly string[];
  /** Steps that run while this one mostly waits; what it has to say is shown after them. */
  readonly meanwhile?: readonly Step[];
  /** Does the work. Steps without tests of their own count as one test, failed when they throw. */
  run(signal: AbortSignal): Promise<Tally | undefined>;
}

const BROWSERS = 'Browsers';
const BUILD_CHROME = 'Build for Chrome and Edge';
const BUILD_FIREFOX = 'Build for Firefox';

const STEPS: readonly Step[] = [
  {
    // Where they have to be installed first, that is mostly waiting.
    ...step(BROWSERS, async () => {
      const programs = Object.entries(await ensureBrowsers());
      for (const [name, program] of programs) console.log(`${name}: ${program}`);
    }),
    meanwhile: [
      step(BUILD_CHROME, (signal) => buildExtension('chromium', { signal })),
      step(BUILD_FIREFOX, (signal) => buildExtension('firefox', { signal })),
      step('Types (tsc)', (signal) => runBin('tsc', ['--noEmit'], { signal })),
      step('Lint and format (biome)', (signal) =>
        runBin('biome', ['check', '--diagnostic-level=warn', '.'], { signal }),
      ),
      {
        title: 'What the builds hold',
        needs: [BUILD_CHROME, BUILD_FIREFOX],
        run: (signal) => vitest('build', signal),
      },
      step('Firefox add-on lint (web-ext)', lintForFirefox, [BUILD_FIREFOX]),
    ],
  },
  {
    title: 'A minute in slow motion, in Chromium and Firefox',
    needs: [BROWSERS, BUILD_CHROME, BUILD_FIREFOX],
    run: (signal) => vitest('slow', signal, { isQuiet: true }),
    meanwhile: [
      {
        title: 'Unit tests',
        run: (signal) => vitest('unit', signal, { projects: ['unit', 'unit-views', 'unit-pure'] }),
      },
    ],
  },
  {
    title: 'The same with and without the extension, in Chromium and Firefox',
    needs: [BROWSERS, BUILD_CHROME, BUILD_FIREFOX],
    run: (signal) => vitest('conformance', signal),
  },
  {
    title: 'Beside other patchers and under real clients, in Chromium and Firefox',
    needs: [BROWSERS, BUILD_CHROME, BUILD_FIREFOX],
    run: (signal) => vitest('compatibility', signal),
  },
  {
    title: 'End-to-end tests in Chromium and Firefox',
    needs: [BROWSERS, BUILD_CHROME, BUILD_FIREFOX],
    run: (signal) => vitest('e2e', signal),
  },
];

function step(title: string, work: (signal: AbortSignal) => Promise<unknown>, needs: string[] = []): Step {
  return {
    title,
    needs,
    async run(signal) {
      await work(signal);
      return undefined;
    },
  };
}

async function vitest(
  name: string,
  signal: AbortSignal,
  { projects = [name], isQuiet = false }: { projects?: readonly string[]; isQuiet?: boolean } = {},
): Promise<Tally> {
  const report = path.join(ROOT, '.cache', 'test', `${name}.json`);
  await mkdir(path.dirname(report), { recursive: true });
  // An old report must not speak for a run that ended without one.
  await rm(report, { force: true });
  return await runVitest(projects, report, signal, isQuiet);
}

interface LintReport {
  readonly summary: { readonly errors: number; readonly warnings: number; readonly notices: number };
  readonly errors: readonly LintMessage[];
  readonly warnings: readonly LintMessage[];
}

interface LintMessage {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
}

async function lintForFirefox(signal: AbortSignal): Promise<void> {
  const args = ['lint', '--source-dir', 'dist/firefox', '--output', 'json', '--no-config-discovery'];
  const output = await runBin('web-ext', args, { signal, capture: 'output' }).catch((error: unknown) => {
    // It ends with exit code 1 when it found errors; the report says which.
    if (error instanceof CommandError && error.output.trim().startsWith('{')) return error.output;
    throw error;
  });
  const { summary, errors, warnings } = JSON.parse(output) as LintReport;
  for (const { code, message, file } of [...errors, ...warnings])
    console.log(`${code}${file ? ` in ${file}` : ''}: ${message}`);
  console.log(`${summary.errors} errors, ${summary.warnings} warnings, ${summary.notices} notices`);
  if (summary.errors > 0) throw new Error('web-ext found errors');
}

/** Titles of steps that failed, with what failed in them. */
type Failed = Map<string, readonly Failure[]>;

/** Runs the steps one after the other, each with a heading, and adds up their tests. */
async function runEach(steps: readonly Step[], failed: Failed, signal: AbortSignal): Promise<number> {
  let passed = 0;
  for (const one of steps) {
    if (signal.aborted) break;
    if (!one.meanwhile) announce(one);
    const running = timed(() => runStep(one, failed, signal));
    if (one.meanwhile) {
      passed += await runEach(one.meanwhile, failed, signal);
      announce(one);
    }
    const { outcome: tally, seconds } = await running;
    if (tally.output) console.log(tally.output);
    console.log(`${tally.failures.length === 0 ? '✓' : '✗'} ${one.title} (${seconds.toFixed(1)} s)`);
    passed += tally.passed;
  }
  return passed;
}

/** Most lines of one failure and most failures of one step that are said again at the end. */
const MOST = { lines: 30, failures: 20 };

/** The end of a long log is what people see first, and of a log from elsewhere it may be all they get. */
function reportFailures(failed: Failed): void {
  if (failed.size > 0) console.log('\nFailed:');
  for (const [title, failures] of failed) {
    console.log(`✗ ${title}: ${failures.length} failed`);
    for (const { test, problem } of failures.slice(0, MOST.failures)) {
      const lines = problem.split('\n');
      const shown = lines.length > MOST.lines ? [...lines.slice(0, MOST.lines), '…'] : lines;
      console.log(`  ✗ ${test}\n${shown.map((line) => `      ${line}`).join('\n')}`);
    }
    const rest = failures.length - MOST.failures;
    if (rest > 0) console.log(`  … and ${rest} more`);
  }
}

function announce({ title }: Step): void {
  console.log(`\n━━ ${title} ${'━'.repeat(Math.max(0, 70 - title.length))}`);
}

async function timed<T>(work: () => Promise<T>): Promise<{ outcome: T; seconds: number }> {
  const started = Date.now();
  const outcome = await work();
  return { outcome, seconds: (Date.now() - started) / 1000 };
}

async function runStep(one: Step, failed: Failed, signal: AbortSignal): Promise<Tally> {
  const missing = one.needs?.find((title) => failed.has(title));
  let tally: Tally;
  try {
    if (missing) throw new Error(`not run, because "${missing}" failed`);
    tally = (await one.run(signal)) ?? { passed: 1, failures: [] };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    tally = { passed: 0, failures: [{ test: one.title, problem }], output: problem };
  }
  if (tally.failures.length > 0) failed.set(one.title, tally.failures);
  return tally;
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => interrupted.abort(new Error(`Ended by ${signal}`)));

const failures: Failed = new Map();
const passed = await runEach(STEPS, failures, interrupted.signal);
const failed = [...failures.values()].reduce((sum, { length }) => sum + length, 0);
reportFailures(failures);
process.exitCode = failed === 0 && passed > 0 && !interrupted.signal.aborted ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);
