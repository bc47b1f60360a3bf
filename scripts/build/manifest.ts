import base from '../../manifest.json' with { type: 'json' };
import packageJson from '../../package.json' with { type: 'json' };
import { SITE_PERMISSION } from '../../src/protocol/site-workers.ts';
import { WORKER_PERMISSIONS } from '../../src/protocol/workers.ts';

/** The two builds. Edge loads the Chrome one. */
export type BrowserTarget = 'chrome' | 'firefox';

/** Runs in the same frames as the relay of documents. */
const WORKER_RELAY = { ...base.content_scripts[0], js: ['src/content/workers.ts'] };

/** Only Chromium has WebSocketStreams. */
const STREAM_HOOK = 'src/page/stream-hook.ts';

/** The base manifest with the version of package.json and the keys that only one browser understands. */
export function extensionManifest(target: BrowserTarget) {
  const manifest = { ...base, version: packageJson.version };
  switch (target) {
    case 'chrome':
      return {
        ...manifest,
        minimum_chrome_version: '120',
        // Otherwise a panel in a private window would not hear of the documents there: their messages would only reach the normal windows.
        incognito: 'split',
        // Typed arrays cross runtime ports as they are from Chrome 148 on; older ones use the encoded fallback.
        message_serialization: 'structured_clone',
        content_scripts: manifest.content_scripts.map((script) =>
          'world' in script ? { ...script, js: [STREAM_HOOK, ...script.js] } : script,
        ),
        // For the `blob:` workers of a site: requested, for that site only, when the user switches that on.
        optional_permissions: [SITE_PERMISSION],
        optional_host_permissions: ['http://*/*', 'https://*/*'],
      };
    case 'firefox':
      return {
        ...manifest,
        // Firefox has no direct way from a DevTools panel to a content script: a stateless relay stands between.
        background: { scripts: ['src/background/relay.ts'], type: 'module' as const },
        // Requested at installation, and again by the panel if it was refused; content scripts do not run without it.
        host_permissions: ['<all_urls>'],
        // For the handshakes of sockets, while a panel is open. Its network log would have them too, but once that is asked Firefox makes a
        // record of every frame for its Network panel, which takes ten times as long as the frame itself.
        permissions: ['webRequest'],
        // For the sockets of workers: requested when the user switches that on.
        optional_permissions: [...WORKER_PERMISSIONS],
        content_scripts: [...manifest.content_scripts, WORKER_RELAY],
        browser_specific_settings: {
          gecko: {
            id: 'framescope@framescope.dev',
            strict_min_version: '140.0',
            data_collection_permissions: { required: ['none'] },
          },
        },
      };
  }
}
