import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Pages of this path are left alone by the copy that {@link makeHalfExtension} makes. */
export const PLAIN_PATH = 'plain';

/**
 * A copy of the built extension that does not touch the pages of one path. Hooked and plain pages are then measured in turn
 * in one and the same tab: two tabs, let alone two browsers, differ by more than what is measured here.
 * @param built the folder of the built extension
 */
export async function makeHalfExtension(
  built: string,
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'framescope-half-'));
  await cp(built, folder, { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { content_scripts: object[] };
  const excluded = { exclude_matches: [`*://*/${PLAIN_PATH}`] };
  manifest.content_scripts = manifest.content_scripts.map((script) => ({ ...script, ...excluded }));
  await writeFile(file, JSON.stringify(manifest));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
