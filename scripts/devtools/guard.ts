import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('./guard.mjs', import.meta.url));

/** A new, empty folder for a browser's profile. */
export function createProfile(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'framescope-profile-'));
}

/** Removes a profile that no browser uses any more. */
export function removeProfile(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

export interface Guard {
  /** Kills the browser when it still runs, removes its profile and ends the guard. */
  end(): Promise<void>;
}

/**
 * Ties a browser to this process: however this process ends, also killed in the middle of a test, the browser ends too
 * and its profile goes.
 * @param browser leads its own process group (`detached`) where there are such
 */
export function guard(browser: ChildProcess, profile: string): Guard {
  const ended =
    browser.exitCode === null && browser.signalCode === null ? once(browser, 'exit') : Promise.resolve();
  const watcher = spawn(process.execPath, [GUARD, String(browser.pid), profile], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Neither the guard nor its pipe keeps this process alive.
  watcher.unref();
  (watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return {
    async end() {
      // The guard kills the group, so that helper processes of the browser go with it.
      const gone = watcher.exitCode === null ? once(watcher, 'exit') : Promise.resolve();
      watcher.stdin?.end();
      await Promise.all([ended, gone]);
      removeProfile(profile);
    },
  };
}
