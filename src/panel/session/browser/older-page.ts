import browser, { type Permissions, type Scripting } from 'webextension-polyfill';
import { LATE_RELAY, type LateRelay } from '../../../protocol/older-pages.ts';
import { SITE_PERMISSION } from '../../../protocol/site-workers.ts';
import type { LateCapture } from './bridge.ts';
import { devtoolsOfAll } from './devtools-of-all.ts';
import { patternOf, siteOf, sites } from './site-worker-switch.ts';

/** Where scripts can be brought that are not there by themselves; the types know neither documents nor worlds. */
interface Target {
  readonly tabId: number;
  readonly allFrames?: boolean;
  readonly documentIds?: readonly string[];
  readonly frameIds?: readonly number[];
}

type Wanted = Required<Pick<Permissions.Permissions, 'permissions' | 'origins'>>;

/** What came of a script in one frame. */
interface Outcome {
  readonly frameId: number;
  /** Chrome. */
  readonly documentId?: string;
  readonly result?: unknown;
}

/**
 * Chrome: captures a page that is older than the extension, as it is. Asks for the permission to read the origins of its documents,
 * during a click or key press, and gives back what was granted for this alone.
 */
export async function captureOlderPage(tabId: number): Promise<LateCapture> {
  const origins = [...new Set((await documentUrls()).map(siteOf))].filter((site) => site !== undefined);
  if (origins.length === 0) return 'impossible';
  const wanted: Wanted = { permissions: [SITE_PERMISSION], origins: origins.map(patternOf) };
  try {
    if (!(await browser.permissions.request(wanted))) return 'refused';
    await bringScripts(tabId);
    return 'captured';
  } catch {
    return 'impossible'; // it is a page of the browser's own, or has just gone
  } finally {
    await giveBack(wanted);
  }
}

/**
 * Runs in the documents of a tab what the manifest runs in those that are loaded from now on: first what belongs to the world of
 * content scripts, then, where no hook is, the hook.
 */
async function bringScripts(tabId: number): Promise<void> {
  const everywhere: Target = { tabId, allFrames: true };
  await run(everywhere, { files: filesOf('ISOLATED') });
  const frames = await run(everywhere, { func: hasHook, args: [LATE_RELAY] });
  const bare = frames.filter(({ result }) => result === false);
  await Promise.all(
    bare.map(({ frameId, documentId }) => {
      const target = documentId === undefined ? { frameIds: [frameId] } : { documentIds: [documentId] };
      // A frame may have gone meanwhile.
      return run({ tabId, ...target }, { files: filesOf('MAIN'), world: 'MAIN' }).catch(() => []);
    }),
  );
}

/** Runs in the world of content scripts. */
function hasHook(name: unknown): boolean {
  return (globalThis as LateRelay)[name as typeof LATE_RELAY]?.() ?? true;
}

function filesOf(world: 'ISOLATED' | 'MAIN'): string[] {
  const scripts: { readonly js?: string[]; readonly world?: string }[] =
    browser.runtime.getManifest().content_scripts ?? [];
  return scripts.flatMap(({ js = [], world: own = 'ISOLATED' }) => (own === world ? js : []));
}

function run(target: Target, script: Omit<Scripting.ScriptInjection, 'target'>): Promise<readonly Outcome[]> {
  return browser.scripting.executeScript({
    ...script,
    target: target as Scripting.InjectionTarget,
    injectImmediately: true,
  });
}

/** Addresses of the documents that the inspected page consists of. */
function documentUrls(): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const { getResources } = devtoolsOfAll().inspectedWindow;
    if (!getResources) resolve([]);
    getResources?.((resources) =>
      resolve(resources.filter(({ type }) => type === 'document').map(({ url }) => url)),
    );
  });
}

/** Sites whose workers are captured keep their permission. */
async function giveBack({ permissions, origins }: Wanted): Promise<void> {
  const kept = sites();
  const patterns = kept.map(patternOf);
  await browser.permissions
    .remove({ origins: origins.filter((origin) => !patterns.includes(origin)) })
    .catch(() => false);
  if (kept.length === 0) await browser.permissions.remove({ permissions }).catch(() => false);
}
