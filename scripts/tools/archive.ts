import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Zippable, zipSync } from 'fflate';

/** A file that goes into an archive. */
export interface FileToPack {
  /** In the archive, with slashes. */
  readonly name: string;
  /** On the disk. */
  readonly file: string;
  /** Whether it can be run as a program. */
  readonly isProgram: boolean;
}

const UNIX = 3;

/** A zip archive whose bytes depend only on the names and contents of the files. */
export async function pack(files: readonly FileToPack[]): Promise<Uint8Array> {
  const entries: Zippable = {};
  for (const { name, file, isProgram } of files.toSorted(byName)) {
    const mode = isProgram ? 0o100755 : 0o100644;
    entries[name] = [new Uint8Array(await readFile(file)), { os: UNIX, attrs: mode * 0x10000 }];
  }
  // Zip archives hold local times without a zone; this one is written alike in all of them.
  return zipSync(entries, { level: 9, mtime: new Date(2000, 0, 1) });
}

/** All files below a folder. */
export async function filesBelow(folder: string): Promise<FileToPack[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({
      name: path.relative(folder, file).replaceAll(path.sep, '/'),
      file,
      isProgram: false,
    }));
}

/**
 * The files that git tracks, as they are in the working tree.
 * @throws {Error} when there is no git, or the folder is no repository
 */
export async function trackedFiles(repository: string): Promise<FileToPack[]> {
  const options = { cwd: repository, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)('git', ['ls-files', '--stage', '-z'], options);
  return stdout
    .split('\0')
    .filter(Boolean)
    .map((line) => {
      const [about = '', name = ''] = line.split('\t');
      return { name, file: path.join(repository, name), isProgram: about.startsWith('100755') };
    });
}

/** By code units: the order must not depend on a language. */
function byName(a: FileToPack, b: FileToPack): number {
  return a.name < b.name ? -1 : 1;
}
