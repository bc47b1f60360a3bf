import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { atMost, type Figure } from '../statistics.ts';

const FOLDER = 'dist/chrome';
const BUDGETS = [
  { name: 'hook, gzip', file: 'src/page/hook.js', limit: 6 },
  { name: 'hook of streams, gzip', file: 'src/page/stream-hook.js', limit: 2.5 },
  { name: 'relay, gzip', file: 'src/content/relay.js', limit: 3 },
];

/** What every page loads. */
export function sizes(): Promise<Figure[]> {
  return Promise.all(
    BUDGETS.map(async ({ name, file, limit }) => {
      const kilobytes = gzipSync(await readFile(path.join(FOLDER, file)), { level: 9 }).length / 1024;
      return atMost(name, kilobytes, limit, 'KB', { digits: 2 });
    }),
  );
}
