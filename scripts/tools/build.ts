import path from 'node:path';
import type { BrowserName } from '../browsers/find.ts';
import type { BrowserTarget } from '../build/manifest.ts';
import { type CommandOptions, ROOT, runBin } from './command.ts';

const TARGETS: Record<BrowserName, BrowserTarget> = { chromium: 'chrome', firefox: 'firefox' };

/** The folder of the built extension for a browser. */
export function extensionFolder(name: BrowserName): string {
  return path.join(ROOT, 'dist', TARGETS[name]);
}

/**
 * Builds the extension for one browser.
 * @throws {CommandError} when the build fails
 */
export async function buildExtension(name: BrowserName, options: CommandOptions = {}): Promise<void> {
  await runBin('vite', ['build', '--mode', TARGETS[name], '--logLevel', 'warn'], options);
}
