import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure } from '../statistics.ts';

const BUDGETS = [
  { name: 'hook', file: 'src/page/hook.js', limit: 6 },
  { name: 'relay', file: 'src/content/relay.js', limit: 3 },
];

/** What every page loads. @param folder the built extension */
export function sizes(folder: string): Promise<Figure[]> {
  return Promise.all(
    BUDGETS.map(async ({ name, file, limit }) => {
      const kilobytes = gzipSync(await readFile(path.join(folder, file)), { level: 9 }).length / 1024;
      return {
        name: `${name}, gzip`,
        value: `${kilobytes.toFixed(2)} KB`,
        goal: `≤ ${limit} KB`,
        isMet: kilobytes <= limit,
      };
    }),
  );
}
