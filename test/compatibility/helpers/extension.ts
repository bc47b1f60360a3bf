import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { patchers } from '../page/patchers.ts';

/** With Framescope, or as the page would be without it. */
export type Side = 'hooked' | 'plain';

interface ContentScript {
  readonly js: readonly string[];
  readonly world?: string;
  readonly [key: string]: unknown;
}

const EARLY = 'early.js';

/**
 * A copy of the built extension that leaves pages below `/plain/` alone. On pages below `/hooked/early/` and `/plain/early/` another
 * patcher is put in place first, as by a second extension whose script comes before ours.
 * @param built the folder of the built extension
 */
export async function makeComparingExtension(
  built: string,
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'framescope-comparing-'));
  await cp(built, folder, { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { content_scripts: ContentScript[] };
  const own = manifest.content_scripts.map((script) => ({
    ...script,
    // Only the scripts of one entry are sure to run in their order.
    js: script.world === 'MAIN' ? [EARLY, ...script.js] : script.js,
    exclude_matches: ['*://*/plain*'],
  }));
  const plain = {
    matches: ['*://*/plain*'],
    js: [EARLY],
    run_at: 'document_start',
    world: 'MAIN',
    all_frames: true,
  };
  manifest.content_scripts = [...own, plain];
  const byName = Object.entries(patchers).map(([name, patch]) => `${name}: ${patch}`);
  const install = `const early = location.pathname.split('/early/')[1]; if (early) patchers[early]();`;
  await writeFile(path.join(folder, EARLY), `{ const patchers = { ${byName.join(',\n')} }; ${install} }`);
  await writeFile(file, JSON.stringify(manifest));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
