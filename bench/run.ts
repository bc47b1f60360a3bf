/**
 * `npm run bench [-- --quick] [-- --only=filter,scroll]`: what Framescope costs, as ratios measured side by side in one run. The
 * driver leaves the browser's network domain off, because recording network events costs more than what is measured here.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import type { BrowserTarget } from '../scripts/build/manifest.ts';
import type { BrowserName } from '../scripts/devtools/driver.ts';
import { launchDevtools } from '../scripts/devtools/launch.ts';
import type { Case, Source } from './case.ts';
import { CASES } from './cases.ts';
import { makeHalfExtension } from './real/half-extension.ts';
import { type BenchServer, startBenchServer } from './server.ts';
import type { Figure } from './statistics.ts';
import { makeSyntheticExtension } from './synthetic/extension.ts';

const RESULT = '.cache/bench.json';

interface Choice {
  readonly cases: readonly Case[];
  readonly isQuick: boolean;
}

/** @throws {Error} of what is no option or no case, before twenty minutes have gone by */
function chosen(args: string[]): Choice {
  const { values } = parseArgs({
    args,
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  return { cases: casesNamed(values.only), isQuick: values.quick };
}

function casesNamed(list: string | undefined): readonly Case[] {
  if (list === undefined) return CASES;
  const names = list.split(',');
  const unknown = names.filter((name) => !CASES.some((known) => known.name === name));
  if (unknown.length > 0)
    throw new Error(
      `No such case: ${unknown.join(', ')}. There are ${CASES.map(({ name }) => name).join(', ')}.`,
    );
  return CASES.filter(({ name }) => names.includes(name));
}

interface Setting {
  readonly browser: BrowserName;
  readonly mode: BrowserTarget;
  /** Makes a copy of the built extension. */
  readonly make: (built: string) => Promise<{ readonly folder: string; remove(): Promise<void> }>;
  readonly args: readonly string[];
}

const CHROMIUM = {
  browser: 'chromium',
  mode: 'chrome',
  args: ['--js-flags=--expose-gc', '--enable-precise-memory-info'],
} as const;

const SETTINGS: Readonly<Record<Source, Setting>> = {
  real: { ...CHROMIUM, make: makeHalfExtension },
  firefox: {
    browser: 'firefox',
    mode: 'firefox',
    args: [],
    make: async (folder) => ({ folder, remove: async () => undefined }),
  },
  synthetic: { ...CHROMIUM, make: makeSyntheticExtension },
};

const SOURCES = ['real', 'firefox', 'synthetic'] as const;

/** Runs the cases of one source in one browser. */
async function runIn(source: Source, { cases, isQuick }: Choice, server: BenchServer): Promise<Figure[]> {
  const mine = cases.filter((one) => one.source === source);
  if (mine.length === 0) return [];
  const { make, mode, browser: name, args } = SETTINGS[source];
  await build({ mode, logLevel: 'error' });
  const extension = await make(`dist/${mode}`);
  try {
    const browser = await launchDevtools(name, { extension: extension.folder, args, timeout: 90_000 });
    try {
      const figures: Figure[] = [];
      for (const one of mine) {
        const found = await one.run({ browser, server, isQuick });
        print(found);
        figures.push(...found);
      }
      return figures;
    } finally {
      await browser.close();
    }
  } finally {
    await extension.remove();
  }
}

function print(figures: readonly Figure[]): void {
  for (const { name, value, goal, isMet } of figures) {
    const verdict = goal === undefined ? '' : `   goal ${goal}: ${isMet ? 'met' : 'MISSED'}`;
    console.log(`${name.padEnd(52)}   ${value}${verdict}`);
  }
}

async function run(choice: Choice): Promise<Figure[]> {
  const server = await startBenchServer();
  try {
    const figures: Figure[] = [];
    for (const source of SOURCES) figures.push(...(await runIn(source, choice, server)));
    return figures;
  } finally {
    await server.close();
  }
}

async function bench(choice: Choice): Promise<void> {
  const processor = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
  console.log(`\nOn ${processor}:\n`);
  const figures = await run(choice);
  await mkdir('.cache', { recursive: true });
  await writeFile(RESULT, `${JSON.stringify({ processor, figures }, undefined, 2)}\n`);
  console.log(`\nThe same as JSON: ${RESULT}`);
}

let choice: Choice | undefined;
try {
  choice = chosen(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
if (choice) await bench(choice);
