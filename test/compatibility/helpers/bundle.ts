import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleScripts } from '../../../scripts/tools/bundle-scripts.ts';

const ROOT = fileURLToPath(new URL('../page/', import.meta.url));

/** The pages' scripts, bundled in memory: code by path, such as `/assets/clients/mqtt.js`. */
export async function bundlePages(): Promise<ReadonlyMap<string, string>> {
  const clients = await readdir(`${ROOT}clients`);
  const files = ['beside.ts', 'mocked.ts', 'zoned.ts', ...clients.map((file) => `clients/${file}`)];
  return bundleScripts({
    root: ROOT,
    input: Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), ROOT + file])),
    chunkNames: 'assets/chunks/[name]-[hash].js',
    // sockjs-client is of a time before `globalThis`.
    define: { global: 'globalThis' },
  });
}
