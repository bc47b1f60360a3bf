import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository, with a separator at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How a command is run. */
export interface CommandOptions {
  /** Ends the command; its promise then rejects like that of one that failed. */
  readonly signal?: AbortSignal;
  /** Most milliseconds it may take; a quarter of an hour when left out. */
  readonly timeout?: number;
  /** Keeps what it writes to standard output, or to both outputs, instead of showing it. */
  readonly capture?: 'output' | 'all';
}

/** A command has ended with anything but exit code 0. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    /** What it wrote, where that was captured. */
    readonly output: string,
  ) {
    super(message);
  }
}

/**
 * Runs the program of an installed package, such as `vite`, in the repository and with this Node.
 * @returns what it wrote, where that was to be captured
 * @throws {CommandError} when it fails, takes too long or is ended
 */
export async function runBin(
  name: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { signal, timeout = 15 * 60_000, capture } = options;
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [await findBin(name), ...args], {
    cwd: ROOT,
    stdio: ['ignore', capture ? 'pipe' : 'inherit', capture === 'all' ? 'pipe' : 'inherit'],
    timeout,
    ...(signal ? { signal } : {}),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  return await new Promise((resolve, reject) => {
    let failure: Error | undefined;
    // Also when it is ended; what it has started ends before its output does.
    child.once('error', (error) => {
      failure = error;
    });
    child.once('close', (code, ended) => {
      if (code === 0) resolve(output);
      else
        reject(
          new CommandError(failure?.message ?? `${name} ended with ${ended ?? `exit code ${code}`}`, output),
        );
    });
  });
}

/** The file of a package's program; npm's links to it are shell scripts on Windows. */
async function findBin(name: string): Promise<string> {
  const owner = name === 'tsc' ? 'typescript' : name === 'biome' ? '@biomejs/biome' : name;
  const folder = path.join(ROOT, 'node_modules', owner);
  const { bin } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bin === 'string' ? bin : bin[name];
  if (!file) throw new Error(`The package ${owner} has no program ${name}`);
  return path.join(folder, file);
}
