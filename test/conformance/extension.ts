import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The host whose pages the copy leaves alone. It is as long as {@link HOOKED_HOST}, so that positions in texts are the same. */
export const NATIVE_HOST = 'localhost';
/** The same server by a name that the extension knows. */
export const HOOKED_HOST = '127.0.0.1';

/**
 * A copy of the built extension that does not touch one host's pages. A host and not a path, because documents without an
 * address of their own (`about:blank`) are matched by their origin.
 */
export async function makeSelectiveExtension(
  built: string,
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'framescope-selective-'));
  await cp(built, folder, { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { content_scripts: object[] };
  manifest.content_scripts = manifest.content_scripts.map((script) => ({
    ...script,
    exclude_matches: [`*://${NATIVE_HOST}/*`],
  }));
  await writeFile(file, JSON.stringify(manifest));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
