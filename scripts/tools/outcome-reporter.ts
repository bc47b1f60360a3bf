import { writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, SerializedError, TestModule, Vitest } from 'vitest/node';

/** One test that failed, or a file without one that failed nevertheless: it could not be loaded, or what prepares it failed. */
export interface Failure {
  /** The project, the file and the titles, as Vitest's own reporter writes them. */
  readonly test: string;
  /** What was wrong, with the difference to what was expected; of several errors, all. */
  readonly problem: string;
}

/** How a run of Vitest ended. Skipped tests are in neither list. */
export interface Outcome {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** Name under which Vitest is told where the outcome goes: `--outputFile.outcome=path`. */
const NAME = 'outcome';

/** A reporter of Vitest that writes an {@link Outcome} as JSON. Vitest's own JSON has no differences between values in it. */
export default class OutcomeReporter implements Reporter {
  #file: string | undefined;

  onInit({ config: { outputFile } }: Vitest): void {
    this.#file = typeof outputFile === 'string' ? outputFile : outputFile?.[NAME];
  }

  async onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Promise<void> {
    if (!this.#file) throw new Error(`--outputFile.${NAME} must say where the outcome goes`);
    const outcome: Outcome = {
      passed: modules.flatMap((module) => [...module.children.allTests('passed')]).length,
      failures: [
        ...modules.flatMap(failuresOf),
        ...unhandled.map((error) => ({ test: 'outside of all tests', problem: describe([error]) })),
      ],
    };
    await writeFile(this.#file, JSON.stringify(outcome));
  }
}

function failuresOf(module: TestModule): Failure[] {
  const file = [module.project.name, module.relativeModuleId].filter(Boolean).join(' ');
  const failures = [...module.children.allTests('failed')].map((test) => ({
    test: `${file} > ${test.fullName}`,
    problem: describe(test.result().errors ?? []),
  }));
  if (failures.length > 0 || module.state() !== 'failed') return failures;
  const errors = [...module.children.allSuites()].flatMap((suite) => suite.errors());
  return [{ test: file, problem: describe([...module.errors(), ...errors]) }];
}

function describe(errors: readonly SerializedError[]): string {
  const parts = errors.flatMap(({ message, diff, stack }) => [message, diff ?? ownCalls(stack)]);
  return stripVTControlCharacters(parts.filter(Boolean).join('\n'));
}

/** The calls of a stack without those of Vitest and Node. */
function ownCalls(stack = ''): string {
  const calls = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return calls.filter((call) => !/node_modules|node:internal|at new Promise/.test(call)).join('\n');
}
