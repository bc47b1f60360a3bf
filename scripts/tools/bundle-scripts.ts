import { build, type UserConfig } from 'vite';

/** What is bundled, and how it is named. */
export interface ScriptBundle {
  /** Folder of the sources, with a slash at its end. */
  readonly root: string;
  /** Sources by the name of their script. */
  readonly input: Readonly<Record<string, string>>;
  /** Name of what several scripts share, as a pattern. */
  readonly chunkNames: string;
  readonly define?: UserConfig['define'];
}

/** Bundles the scripts of pages in memory: code by path, such as `/assets/main.js`. */
export async function bundleScripts({
  root,
  input,
  chunkNames,
  define = {},
}: ScriptBundle): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    root,
    // The repository's own configuration builds the extension.
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    define,
    build: {
      write: false,
      // Readable names in the initiator stacks that the debugger shows are worth more here than bytes.
      minify: false,
      modulePreload: false,
      target: 'es2022',
      rolldownOptions: {
        input,
        output: { entryFileNames: 'assets/[name].js', chunkFileNames: chunkNames },
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
