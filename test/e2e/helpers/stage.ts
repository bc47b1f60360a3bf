import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type {
  BrowserName,
  DevtoolsBrowser,
  InspectedPage,
  LaunchOptions,
  Panel,
} from '../../../scripts/devtools/driver.ts';
import { launchDevtools } from '../../../scripts/devtools/launch.ts';
import { giveBack, takeBrowser, takeOpenPage } from './browser-pool.ts';
import { builtExtension } from './build.ts';
import { startServer, type TestServer } from './server.ts';

export const BROWSERS = ['chromium', 'firefox'] as const;

/** A page without any script of its own. */
export const BLANK = '<!doctype html><meta charset="utf-8"><title>Blank</title><p>A page.</p>';

/**
 * A browser with the built extension, a test server, a page at `/` and the panel of that page. The browser may have served other
 * files before, of which nothing is left.
 */
export interface Stage {
  readonly browser: DevtoolsBrowser;
  readonly server: TestServer;
  readonly page: InspectedPage;
  /** Of {@link page}. May be replaced by a test that closes it. */
  panel: Panel;
}

interface StageOptions {
  /** Of the page at `/`. */
  readonly html?: string;
  readonly launch?: Omit<LaunchOptions, 'extension' | 'installs'>;
  /** Starts a browser for these tests and ends it after them: they change what {@link DevtoolsBrowser.clear} does not undo. */
  readonly ownBrowser?: boolean;
  /** The tests give the extension permissions, or take some away: what they leave of it is not for other files. */
  readonly altersExtension?: boolean;
  /** Does something in the page before the extension is there. */
  readonly before?: (page: InspectedPage, server: TestServer, browser: DevtoolsBrowser) => Promise<void>;
  /** Makes another extension of the built one, in a folder that is removed after the tests. */
  readonly prepare?: ((extension: string) => Promise<string>) | undefined;
}

/** Sets the stage for the tests of the surrounding `describe`; it is there from the first test on. */
export function useStage(
  name: BrowserName,
  {
    html = BLANK,
    launch,
    ownBrowser = launch !== undefined,
    altersExtension = false,
    before,
    prepare,
  }: StageOptions = {},
): Stage {
  const parts: Partial<{ -readonly [Key in keyof Stage]: Stage[Key] }> = {};
  let prepared: string | undefined;
  let hasFailed = false;

  beforeAll(async () => {
    parts.server = await startServer();
    const url = parts.server.serve('/', html);
    const isUsual = !ownBrowser && !before && !prepare;
    Object.assign(parts, isUsual ? takeOpenPage(name) : undefined);
    if (parts.page) await parts.page.navigate(url);
    else await openAll(parts.server, url);
    await parts.panel?.resize(1400, 700);
  });

  async function openAll(server: TestServer, url: string): Promise<void> {
    const built = await builtExtension(name);
    prepared = await prepare?.(built);
    const extension = prepared ?? built;
    const browser = ownBrowser
      ? await launchDevtools(name, { ...launch, extension, installs: 'later' })
      : await takeBrowser(name, extension);
    parts.browser = browser;
    if (!before) await browser.install(extension);
    const page = await browser.open(url);
    parts.page = page;
    if (before) {
      await before(page, server, browser);
      await browser.install(extension);
    }
    parts.panel = await page.openPanel();
  }

  afterEach(({ task }) => {
    hasFailed ||= task.result?.state === 'fail';
  });

  afterAll(async () => {
    // What a failed test, or preparation, has left behind is not for other files.
    const { browser, page, panel } = parts;
    const isReusable = !ownBrowser && !hasFailed && panel !== undefined;
    const open = page && panel && !prepare && !altersExtension ? { page, panel } : undefined;
    if (browser) await (isReusable ? giveBack(browser, open) : browser.close());
    await parts.server?.close();
    if (prepared !== undefined) await rm(prepared, { recursive: true, force: true });
  });

  function part<Key extends keyof Stage>(key: Key): Stage[Key] {
    const value = parts[key];
    if (value === undefined) throw new Error(`There is no ${key} yet`);
    return value as Stage[Key];
  }

  return {
    get browser() {
      return part('browser');
    },
    get server() {
      return part('server');
    },
    get page() {
      return part('page');
    },
    get panel() {
      return part('panel');
    },
    set panel(panel) {
      parts.panel = panel;
    },
  };
}

/** Loads the extension anew, as a browser does with an update, and opens the panel again. */
export async function reloadExtension(stage: Stage): Promise<void> {
  await stage.panel.close();
  await stage.browser.install();
  stage.panel = await stage.page.openPanel();
  await stage.panel.resize(1400, 700);
}
