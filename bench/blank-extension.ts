import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An extension with an empty panel and no content script: what Framescope is measured against. */
export async function makeBlankExtension(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'framescope-blank-'));
  const files = {
    'manifest.json': JSON.stringify({
      manifest_version: 3,
      name: 'Blank',
      version: '1',
      devtools_page: 'devtools.html',
    }),
    'devtools.html': '<script src="devtools.js"></script>',
    'devtools.js': "chrome.devtools.panels.create('Blank', '', '/src/panel/panel.html');",
    'src/panel/panel.html': '<!doctype html><title>Blank</title><p>Blank</p>',
  };
  await mkdir(path.join(folder, 'src/panel'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
