import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BrowserName } from '../../../scripts/devtools/driver.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SOURCES = ['src', 'public', 'scripts/build', 'manifest.json', 'vite.config.ts'];
const MODES: Readonly<Record<BrowserName, string>> = { chromium: 'chrome', firefox: 'firefox' };

/** Folder of the built extension for a browser; builds it if there is none or it is older than what it is made of. */
export async function builtExtension(browser: BrowserName): Promise<string> {
  const mode = MODES[browser];
  const folder = path.join(ROOT, 'dist', mode);
  const built = await newest(path.join(folder, 'manifest.json'));
  const changes = await Promise.all(SOURCES.map((source) => newest(path.join(ROOT, source))));
  if (built === 0 || Math.max(...changes) > built) {
    const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
    // Vitest says NODE_ENV=test, with which JSX is built for development: larger, slower, and full of paths.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [vite, 'build', '--mode', mode], { cwd: ROOT, env });
  }
  return folder;
}

/** When a file, or the latest file of a folder, was changed, in ms since the epoch; 0 where there is none. */
async function newest(place: string): Promise<number> {
  const found = await stat(place).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(place);
  const times = await Promise.all(names.map((name) => newest(path.join(place, name))));
  return Math.max(found.mtimeMs, ...times);
}
