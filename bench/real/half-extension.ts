import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Pages whose path begins like this are left alone by the copy that {@link makeHalfExtension} makes. */
export const PLAIN_PATH = 'plain';
/** Pages of this path get content scripts that are empty. */
export const EMPTY_PATH = 'plain-empty';

const EMPTY_SCRIPT = 'empty.js';

/**
 * A copy of the built extension that does not touch the pages and frames of one path, so that hooked and plain sockets can be
 * measured in turn in one page.
 * @param built the folder of the built extension
 */
export async function makeHalfExtension(
  built: string,
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'framescope-half-'));
  await cp(built, folder, { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { content_scripts: object[] };
  const excluded = { exclude_matches: [`*://*/${PLAIN_PATH}*`] };
  const empty = manifest.content_scripts.map((script) => ({
    ...script,
    include_globs: [`*://*/${EMPTY_PATH}`],
    js: [EMPTY_SCRIPT],
  }));
  const usual = manifest.content_scripts.map((script) => ({ ...script, ...excluded }));
  manifest.content_scripts = [...usual, ...empty];
  await writeFile(path.join(folder, EMPTY_SCRIPT), '');
  await writeFile(file, JSON.stringify(manifest));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
