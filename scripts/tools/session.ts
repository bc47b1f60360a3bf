import { type Demo, startDemo } from '../../demo/server.ts';
import type {
  BrowserName,
  DevtoolsBrowser,
  Dock,
  InspectedPage,
  LaunchOptions,
  Panel,
} from '../devtools/driver.ts';
import { launchDevtools } from '../devtools/launch.ts';
import { extensionFolder } from './build.ts';

/** How a demo with a browser on it is started. */
export interface SessionOptions {
  readonly browser: BrowserName;
  readonly headless: boolean;
  readonly dock?: Dock;
  readonly args?: readonly string[];
  /** Path and query of the demo's page; all of it when left out. */
  readonly path?: string;
  /** Folder of the extension; the built one when left out. */
  readonly extension?: string;
  /** Firefox only: as in {@link LaunchOptions}. */
  readonly grantHosts?: boolean;
  /** Prints no address of the demo. */
  readonly quiet?: boolean;
}

/** The demo, a browser with the built extension, the demo's page in it and the panel of its DevTools. */
export interface DemoSession {
  readonly demo: Demo;
  readonly browser: DevtoolsBrowser;
  readonly page: InspectedPage;
  readonly panel: Panel;
  /** Ends the browser, removes its profile and ends the demo. */
  close(): Promise<void>;
}

/**
 * Starts all of it. Where a step fails, what was started before is ended first.
 * @throws {Error} when there is no such browser, the extension is not built or the panel does not open
 */
export async function startSession(options: SessionOptions): Promise<DemoSession> {
  const demo = await startDemo({ quiet: options.quiet ?? false });
  let browser: DevtoolsBrowser | undefined;
  const close = async () => {
    await browser?.close();
    await demo.close();
  };
  try {
    browser = await launchDevtools(options.browser, launchOptions(options));
    const page = await browser.open(new URL(options.path ?? '', demo.url).href);
    const panel = await page.openPanel();
    return { demo, browser, page, panel, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function launchOptions({
  browser,
  headless,
  dock,
  extension,
  grantHosts,
  args = [],
}: SessionOptions): LaunchOptions {
  // What a script reads and photographs is English; a person sees the language of the browser.
  if (headless) process.env.LANGUAGE = 'en';
  return {
    extension: extension ?? extensionFolder(browser),
    headless,
    args,
    // The demo's wss service has a certificate of its own making.
    acceptInsecureCerts: true,
    ...(dock ? { dock } : {}),
    ...(grantHosts === undefined ? {} : { grantHosts }),
    ...(headless ? { preferences: { 'intl.locale.requested': 'en-US' } } : {}),
  };
}
