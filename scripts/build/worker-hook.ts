import type { Plugin } from 'vite';
import { SITE_SCRIPTS } from '../../src/protocol/site-workers.ts';
import { WORKER_HOOK_FILE } from '../../src/protocol/workers.ts';
import { buildPageScript } from './page-script.ts';

const ENTRY = 'src/page/worker-hook.ts';

/** Firefox: builds the hook of workers, which the background writes in front of their scripts. */
export function workerHook(target: string): Plugin {
  return {
    name: 'worker-hook',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: WORKER_HOOK_FILE, source: await buildWorkerHook(target) });
    },
  };
}

/** Chrome: builds the scripts that are registered for a site when a person wants its `blob:` workers captured. */
export function siteScripts(target: string): Plugin {
  return {
    name: 'site-scripts',
    async generateBundle() {
      const texts = { WORKER_HOOK: await buildWorkerHook(target) };
      for (const { file } of SITE_SCRIPTS) {
        const source = await buildPageScript(file.replace(/\.js$/, '.ts'), target, texts);
        this.emitFile({ type: 'asset', fileName: file, source });
      }
    },
  };
}

/** The hook of workers as one statement on one line, to be written in front of any script. */
async function buildWorkerHook(target: string): Promise<string> {
  return asStatement(await buildPageScript(ENTRY, target));
}

/**
 * Functions that a script declares take the place of built-ins before our first line runs, so anything in it may throw. A
 * strict function cannot be found by way of `caller`, nor can the secrets in its source.
 * @throws {Error} if the code would not leave the lines of a script where they are
 */
function asStatement(code: string): string {
  const body = /^\(function\(\)\{(.*)\}\)\(\);?$/.exec(code.trim())?.[1];
  if (body === undefined) throw new Error(`${ENTRY}: not one function on one line`);
  const statement = `;(function(){"use strict";try{${body}}catch{}})();`;
  if (!/^[ -~]+$/.test(statement)) throw new Error(`${ENTRY}: not ASCII`);
  return statement;
}
