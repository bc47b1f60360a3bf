import { until } from '../../../scripts/devtools/poll.ts';
import { SOON } from './panel.ts';
import type { Stage } from './stage.ts';

// What only Firefox has, done in its privileged scope.

declare const ChromeUtils: { importESModule(url: string): unknown };
declare const WebExtensionPolicy: {
  getByID(id: string): {
    readonly extension: {
      readonly backgroundState: string;
      terminateBackground(options: object): Promise<void>;
    };
  } | null;
};
declare const Services: {
  readonly wm: { getEnumerator(type: string): Iterable<BrowserWindow> };
  readonly focus: { readonly focusedElement: unknown };
  readonly scriptloader: { loadSubScript(url: string, scope: object): void };
};
declare const Ci: unknown;
declare const Cc: unknown;

interface BrowserWindow extends Window {
  readonly gBrowser: { readonly tabs: Iterable<Tab>; selectedTab: Tab };
}

interface Tab {
  readonly linkedBrowser: HTMLElement & {
    readonly currentURI: { readonly spec: string };
    readonly webProgress: { readonly isLoadingDocument: boolean };
  };
}

const ID = 'framescope@framescope.dev';

/** Switches the capture of workers as a person does on the page that asks for the permission, and waits for the panel. */
export async function setWorkerCapture({ browser, panel }: Stage, isOn: boolean): Promise<void> {
  await browser.evaluatePrivileged?.(setWorkerPermissions, ID, isOn);
  await panel.waitFor((wanted: boolean) => {
    const box = document.querySelector<HTMLInputElement>('.sockets input[type=checkbox]');
    return box?.checked === wanted;
  }, isOn);
}

/** Stops the background as Firefox does when it seems idle, and says how it is then. */
export async function stopBackground({ browser }: Stage): Promise<string | undefined> {
  return await browser.evaluatePrivileged?.(terminateBackground, ID);
}

/** Waits for a page of the extension in a tab of its own, and presses its first button as a person does. */
export async function pressFirstButton({ browser }: Stage, page: string): Promise<void> {
  await until(
    () => browser.evaluatePrivileged?.(pressTabAndSpace, page),
    SOON.timeout,
    () => `${page} is not opened`,
  );
}

/** False if the page is not there yet. Runs in the privileged scope. */
async function pressTabAndSpace(page: string): Promise<boolean> {
  const windows = [...Services.wm.getEnumerator('navigator:browser')];
  for (const window of windows) {
    const tab = [...window.gBrowser.tabs].find(({ linkedBrowser }) =>
      linkedBrowser.currentURI.spec.endsWith(page),
    );
    if (!tab || tab.linkedBrowser.webProgress.isLoadingDocument) continue;
    const events = { window, parent: window, _EU_Ci: Ci, _EU_Cc: Cc };
    Services.scriptloader.loadSubScript('chrome://remote/content/external/EventUtils.js', events);
    const { synthesizeKey } = events as unknown as {
      synthesizeKey(key: string, event: object, window: Window): void;
    };
    window.gBrowser.selectedTab = tab;
    window.focus();
    tab.linkedBrowser.focus();
    if (Services.focus.focusedElement !== tab.linkedBrowser) return false;
    synthesizeKey('KEY_Tab', {}, window);
    synthesizeKey(' ', {}, window);
    return true;
  }
  return false;
}

async function setWorkerPermissions(id: string, granted: boolean): Promise<void> {
  interface Permissions {
    add(id: string, permissions: object, extension: unknown): Promise<void>;
    remove(id: string, permissions: object, extension: unknown): Promise<void>;
  }
  const url = 'resource://gre/modules/ExtensionPermissions.sys.mjs';
  const { ExtensionPermissions } = ChromeUtils.importESModule(url) as { ExtensionPermissions: Permissions };
  const names = ['webRequestBlocking', 'webRequestFilterResponse'];
  const permissions = { origins: [], permissions: names, data_collection: [] };
  const extension = WebExtensionPolicy.getByID(id)?.extension;
  await ExtensionPermissions[granted ? 'add' : 'remove'](id, permissions, extension);
}

async function terminateBackground(id: string): Promise<string | undefined> {
  const extension = WebExtensionPolicy.getByID(id)?.extension;
  await extension?.terminateBackground({ ignoreDevToolsAttached: true });
  return extension?.backgroundState;
}
