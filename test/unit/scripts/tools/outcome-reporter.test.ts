import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, runBin } from '../../../../scripts/tools/command.ts';
import type { Outcome } from '../../../../scripts/tools/outcome-reporter.ts';

/** The outcome of the files in `test/fixtures/failing`. */
async function outcomeOfFailing(): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'framescope-outcome-'));
  try {
    const report = path.join(folder, 'outcome.json');
    const reporter = path.join(ROOT, 'scripts/tools/outcome-reporter.ts');
    const reporting = [`--reporter=${reporter}`, `--outputFile.outcome=${report}`];
    const args = ['run', '--root', 'test/fixtures/failing', ...reporting];
    await expect(runBin('vitest', args, { capture: 'all' })).rejects.toThrow('exit code 1');
    return JSON.parse(await readFile(report, 'utf8')) as Outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('counts what passed, and names each test and file that failed with the reason', async () => {
  const { passed, failures } = await outcomeOfFailing();
  expect(passed).toBe(1);
  const problems = Object.fromEntries(failures.map(({ test, problem }) => [test, problem]));
  expect(problems).toEqual({
    'loading.fixture.ts': expect.stringMatching(/^cannot be loaded\n/),
    'preparation.fixture.ts': expect.stringMatching(/^no browser\n/),
    'tests.fixture.ts > a group > differs': expect.stringMatching(/\n- +"frames": 4,\n\+ +"frames": 3,\n/),
    'tests.fixture.ts > a group > throws': expect.stringMatching(
      /^no such socket\n +at .*tests\.fixture\.ts:\d+:\d+$/,
    ),
  });
});
