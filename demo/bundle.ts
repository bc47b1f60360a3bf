import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const PAGE_SCRIPTS = ['main.ts', 'notifications-frame.ts'];

let bundle: Promise<ReadonlyMap<string, string>> | undefined;

/** The page's scripts, bundled in memory: code by path such as `/assets/main.js`. Made once in a process. */
export function bundlePage(): Promise<ReadonlyMap<string, string>> {
  bundle ??= makeBundle();
  return bundle;
}

async function makeBundle(): Promise<ReadonlyMap<string, string>> {
  const root = fileURLToPath(new URL('page/', import.meta.url));
  const result = await build({
    root,
    // The repository's own configuration builds the extension.
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: {
      write: false,
      // Readable names in the initiator stacks that the debugger shows are worth more here than bytes.
      minify: false,
      modulePreload: false,
      target: 'es2022',
      rolldownOptions: {
        input: PAGE_SCRIPTS.map((file) => root + file),
        output: { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js' },
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
