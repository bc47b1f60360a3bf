import { afterAll, beforeAll } from 'vitest';
import type { BrowserName, DevtoolsBrowser, InspectedPage, Panel } from '../../../scripts/devtools/driver.ts';
import { launchDevtools } from '../../../scripts/devtools/launch.ts';
import { builtExtension } from '../../e2e/helpers/build.ts';
import { makeComparingExtension, type Side } from './extension.ts';
import { type CompatibilityServer, startCompatibilityServer } from './server.ts';
import type { ServiceMaker } from './service.ts';

export const BROWSERS = ['chromium', 'firefox'] as const;

/** What a page wrote down, and whether Framescope was in it. */
export interface Run {
  readonly hooked: boolean;
  readonly transcript: readonly string[];
}

/** A browser with the comparing extension, the server, and pages with and without DevTools. */
export interface Stage {
  /** Runs a page, without DevTools. */
  run(side: Side, path: string): Promise<Run>;
  /** Runs pages as frames of one page, several at a time. */
  runFrames(side: Side, paths: readonly string[]): Promise<ReadonlyMap<string, Run | Error>>;
  /** Runs a hooked page with the panel open. */
  watch(path: string): Promise<Run & { readonly panel: Panel }>;
}

/** Frames that run at the same time. */
const AT_ONCE = 6;

export function useStage(name: BrowserName, makers: readonly ServiceMaker[] = []): Stage {
  let browser: DevtoolsBrowser;
  let server: CompatibilityServer;
  const pages = new Map<Side | 'watched', InspectedPage>();
  let panel: Panel | undefined;
  let remove: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const extension = await makeComparingExtension(await builtExtension(name));
    remove = extension.remove;
    server = await startCompatibilityServer(makers);
    browser = await launchDevtools(name, {
      extension: extension.folder,
      // After a failed connection Firefox would hold the next ones to that server back, for seconds.
      preferences: { 'network.websocket.delay-failed-reconnects': false },
    });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await remove?.();
  });

  async function pageOf(side: Side | 'watched'): Promise<InspectedPage> {
    const page = pages.get(side) ?? (await browser.open('about:blank'));
    pages.set(side, page);
    return page;
  }

  async function runIn(page: InspectedPage, side: Side, path: string): Promise<Run> {
    await page.navigate(`${server.origin}/${side}/${path}`);
    return await page.evaluate(awaitOutcome);
  }

  return {
    run: async (side, path) => runIn(await pageOf(side), side, path),
    async runFrames(side, paths) {
      const page = await pageOf(side);
      await page.navigate(`${server.origin}/${side}/frames`);
      const results = new Map<string, Run | Error>();
      const waiting = [...paths];
      const work = async () => {
        for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
          const run = page.evaluate(runFrame, `/${side}/${path}`);
          results.set(path, await run.catch((error: unknown) => new Error(String(error))));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return results;
    },
    async watch(path) {
      const page = await pageOf('watched');
      if (!panel) {
        await page.navigate(`${server.origin}/hooked/frames`);
        panel = await page.openPanel();
        await panel.resize(1400, 700);
      }
      return { ...(await runIn(page, 'hooked', path)), panel };
    },
  };
}

async function awaitOutcome(): Promise<Run> {
  return { hooked: window.hooked, transcript: await window.outcome };
}

async function runFrame(path: string): Promise<Run> {
  const frame = document.body.appendChild(document.createElement('iframe'));
  await new Promise((resolve) => {
    frame.onload = resolve;
    frame.src = path;
  });
  const inner = frame.contentWindow as Window;
  const { hooked } = inner;
  const transcript = await inner.outcome;
  frame.remove();
  return { hooked, transcript };
}
