import { readdirSync } from 'node:fs';
import path from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig, type Plugin } from 'vite';
import { SCRIPTS } from './scripts/build/chunks.ts';
import { type BrowserTarget, extensionManifest } from './scripts/build/manifest.ts';
import { smallHook } from './scripts/build/page-script.ts';
import { plainImports } from './scripts/build/plain-imports.ts';
import { siteScripts, workerHook } from './scripts/build/worker-hook.ts';

const CONTENT_SCRIPTS = [
  'src/content/relay.ts',
  'src/content/workers.ts',
  'src/page/hook.ts',
  'src/page/stream-hook.ts',
];

/** Content scripts are bundled aside, so that a watching build does not see what they import. */
function watchContentScripts(): Plugin {
  return {
    name: 'watch-content-scripts',
    buildStart() {
      for (const folder of ['src/page', 'src/content', 'src/protocol', 'src/workers']) {
        for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (file.endsWith('.ts')) this.addWatchFile(path.resolve(folder, file));
        }
      }
    },
  };
}

/** `vite build --mode chrome` and `--mode firefox` each make one loadable folder below `dist/`. */
export default defineConfig(({ mode }) => {
  const target: BrowserTarget = mode === 'firefox' ? 'firefox' : 'chrome';
  const oldest = target === 'firefox' ? 'firefox140' : 'chrome120';
  return {
    define: { FOR_FIREFOX: target === 'firefox' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: `dist/${target}`,
      emptyOutDir: true,
      target: oldest,
      modulePreload: false,
      rolldownOptions: {
        checks: { bundlerTimings: false }, // on a slow machine it advises how to make a build of seconds faster
        output: { codeSplitting: { groups: [...SCRIPTS] } },
        input: {
          panel: 'src/panel/panel.html',
          ...(target === 'firefox' ? { permission: 'src/permission/permission.html' } : {}),
        },
      },
    },
    plugins: [
      plainImports(),
      watchContentScripts(),
      target === 'firefox' ? workerHook(oldest) : siteScripts(oldest),
      crx({
        // Its types lag behind the manifest keys of both browsers; web-ext lint checks them instead.
        manifest: extensionManifest(target) as ManifestV3Export,
        browser: target,
        // A loader would run after the page's first inline script; a standalone file runs before it.
        contentScripts: { standaloneFiles: CONTENT_SCRIPTS, injectCss: false },
      }),
      smallHook(oldest),
    ],
  };
});
