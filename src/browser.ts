import type { Browser } from 'webextension-polyfill';

interface ExtensionScope {
  readonly browser?: Browser;
  readonly chrome?: Browser;
}

const { browser, chrome } = globalThis as ExtensionScope;

/**
 * The interface that the browser gives to extensions: `browser` in Firefox, `chrome` in Chrome, whose functions return promises since
 * Manifest V3, those of `devtools` apart.
 */
const extension = (browser ?? chrome) as Browser;

export { extension as browser };
