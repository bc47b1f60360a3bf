import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { filesBelow, pack, trackedFiles } from '../../scripts/tools/archive.ts';
import { ROOT, TARGETS } from './extension.ts';

const folderOf = (target: string) => path.join(ROOT, 'dist', target);

describe.each(TARGETS)('the archive for %s', (target) => {
  it('holds every file of the build, with the manifest at its root', async () => {
    const files = await filesBelow(folderOf(target));
    const unpacked = unzipSync(await pack(files));
    expect(Object.keys(unpacked)).toEqual(files.map(({ name }) => name).toSorted());
    expect(unpacked).toHaveProperty(['manifest.json']);
    for (const { name, file } of files) {
      const bytes = unpacked[name] ?? new Uint8Array();
      expect(Buffer.compare(Buffer.from(bytes), await readFile(file)), name).toBe(0);
    }
  });
});

describe('an archive', () => {
  const zone = process.env.TZ;

  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('is the same in another time zone and from another order of the files', async () => {
    const files = await filesBelow(folderOf('chrome'));
    const archives: Buffer[] = [];
    for (const other of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      process.env.TZ = other;
      archives.push(Buffer.from(await pack(archives.length === 0 ? files : files.toReversed())));
    }
    expect(archives[0]?.equals(archives[1] ?? Buffer.alloc(0))).toBe(true);
  });

  it('of the sources holds what builds the extension, and nothing that is made', async (context) => {
    const files = await trackedFiles(ROOT).catch(() => context.skip('not a git repository'));
    const names = files.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', 'manifest.json']));
    expect(names.filter((name) => /^(?:node_modules|dist|web-ext-artifacts|\.cache)\//.test(name))).toEqual(
      [],
    );
    expect(files.find(({ name }) => name === '.ci/run')?.isProgram).toBe(true);
  });
});
