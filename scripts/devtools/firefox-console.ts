/** What turns up on the consoles of Firefox's tabs. The functions run in privileged scopes, where they are passed by source. */
import type { ConsoleEntry } from './driver.ts';
import type { Helper } from './source.ts';

// The little of Firefox's own interfaces that is needed here.

interface BrowsingContext {
  readonly top: BrowsingContext;
}

interface Message {
  /** The `<browser>` of the tab. */
  readonly target: unknown;
  readonly data: ConsoleEntry;
}

interface Recorded {
  readonly target: unknown;
  readonly entry: ConsoleEntry;
}

declare const Services: {
  readonly mm: {
    loadFrameScript(url: string, delayed: boolean): void;
    addMessageListener(name: string, listener: (message: Message) => void): void;
  };
  readonly console: {
    registerListener(listener: { observe(message: { readonly message: string }): void }): void;
  };
  readonly scriptSecurityManager: { getSystemPrincipal(): unknown };
};
declare const Ci: { readonly nsIScriptError: new () => ScriptError; readonly nsIConsoleAPIStorage: unknown };
declare const Cc: Record<string, { getService(type: unknown): ConsoleStorage }>;

interface ScriptError {
  readonly errorMessage: string;
  readonly sourceName: string;
  readonly innerWindowID: number;
}

interface ConsoleStorage {
  addLogEventListener(listener: (call: ConsoleCall) => void, principal: unknown): void;
}

interface ConsoleCall {
  readonly innerID: number | string;
  readonly arguments: readonly unknown[];
}

// What frame scripts have; they are in scope there without being properties of the global.
declare const WindowGlobalChild: {
  getByInnerWindowId(id: number): { readonly browsingContext: BrowsingContext } | null;
};
declare const docShell: { readonly browsingContext: BrowsingContext };
declare const content: Window;
declare function sendAsyncMessage(name: string, data: ConsoleEntry): void;

/** One of the other helpers, which always go together with these. */
declare function findTab(tabId: string): { readonly linkedBrowser: unknown };

/** In a browser window: begins to record, for all tabs. */
export function recordConsoles(): void {
  const window = globalThis as { framescopeConsole?: Recorded[] };
  if (window.framescopeConsole) return;
  const recorded: Recorded[] = [];
  window.framescopeConsole = recorded;
  Services.mm.addMessageListener('framescope:console', ({ target, data }) =>
    recorded.push({ target, entry: data }),
  );
  const script = encodeURIComponent(`{ const __name = (f) => f; (${consoleFrameScript})() }`);
  // In the processes of later pages too.
  Services.mm.loadFrameScript(`data:application/javascript;charset=utf-8,${script}`, true);
}

/** Runs in the process of each tab, once for each. */
export function consoleFrameScript(): void {
  const tell = (source: ConsoleEntry['source'], text: string, innerId: number, place: string) => {
    const { browsingContext } = WindowGlobalChild.getByInnerWindowId(innerId) ?? {};
    // Of a frame that is gone by now, the place must do.
    const isOfTab = browsingContext
      ? browsingContext.top === docShell.browsingContext
      : `${text} ${place}`.includes(content.location.host || 'nowhere');
    if (isOfTab) sendAsyncMessage('framescope:console', { source, text });
  };
  Services.console.registerListener({
    observe(message) {
      if (!(message instanceof Ci.nsIScriptError)) return;
      tell('browser', message.errorMessage, message.innerWindowID, message.sourceName);
    },
  });
  const storage = Cc['@mozilla.org/consoleAPI-storage;1']?.getService(Ci.nsIConsoleAPIStorage);
  const principal = Services.scriptSecurityManager.getSystemPrincipal();
  storage?.addLogEventListener(
    (call) => tell('script', call.arguments.map(String).join(' '), Number(call.innerID), ''),
    principal,
  );
}

/** In a browser window: what has been recorded of a tab, given its WebDriver BiDi context. */
export function consoleOf(tabId: string): ConsoleEntry[] {
  const { framescopeConsole = [] } = globalThis as { framescopeConsole?: Recorded[] };
  const { linkedBrowser } = findTab(tabId);
  return framescopeConsole.filter(({ target }) => target === linkedBrowser).map(({ entry }) => entry);
}

/** What goes with these functions beside the other helpers. */
export const CONSOLE_HELPERS: readonly Helper[] = [consoleFrameScript];
