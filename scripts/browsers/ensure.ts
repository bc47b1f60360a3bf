import { spawn } from 'node:child_process';
import {
  type BrowserName,
  BrowserNotFoundError,
  findBrowser,
  findCommand,
  type Machine,
  thisMachine,
} from './find.ts';

/** Runs a command to its end, its output going to the terminal. Rejects when it fails. */
export type Run = (command: string, args: readonly string[], env: Record<string, string>) => Promise<void>;

// A minimal Debian has no font at all; this one has the arrows and box-drawing glyphs the panel shows.
const FONTS = 'fonts-dejavu-core';
const PACKAGES: Record<BrowserName, string> = { chromium: 'chromium', firefox: 'firefox-esr' };

/**
 * The path of a Chromium, installed first if that is possible without asking (root on Debian).
 * @throws {BrowserNotFoundError} when there is none and it cannot be installed from here
 * @throws {Error} when `CHROME_PATH` names no program, or apt-get fails
 */
export function ensureChromium(machine: Machine = thisMachine, run: Run = runInTerminal): Promise<string> {
  return ensureBrowser('chromium', machine, run);
}

/**
 * The path of a Firefox, installed first if that is possible without asking (root on Debian).
 * @throws {BrowserNotFoundError} when there is none and it cannot be installed from here
 * @throws {Error} when `FIREFOX_PATH` names no program, or apt-get fails
 */
export function ensureFirefox(machine: Machine = thisMachine, run: Run = runInTerminal): Promise<string> {
  return ensureBrowser('firefox', machine, run);
}

/** {@link ensureChromium} or {@link ensureFirefox}, by name. */
export async function ensureBrowser(
  name: BrowserName,
  machine: Machine = thisMachine,
  run: Run = runInTerminal,
): Promise<string> {
  try {
    return await findBrowser(name, machine);
  } catch (error) {
    if (!(error instanceof BrowserNotFoundError)) throw error;
    const aptGet = machine.uid === 0 ? await findCommand('apt-get', machine) : undefined;
    if (!aptGet) throw error;
    await aptInstall(aptGet, PACKAGES[name], run, error);
    return await findBrowser(name, machine);
  }
}

/**
 * The paths of all browsers, which are installed first where that is possible, as above.
 * @throws {Error} of all that cannot be had, so that nobody installs one to hear of the next
 */
export async function ensureBrowsers(
  machine: Machine = thisMachine,
  run: Run = runInTerminal,
): Promise<Record<BrowserName, string>> {
  const problems: string[] = [];
  const pathOf = (name: BrowserName) =>
    ensureBrowser(name, machine, run).catch((error: unknown) => {
      problems.push(error instanceof Error ? error.message : String(error));
      return '';
    });
  // One after the other: two runs of apt-get would wait for each other.
  const paths = { chromium: await pathOf('chromium'), firefox: await pathOf('firefox') };
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return paths;
}

async function aptInstall(aptGet: string, browser: string, run: Run, missing: Error): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  console.log(`Installing ${browser} and ${FONTS} with apt-get (once; this can take minutes) …`);
  try {
    await run(aptGet, ['update', '-qq'], env);
    const quiet = ['-y', '-qq', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'];
    await run(aptGet, ['install', ...quiet, '--no-install-recommends', browser, FONTS], env);
  } catch (cause) {
    throw new Error(`apt-get could not install ${browser}. ${missing.message}`, { cause });
  }
}

/** Runs a command with its output on standard error, so that the standard output of a script stays its own. */
export function runInTerminal(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', process.stderr, process.stderr],
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}
