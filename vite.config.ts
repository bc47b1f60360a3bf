import { type BrowserTarget, extensionManifest } from './scripts/build/manifest.ts';
import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';

const CONTENT_SCRIPTS = ['src/content/relay.ts', 'src/page/hook.ts'];

/** `vite build --mode chrome` and `--mode firefox` each make one loadable folder below `dist/`. */
export default defineConfig(({ mode }) => {
  const target: BrowserTarget = mode === 'firefox' ? 'firefox' : 'chrome';
  return {
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: `dist/${target}`,
      emptyOutDir: true,
      target: target === 'firefox' ? 'firefox140' : 'chrome120',
      modulePreload: false,
      rolldownOptions: { input: { panel: 'src/panel/panel.html' } },
    },
    plugins: [
      crx({
        manifest: extensionManifest(target),
        browser: target,
        // A loader would run after the page's first inline script; a standalone file runs before it.
        contentScripts: { standaloneFiles: CONTENT_SCRIPTS, injectCss: false },
      }),
    ],
  };
});
