import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Pages whose path begins like this are left alone by the copy that {@link makeHalfExtension} makes. */
export const PLAIN_PATH = 'plain';
/** Pages with our content scripts, with empty ones and with none. */
export const START_PATHS = {
  ours: 'start',
  empty: `${PLAIN_PATH}-empty`,
  none: `${PLAIN_PATH}-none`,
} as const;
/** The same with a {@link MARK} before the content scripts. */
export const MARKED_PATHS = { ours: 'start-marked', empty: `${PLAIN_PATH}-empty-marked` } as const;

const EMPTY_SCRIPT = 'empty.js';
const MARK_SCRIPT = 'mark.js';
const LOG_SCRIPT = 'log.js';
const PANEL = 'src/panel/panel.html';
/** Runs before the panel's own script. */
const LOG_SWITCH = `{
  const { network } = chrome.devtools;
  const { getHAR } = network;
  network.getHAR = (callback) => (globalThis.isLogIgnored ? callback({ entries: [] }) : getHAR.call(network, callback));
}`;
/** Name of a mark in the page's timeline, which content scripts share with it. It costs a page some time itself. */
export const MARK = 'content scripts';

interface ContentScripts {
  readonly js: readonly string[];
  readonly world?: string;
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
  const scripts = manifest.content_scripts;
  const isolated = scripts.filter(({ world }) => world !== 'MAIN');
  manifest.content_scripts = [
    ...isolated.map((script) => ({ ...script, include_globs: ['*-marked'], js: [MARK_SCRIPT] })),
    ...scripts.map((script) => ({ ...script, exclude_matches: [`*://*/${PLAIN_PATH}*`] })),
    ...scripts.map((script) => ({
      ...script,
      include_globs: [`*/${START_PATHS.empty}*`],
      js: [EMPTY_SCRIPT],
    })),
  ];
  await writeFile(path.join(folder, EMPTY_SCRIPT), '');
  await writeFile(path.join(folder, MARK_SCRIPT), `performance.mark(${JSON.stringify(MARK)});`);
  await writeFile(path.join(folder, LOG_SCRIPT), LOG_SWITCH);
  const panel = path.join(folder, PANEL);
  const html = await readFile(panel, 'utf8');
  await writeFile(panel, html.replace('<script', `<script src="/${LOG_SCRIPT}"></script><script`));
  await writeFile(file, JSON.stringify(manifest));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Runs in the panel of that extension: the network log is empty from now on. Plain sockets would be taken for some that the hook cannot reach,
 * and the panel would read all their frames from the log, again and again, while the others are measured.
 */
export function ignoreLog(): void {
  Object.assign(globalThis, { isLogIgnored: true });
}
