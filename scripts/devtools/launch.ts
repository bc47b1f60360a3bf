import { launchChromium } from './chromium.ts';
import type { BrowserName, DevtoolsBrowser, LaunchOptions } from './driver.ts';
import { launchFirefox } from './firefox.ts';

/**
 * Starts a browser with the extension loaded.
 * @throws {Error} when there is no such browser, or no extension where the options say
 */
export function launchDevtools(name: BrowserName, options: LaunchOptions): Promise<DevtoolsBrowser> {
  switch (name) {
    case 'chromium':
      return launchChromium(options);
    case 'firefox':
      return launchFirefox(options);
  }
}
