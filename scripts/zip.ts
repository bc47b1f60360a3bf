/**
 * What the stores get: one archive for Chrome and Edge, one for Firefox, and the sources that reviewers build from. The
 * same sources give the same bytes, whenever and wherever they are packed.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { version } from '../package.json' with { type: 'json' };
import { type FileToPack, filesBelow, pack, trackedFiles } from './tools/archive.ts';
import { extensionFolder } from './tools/build.ts';
import { ROOT } from './tools/command.ts';

const OUTPUT = path.join(ROOT, 'web-ext-artifacts');

await rm(OUTPUT, { recursive: true, force: true });
await mkdir(OUTPUT, { recursive: true });
await writeArchive('chrome', await filesBelow(extensionFolder('chromium')));
await writeArchive('firefox', await filesBelow(extensionFolder('firefox')));
await writeArchive('source', await trackedFiles(ROOT));

async function writeArchive(kind: string, files: readonly FileToPack[]): Promise<void> {
  const file = path.join(OUTPUT, `framescope-${version}-${kind}.zip`);
  const archive = await pack(files);
  await writeFile(file, archive);
  const size = `${(archive.length / 1024).toFixed(1)} KiB`;
  console.log(`${path.relative(process.cwd(), file)}: ${files.length} files, ${size}`);
}
