import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Pages whose path begins like this are left alone by the copy that {@link makeHalfExtension} makes. */
export const PLAIN_PATH = 'plain';
/** Pages of this path get content scripts that are empty. */
export const EMPTY_PATH = 'plain-empty';

const EMPTY_SCRIPT = 'empty.js';
/** Runs before the other content scripts, in the pages with empty ones too: its mark is the beginning of what they take. */
const MARK_SCRIPT = 'mark.js';
/** Name of the mark in the page's timeline, which content scripts share with it. */
export const MARK = 'content scripts';

interface ContentScripts {
  readonly js: readonly string[];
  readonly world?: string;
}

/** The isolated ones come first. */
function marked({ world }: ContentScripts, js: readonly string[]): readonly string[] {
  return world === 'MAIN' ? js : [MARK_SCRIPT, ...js];
}

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
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { content_scripts: ContentScripts[] };
  const excluded = { exclude_matches: [`*://*/${PLAIN_PATH}*`] };
  const empty = manifest.content_scripts.map((script) => ({
    ...script,
    include_globs: [`*://*/${EMPTY_PATH}`],
    js: marked(script, [EMPTY_SCRIPT]),
  }));
  const usual = manifest.content_scripts.map((script) => ({
    ...script,
    ...excluded,
    js: marked(script, script.js),
  }));
  manifest.content_scripts = [...usual, ...empty];
  await writeFile(path.join(folder, EMPTY_SCRIPT), '');
  await writeFile(path.join(folder, MARK_SCRIPT), `performance.mark(${JSON.stringify(MARK)});`);
  await writeFile(file, JSON.stringify(manifest));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
