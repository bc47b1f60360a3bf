/**
 * `npm run bench [-- --quick]`: what Framescope costs, as ratios measured side by side in one run. The driver leaves the browser's
 * network domain off, because recording network events costs more than what is measured here.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'vite';
import { launchDevtools } from '../scripts/devtools/launch.ts';
import { burst } from './cases/burst.ts';
import { pageCost } from './cases/page-cost.ts';
import { sizes } from './cases/sizes.ts';
import { makeHalfExtension } from './half-extension.ts';
import { startBenchServer } from './server.ts';
import type { Figure } from './statistics.ts';

const EXTENSION = 'dist/chrome';
const RESULT = '.cache/bench.json';

async function run(messages: number): Promise<Figure[]> {
  const server = await startBenchServer();
  const half = await makeHalfExtension(EXTENSION);
  try {
    const browser = await launchDevtools('chromium', {
      extension: half.folder,
      args: ['--js-flags=--expose-gc', '--enable-precise-memory-info'],
    });
    try {
      return [
        ...(await sizes(EXTENSION)),
        ...(await pageCost(browser, server.url, messages)),
        ...(await burst(browser, server.url, 50_000)),
      ];
    } finally {
      await browser.close();
    }
  } finally {
    await half.remove();
    await server.close();
  }
}

function print(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const { name, value, goal, isMet } of figures) {
    const verdict = goal === undefined ? '' : `   goal ${goal}: ${isMet ? 'met' : 'MISSED'}`;
    console.log(`${name.padEnd(width)}   ${value}${verdict}`);
  }
}

await build({ mode: 'chrome', logLevel: 'error' });
const isQuick = process.argv.includes('--quick');
const figures = await run(isQuick ? 40_000 : 200_000);
print(figures);
await mkdir('.cache', { recursive: true });
await writeFile(RESULT, `${JSON.stringify(figures, undefined, 2)}\n`);
console.log(`\nThe same as JSON: ${RESULT}`);
