import type { Plugin } from 'vite';
import { WORKER_HOOK_FILE } from '../../src/protocol/workers.ts';
import { buildPageScript } from './page-script.ts';

const ENTRY = 'src/page/worker-hook.ts';

/** Builds the hook of workers as one statement on one line, to be written in front of any script. */
export function workerHook(): Plugin {
  return {
    name: 'worker-hook',
    async generateBundle() {
      const code = await buildPageScript(ENTRY, 'firefox140');
      this.emitFile({ type: 'asset', fileName: WORKER_HOOK_FILE, source: asStatement(code) });
    },
  };
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
