import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';

export type BrowserName = 'chromium' | 'firefox';

/** What the lookup needs to know about the machine; tests pass their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user id of this process; undefined if there is none (Windows). */
  readonly uid: number | undefined;
  isExecutable(file: string): Promise<boolean>;
}

/** The machine this process runs on. */
export const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  uid: process.getuid?.(),
  isExecutable: (file) =>
    access(file, constants.X_OK).then(
      () => true,
      () => false,
    ),
};

/** No browser in any of the usual places. The message says what to install and which variable names one. */
export class BrowserNotFoundError extends Error {
  override readonly name = 'BrowserNotFoundError';
}

interface Candidates {
  readonly variable: string;
  readonly label: string;
  readonly hint: string;
  /** Program names looked up in PATH, best first. */
  readonly commands: readonly string[];
  /** macOS application bundles below /Applications. */
  readonly bundles: readonly string[];
  /** Windows paths below the program folders. */
  readonly windows: readonly string[];
  /** Places outside PATH on Linux. */
  readonly linux: readonly string[];
}

const CANDIDATES: Record<BrowserName, Candidates> = {
  chromium: {
    variable: 'CHROME_PATH',
    label: 'Chromium, Chrome or Edge',
    hint: 'Install Chromium (Debian: apt-get install chromium), Google Chrome or Microsoft Edge',
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'chrome',
      'microsoft-edge',
      'microsoft-edge-stable',
      'msedge',
    ],
    bundles: ['Chromium', 'Google Chrome', 'Google Chrome for Testing', 'Microsoft Edge'].map(
      (app) => `${app}.app/Contents/MacOS/${app}`,
    ),
    windows: [
      'Chromium\\Application\\chrome.exe',
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ],
    linux: ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    label: 'Firefox',
    hint: 'Install Firefox 140 or newer (Debian: apt-get install firefox-esr)',
    commands: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
    bundles: ['Firefox', 'Firefox Developer Edition', 'Firefox Nightly'].map(
      (app) => `${app}.app/Contents/MacOS/firefox`,
    ),
    windows: ['Mozilla Firefox\\firefox.exe', 'Firefox Developer Edition\\firefox.exe'],
    linux: ['/usr/lib/firefox-esr/firefox-esr', '/usr/lib/firefox/firefox', '/opt/firefox/firefox'],
  },
};

/**
 * The path of a browser; for Chromium that of Chrome or Edge will do. `CHROME_PATH` and `FIREFOX_PATH` win over everything found.
 * @throws {BrowserNotFoundError} when there is none
 * @throws {Error} when the variable names no program
 */
export async function findBrowser(name: BrowserName, machine: Machine): Promise<string> {
  const candidates = CANDIDATES[name];
  const chosen = machine.env[candidates.variable];
  if (chosen) {
    if (await machine.isExecutable(chosen)) return chosen;
    throw new Error(`${candidates.variable} is set to ${chosen}, which is not a program that can be run.`);
  }
  const found = await firstExecutable(usualPlaces(candidates, machine), machine);
  if (found) return found;
  throw new BrowserNotFoundError(
    `No ${candidates.label} found. ${candidates.hint}, or set ${candidates.variable} to the browser's program.`,
  );
}

/**
 * The path of a program found in PATH, or undefined.
 * @param command its name without an extension
 */
export function findCommand(command: string, machine: Machine = thisMachine): Promise<string | undefined> {
  return firstExecutable(inPath([command], machine), machine);
}

function usualPlaces(candidates: Candidates, machine: Machine): string[] {
  const commands = inPath(candidates.commands, machine);
  switch (machine.platform) {
    case 'darwin': {
      const roots = ['/Applications', path.posix.join(machine.env.HOME ?? '/', 'Applications')];
      return [
        ...roots.flatMap((root) => candidates.bundles.map((b) => path.posix.join(root, b))),
        ...commands,
      ];
    }
    case 'win32': {
      const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
        (key) => machine.env[key] ?? [],
      );
      return [
        ...roots.flatMap((root) => candidates.windows.map((w) => path.win32.join(root, w))),
        ...commands,
      ];
    }
    default:
      return [...commands, ...candidates.linux];
  }
}

function inPath(commands: readonly string[], machine: Machine): string[] {
  const windows = machine.platform === 'win32';
  const { delimiter, join } = windows ? path.win32 : path.posix;
  const folders = (machine.env.PATH ?? machine.env.Path ?? '').split(delimiter).filter(Boolean);
  // Name first, folder second: a preferred browser late in PATH beats a lesser one early in it.
  return commands.flatMap((command) =>
    folders.map((folder) => join(folder, windows ? `${command}.exe` : command)),
  );
}

async function firstExecutable(files: readonly string[], machine: Machine): Promise<string | undefined> {
  for (const file of files) if (await machine.isExecutable(file)) return file;
  return undefined;
}
