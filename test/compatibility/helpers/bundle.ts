import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../page/', import.meta.url));

/** The pages' scripts, bundled in memory: code by path, such as `/assets/clients/mqtt.js`. */
export async function bundlePages(): Promise<ReadonlyMap<string, string>> {
  const clients = await readdir(`${ROOT}clients`);
  const files = ['beside.ts', 'mocked.ts', 'zoned.ts', ...clients.map((file) => `clients/${file}`)];
  const result = await build({
    root: ROOT,
    // The repository's own configuration builds the extension.
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    // sockjs-client is of a time before `globalThis`.
    define: { global: 'globalThis' },
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      target: 'es2022',
      rolldownOptions: {
        input: Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), ROOT + file])),
        output: { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/chunks/[name]-[hash].js' },
      },
    },
  });
  const scripts = new Map<string, string>();
  for (const output of Array.isArray(result) ? result : [result]) {
    if (!('output' in output)) continue;
    for (const file of output.output) {
      if (file.type === 'chunk') scripts.set(`/${file.fileName}`, file.code);
    }
  }
  return scripts;
}
