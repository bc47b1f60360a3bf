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

async function setWorkerPermissions(id: string, granted: boolean): Promise<void> {
  interface Permissions {
    add(id: string, permissions: object, extension: unknown): Promise<void>;
    remove(id: string, permissions: object, extension: unknown): Promise<void>;
  }
  const url = 'resource://gre/modules/ExtensionPermissions.sys.mjs';
  const { ExtensionPermissions } = ChromeUtils.importESModule(url) as { ExtensionPermissions: Permissions };
  const names = ['webRequest', 'webRequestBlocking', 'webRequestFilterResponse'];
  const permissions = { origins: [], permissions: names, data_collection: [] };
  const extension = WebExtensionPolicy.getByID(id)?.extension;
  await ExtensionPermissions[granted ? 'add' : 'remove'](id, permissions, extension);
}

async function terminateBackground(id: string): Promise<string | undefined> {
  const extension = WebExtensionPolicy.getByID(id)?.extension;
  await extension?.terminateBackground({ ignoreDevToolsAttached: true });
  return extension?.backgroundState;
}
