import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExtension } from '../../../../scripts/devtools/extension.ts';

describe('reading an unpacked extension', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'framescope-unpacked-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  const write = (manifest: object) =>
    writeFile(path.join(directory, 'manifest.json'), JSON.stringify(manifest));

  it('gives its folder and its id in Firefox', async () => {
    await write({ browser_specific_settings: { gecko: { id: 'a@b.example' } } });
    const relative = path.relative(process.cwd(), directory);
    expect(await readExtension(relative)).toEqual({ directory, geckoId: 'a@b.example' });
  });

  it('has no such id when the manifest has none', async () => {
    await write({ manifest_version: 3 });
    expect((await readExtension(directory)).geckoId).toBeUndefined();
  });

  it('says that it must be built when it is not there', async () => {
    await expect(readExtension(directory)).rejects.toThrow(`No extension in ${directory}: build it first`);
  });
});
