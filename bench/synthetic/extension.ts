import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

const HOOK = 'src/page/hook.js';
const PANEL = 'src/panel/panel.html';
const WATCH = 'bench-watch.js';
const CLOCK = 'bench-clock.js';

/**
 * A copy of the built extension whose panel, relay and manifest are the shipped ones, whose hook makes frames by itself, and
 * whose panel is watched.
 * @param built the folder of the built extension
 */
export async function makeSyntheticExtension(
  built: string,
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'framescope-synthetic-'));
  await cp(built, folder, { recursive: true });
  await writeFile(path.join(folder, HOOK), await bundle('bench/synthetic/hook.ts'));
  await writeFile(path.join(folder, WATCH), await bundle('bench/synthetic/watch.ts'));
  await writeFile(path.join(folder, CLOCK), await bundle('bench/synthetic/clock.ts'));
  const panel = path.join(folder, PANEL);
  const html = await readFile(panel, 'utf8');
  await writeFile(panel, html.replace('<script', `<script src="/${WATCH}"></script><script`));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: { write: false, target: 'chrome120', lib: { entry, formats: ['iife'], name: 'bench' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error(`${entry} was not built`);
  return chunk.code;
}
