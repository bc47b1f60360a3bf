import { afterAll, beforeAll } from 'vitest';
import type {
  BrowserName,
  DevtoolsBrowser,
  InspectedPage,
  LaunchOptions,
  Panel,
} from '../../../scripts/devtools/driver.ts';
import { launchDevtools } from '../../../scripts/devtools/launch.ts';
import { builtExtension } from './build.ts';
import { startServer, type TestServer } from './server.ts';

export const BROWSERS = ['chromium', 'firefox'] as const;

/** A page without any script of its own. */
export const BLANK = '<!doctype html><meta charset="utf-8"><title>Blank</title><p>A page.</p>';

/** One browser with the built extension, a test server, a page at `/` and the panel of that page. */
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
  readonly launch?: Omit<LaunchOptions, 'extension'>;
  /** Does something in the page before the extension is there. */
  readonly before?: (page: InspectedPage, server: TestServer, browser: DevtoolsBrowser) => Promise<void>;
  /** Makes another extension of the built one; the folder of either is what is loaded. */
  readonly prepare?: ((extension: string) => Promise<string>) | undefined;
}

/** Sets the stage for the tests of the surrounding `describe`; it is there from the first test on. */
export function useStage(
  name: BrowserName,
  { html = BLANK, launch = {}, before, prepare = async (extension) => extension }: StageOptions = {},
): Stage {
  const parts: Partial<{ -readonly [Key in keyof Stage]: Stage[Key] }> = {};

  beforeAll(async () => {
    parts.server = await startServer();
    const extension = await prepare(await builtExtension(name));
    parts.browser = await launchDevtools(name, {
      extension,
      installs: before ? 'later' : 'first',
      ...launch,
    });
    parts.page = await parts.browser.open(parts.server.serve('/', html));
    if (before) {
      await before(parts.page, parts.server, parts.browser);
      await parts.browser.install();
    }
    parts.panel = await parts.page.openPanel();
    await parts.panel.resize(1400, 700);
  });

  afterAll(async () => {
    await parts.browser?.close();
    await parts.server?.close();
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
