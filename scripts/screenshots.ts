/**
 * Photographs the real panel on the demo, for the documentation: docs/screenshots/*.png. Times and prices differ from one
 * run to the next, the scenes do not. `npm run screenshots -- narrow hex` takes only those.
 */
import path from 'node:path';
import type { BrowserName } from './devtools/driver.ts';
import { withOlderHook, withoutHook } from './screenshots/older-pages.ts';
import { SCENES, type Scene } from './screenshots/scenes.ts';
import { buildExtension, extensionFolder } from './tools/build.ts';
import { ROOT } from './tools/command.ts';
import { aborted, abortOnSignals, Interrupted } from './tools/interruption.ts';
import { photograph } from './tools/photograph.ts';
import { startSession } from './tools/session.ts';

const FOLDER = path.join(ROOT, 'docs', 'screenshots');

const signal = abortOnSignals();
try {
  await Promise.race([takeAll(chosenScenes(process.argv.slice(2))), aborted(signal)]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof Interrupted ? 130 : 1;
}
// What an interruption leaves running ends with this process.
process.exit();

function chosenScenes(names: readonly string[]): readonly Scene[] {
  const unknown = names.filter((name) => !SCENES.some((scene) => scene.name === name));
  if (unknown.length > 0)
    throw new Error(
      `No scene ${unknown.join(', ')}. There are: ${SCENES.map(({ name }) => name).join(', ')}`,
    );
  return names.length === 0 ? SCENES : SCENES.filter(({ name }) => names.includes(name));
}

async function takeAll(scenes: readonly Scene[]): Promise<void> {
  for (const browser of new Set(scenes.map(browserOf))) await buildExtension(browser, { signal });
  for (const scene of scenes) await take(scene);
}

/** Each scene has a browser of its own, so that none depends on what was done in another. */
async function take(scene: Scene): Promise<void> {
  const { name, size, theme, path: query, grantHosts } = scene;
  const session = await startSession({
    browser: browserOf(scene),
    headless: true,
    quiet: true,
    path: query,
    extension: await extensionOf(scene),
    ...(grantHosts === undefined ? {} : { grantHosts }),
  });
  try {
    const { panel } = session;
    await panel.setTheme(theme);
    await panel.resize(...size);
    await scene.prepare(session);
    const file = path.join(FOLDER, `${name}.png`);
    await photograph(panel, file, size);
    console.log(path.relative(process.cwd(), file));
  } finally {
    await session.close();
  }
}

/** The folder of the extension, or of a copy whose pages are older than it. */
async function extensionOf(scene: Scene): Promise<string> {
  const extension = extensionFolder(browserOf(scene));
  if (scene.older === 'page') return withoutHook(extension);
  return scene.older === 'hook' ? withOlderHook(extension) : extension;
}

function browserOf(scene: Scene): BrowserName {
  return scene.browser ?? 'chromium';
}
