import { fileURLToPath } from 'node:url';
import { bundleScripts } from '../scripts/tools/bundle-scripts.ts';

const ROOT = fileURLToPath(new URL('page/', import.meta.url));

let bundle: Promise<ReadonlyMap<string, string>> | undefined;

/** The page's scripts, bundled in memory: code by path such as `/assets/main.js`. Made once in a process. */
export function bundlePage(): Promise<ReadonlyMap<string, string>> {
  bundle ??= bundleScripts({
    root: ROOT,
    input: { main: `${ROOT}main.ts`, 'notifications-frame': `${ROOT}notifications-frame.ts` },
    chunkNames: 'assets/[name].js',
  });
  return bundle;
}
