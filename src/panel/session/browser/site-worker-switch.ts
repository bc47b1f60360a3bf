import browser, { type Permissions, type Scripting } from 'webextension-polyfill';
import { SITE_PERMISSION, SITE_SCRIPTS } from '../../../protocol/site-workers.ts';
import { remember, remembered } from '../../platform/remembered.ts';
import type { WorkerSwitch } from './bridge.ts';

const SITES_KEY = 'worker-sites';

/** What the switch needs to know of the inspected tab, and does to it. */
export interface SiteTab {
  /** Told the address of each page that the tab shows. */
  onPage(listener: (url: string) => void): void;
  reload(): void;
}

/**
 * Chrome's switch: holds for one site (origin), and from the next load of a page on. What is registered with the browser is what
 * counts; it forgets that when the extension is updated, so the sites are kept here too.
 */
export function siteWorkerSwitch(tab: SiteTab): WorkerSwitch {
  const listeners: Parameters<WorkerSwitch['onSwitched']>[0][] = [];
  let site: string | undefined;

  const tell = async () => {
    const asked = site;
    const isOn = asked !== undefined && (await isRegistered(asked));
    if (asked !== site) return;
    for (const listener of listeners) listener(site === undefined ? undefined : { isOn, site });
  };
  const switchOn = async (wanted: string) => {
    if (!(await browser.permissions.request(permissionsFor(wanted)))) return;
    await register(wanted);
    remember(SITES_KEY, [...new Set([...sites(), wanted])]);
    await tell();
    if (wanted === site) tab.reload();
  };
  const switchOff = async (wanted: string) => {
    remember(
      SITES_KEY,
      sites().filter((one) => one !== wanted),
    );
    await unregister(wanted);
    await giveBack(wanted);
    await tell();
  };

  tab.onPage((url) => {
    site = siteOf(url);
    void tell();
  });
  browser.permissions.onRemoved.addListener(() => void tell());
  void registerAgain().then(tell, tell); // another panel may be about it too
  return {
    scope: 'site',
    onSwitched: (listener) => void listeners.push(listener),
    set: (isOn) => {
      if (site === undefined) return;
      void (isOn ? switchOn(site) : switchOff(site)).catch(tell);
    },
    sites,
    forget: (wanted) => void switchOff(wanted).catch(tell),
  };
}

/** The origin of a page that the switch can be set for. */
export function siteOf(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.origin : undefined;
}

/** For which it is on; anything else that is stored is passed over. */
export function sites(): string[] {
  const value = remembered(SITES_KEY);
  return Array.isArray(value)
    ? value.filter((site) => typeof site === 'string' && siteOf(site) === site)
    : [];
}

/** Not there before the permission is. */
function scripting(): Scripting.Static | undefined {
  return (browser as { scripting?: Scripting.Static }).scripting;
}

/** A pattern without a port would be for all ports. */
export function patternOf(site: string): string {
  const { protocol, hostname, port } = new URL(site);
  return `${protocol}//${hostname}:${port || (protocol === 'https:' ? 443 : 80)}/*`;
}

function permissionsFor(site: string): Permissions.Permissions {
  return { permissions: [SITE_PERMISSION], origins: [patternOf(site)] };
}

function idsOf(site: string): string[] {
  return SITE_SCRIPTS.map(({ name }) => `${name} ${site}`);
}

async function isRegistered(site: string): Promise<boolean> {
  const scripts = await scripting()?.getRegisteredContentScripts({ ids: idsOf(site) });
  return (
    scripts?.length === SITE_SCRIPTS.length && (await browser.permissions.contains(permissionsFor(site)))
  );
}

async function register(site: string): Promise<void> {
  if (await isRegistered(site)) return;
  await unregister(site);
  await scripting()?.registerContentScripts(
    SITE_SCRIPTS.map(({ file, world }, index) => ({
      id: idsOf(site)[index] ?? '',
      js: [file],
      matches: [patternOf(site)],
      runAt: 'document_start',
      world,
      allFrames: true,
      matchOriginAsFallback: true,
      persistAcrossSessions: true,
    })),
  );
}

/** The browser refuses to forget what it does not know, the known with it. */
async function unregister(site: string): Promise<void> {
  const api = scripting();
  const known = (await api?.getRegisteredContentScripts({ ids: idsOf(site) })) ?? [];
  if (known.length > 0) await api?.unregisterContentScripts({ ids: known.map(({ id }) => id) });
}

async function registerAgain(): Promise<void> {
  for (const site of sites()) {
    if (await browser.permissions.contains(permissionsFor(site))) await register(site);
  }
}

/** What the user has granted for this alone is not kept; what the browser does not take back stays. */
async function giveBack(site: string): Promise<void> {
  const { origins = [], permissions = [] } = permissionsFor(site);
  await browser.permissions.remove({ origins }).catch(() => false);
  if (sites().length === 0) await browser.permissions.remove({ permissions }).catch(() => false);
}
