import { until, WAIT_TIMEOUT } from './poll.ts';
import { type EvaluateSource, evaluateIn } from './source.ts';

/** {@link Panel.renew}. What is stored goes while the panel is not there: it would keep its files open, and write anew what it remembers. */
export async function renewPanel(
  evaluateSource: EvaluateSource,
  navigate: (url: string) => Promise<void>,
): Promise<void> {
  const call = <T>(fn: () => T | Promise<T>) => evaluateIn<T>(evaluateSource, fn, []);
  const { panel, picture } = await call(ownPages);
  await navigate(picture);
  await until(
    () => call(forgetStored),
    WAIT_TIMEOUT,
    () => 'What the extension has stored stays in use',
  );
  await navigate(panel);
}

/** Runs in the panel: addresses of its page and of a resource of the extension that has no script. */
function ownPages(): { panel: string; picture: string } {
  interface Extension {
    readonly runtime: {
      getManifest(): { icons: Record<string, string> };
      getURL(path: string): string;
    };
  }
  const { chrome } = globalThis as unknown as { chrome: Extension };
  const [icon = ''] = Object.values(chrome.runtime.getManifest().icons);
  return { panel: location.href, picture: chrome.runtime.getURL(icon) };
}

/** Runs in the extension's origin; false while something is still in use, which it is for a moment after a worker was ended. */
async function forgetStored(): Promise<boolean> {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of await indexedDB.databases()) {
    if (name !== undefined) indexedDB.deleteDatabase(name);
  }
  const files = await navigator.storage.getDirectory();
  for await (const name of files.keys()) {
    await files.removeEntry(name, { recursive: true }).catch(() => undefined);
  }
  const isEmpty = (await files.keys().next()).done === true;
  return isEmpty && (await indexedDB.databases()).length === 0;
}
