import browser, { type Runtime } from 'webextension-polyfill';
import {
  asRuntimeMessage,
  frameAddress,
  type PermissionPageRequest,
  type PermissionQuestion,
  PORT_NAME,
  type RollCall,
} from '../../../protocol/runtime.ts';
import { decode } from '../../../protocol/wire.ts';
import { workerAddress, workerPortName } from '../../../protocol/workers.ts';
import type { Bridge, BridgePort, DocumentIdentity, OpenSource } from './bridge.ts';
import { devtoolsOfAll } from './devtools-of-all.ts';
import { panelLine } from './panel-line.ts';
import { type SiteTab, siteWorkerSwitch } from './site-worker-switch.ts';
import { watchUse } from './use.ts';

/** The build says whether the panel is for Firefox: none has what only the other browsers need. */
declare const FOR_FIREFOX: boolean;

/** The bridge of a real DevTools panel. */
export function browserBridge(): Bridge {
  const { devtools, runtime } = browser;
  const { tabId } = devtools.inspectedWindow;
  return {
    ...(FOR_FIREFOX ? throughBackground(tabId) : directly(tabId)),
    theme: themeOf(devtools.panels.themeName),
    onThemeChanged: (listener) => onThemeChanged((name) => listener(themeOf(name))),
    onDocument: (listener) => onDocument(tabId, listener),
    onLastWords: (listener) => onLastWords(tabId, listener),
    onNavigated: (listener) => devtools.network.onNavigated.addListener(listener),
    reloadPage: () => void devtools.inspectedWindow.reload(),
    onScript: scriptTeller(),
    whenVisible: (callback) => void requestAnimationFrame(callback),
    usedAt: watchUse(),
    openSource: sourceOpener(),
    text: (key, substitutions) => browser.i18n.getMessage(key, substitutions as string[]),
    locale: localeOfTexts(),
    origin: runtime.getURL(''),
  };
}

function onDocument(tabId: number, listener: (identity: DocumentIdentity) => void): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    const identity = announced(message, sender, tabId);
    if (identity) listener(identity);
    return undefined;
  });
}

function onLastWords(tabId: number, listener: (identity: DocumentIdentity, message: unknown) => void): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    const words = asRuntimeMessage(message);
    if (words?.type === 'framescope-last-words' && sender.tab?.id === tabId) {
      const { frameId = 0, url = '' } = sender;
      listener({ document: words.document, frameId, url }, decode(words.message));
    }
    // As with announcements, the background alone has no tab.
    if (words?.type === 'framescope-last-words-passed-on' && !sender.tab && words.of.tabId === tabId) {
      listener(words.of, decode(words.message));
    }
    return undefined;
  });
}

/** No event and no permission tells. DevTools refuse to evaluate anything there, in words that are the same in all languages. */
function isRefusal(problem: unknown): boolean {
  return /Permission denied|not allowed on/.test(JSON.stringify(problem ?? ''));
}

/** The page of a tab: what is in the top frame, whether or not content scripts may run in it. */
function siteTab(tabId: number): SiteTab {
  const { inspectedWindow, network } = browser.devtools;
  return {
    onPage: (listener) => {
      onDocument(tabId, ({ frameId, isWorker, url }) => frameId === 0 && !isWorker && listener(url));
      network.onNavigated.addListener(listener);
    },
    reload: () => void inspectedWindow.reload(),
  };
}

/** The language of the texts, with the country where the browser has the same one: French browsers show English. */
function localeOfTexts(): string {
  const language = browser.i18n.getMessage('languageOfTexts');
  const ofBrowser = browser.i18n.getUILanguage();
  return ofBrowser.startsWith(language) ? ofBrowser : language;
}

/** Who has announced itself, if it belongs to this tab. */
function announced(
  message: unknown,
  sender: Runtime.MessageSender,
  tabId: number,
): DocumentIdentity | undefined {
  const announcement = asRuntimeMessage(message);
  switch (announcement?.type) {
    case 'framescope-document':
      if (sender.tab?.id !== tabId || isLeaving(sender)) return undefined;
      return {
        document: announcement.document,
        frameId: sender.frameId ?? 0,
        url: announcement.worker ?? sender.url ?? '',
        isWorker: announcement.worker !== undefined,
        shownAt: announcement.shownAt,
        since: announcement.since,
      };
    case 'framescope-document-passed-on':
      // A content script could say this too, but only the background has no tab.
      return announcement.tabId === tabId && !sender.tab ? announcement : undefined;
    default:
      return undefined;
  }
}

/**
 * A page on its way out may still answer a roll call. Chrome says so, and gives its frames numbers by which nobody reaches
 * them. https://developer.chrome.com/docs/extensions/reference/api/extensionTypes#type-DocumentLifecycle
 */
function isLeaving({ documentLifecycle }: Runtime.MessageSender & { documentLifecycle?: string }): boolean {
  return documentLifecycle === 'cached' || documentLifecycle === 'pending_deletion';
}

/** Firefox has an event, Chrome a handler that the polyfill does not know. */
function onThemeChanged(listener: (name: string) => void): void {
  const { panels } = devtoolsOfAll();
  if (panels.onThemeChanged) panels.onThemeChanged.addListener(listener);
  else panels.setThemeChangeHandler?.(listener);
}

/** Chrome alone; it counts lines and columns from 0, and the polyfill does not know it. */
function sourceOpener(): OpenSource | undefined {
  const { panels } = devtoolsOfAll();
  if (!panels.openResource) return undefined;
  return (url, line, column) => panels.openResource?.(url, line - 1, column - 1, () => undefined);
}

/** Chrome alone. Its name for what an evaluation left behind is of no interest. */
function scriptTeller(): Bridge['onScript'] {
  const { onResourceAdded } = devtoolsOfAll().inspectedWindow;
  if (!onResourceAdded) return undefined;
  return (listener) =>
    onResourceAdded.addListener(
      ({ url, type }) => type === 'script' && !url.startsWith('debugger:') && listener(),
    );
}

/** The polyfill makes no promise of it in Chrome, which calls back. */
function readNetworkLog(): Promise<unknown> {
  return new Promise((resolve) => {
    const promised = devtoolsOfAll().network.getHAR(resolve);
    promised?.then(resolve, () => resolve(undefined));
  });
}

type Reach = Pick<
  Bridge,
  | 'callRoll'
  | 'captureOlderPage'
  | 'connect'
  | 'isForbidden'
  | 'isPrivate'
  | 'mayReadPages'
  | 'onHandshake'
  | 'onLoaded'
  | 'openPermissionPage'
  | 'readNetworkLog'
  | 'workers'
>;

/** Chrome and Edge: the panel reaches content scripts itself. What they may read is granted with the installation. */
function directly(tabId: number): Reach {
  const { tabs } = browser;
  const { eval: evaluate } = devtoolsOfAll().inspectedWindow;
  const rollCall: RollCall = { type: 'framescope-roll-call', tabId };
  return {
    callRoll: () => ignoreAbsence(tabs.sendMessage(tabId, rollCall)),
    connect: ({ frameId, document, isWorker }) => {
      const name = isWorker ? workerPortName(document) : PORT_NAME;
      return wrap(tabs.connect(tabId, { frameId, name }));
    },
    isPrivate: () =>
      tabs.get(tabId).then(
        ({ incognito }) => incognito,
        () => true,
      ),
    mayReadPages: async () => true,
    openPermissionPage: () => undefined,
    onHandshake: undefined,
    readNetworkLog,
    onLoaded: (listener) =>
      tabs.onUpdated.addListener((id, { status }) => id === tabId && status === 'complete' && listener()),
    isForbidden: () => new Promise((resolve) => evaluate('0', (_, problem) => resolve(isRefusal(problem)))),
    captureOlderPage: async () => (await import('./older-page.ts')).captureOlderPage(tabId),
    workers: siteWorkerSwitch(siteTab(tabId)),
  };
}

/** Firefox gives its panels no `tabs`: the background stands in between. */
function throughBackground(tabId: number): Reach {
  const { runtime } = browser;
  const { eval: evaluate } = devtoolsOfAll().inspectedWindow;
  const rollCall: RollCall = { type: 'framescope-roll-call', tabId };
  const question: PermissionQuestion = { type: 'framescope-may-read-pages' };
  const request: PermissionPageRequest = { type: 'framescope-open-permission-page' };
  return {
    callRoll: () => ignoreAbsence(runtime.sendMessage(rollCall)),
    connect: ({ frameId, document, isWorker }) => {
      const name = isWorker ? workerAddress(tabId, frameId, document) : frameAddress(tabId, frameId);
      return wrap(runtime.connect({ name }));
    },
    // A panel is part of the window that it stands in.
    isPrivate: async () => browser.extension.inIncognitoContext !== false,
    mayReadPages: () =>
      runtime.sendMessage(question).then(
        (answer) => answer !== false,
        () => true, // the background did not answer; that is no reason to doubt the permission
      ),
    openPermissionPage: () => void ignoreAbsence(runtime.sendMessage(request)),
    readNetworkLog: undefined,
    ...panelLine(tabId),
    isForbidden: () =>
      evaluate('0').then(
        ([, problem]) => isRefusal(problem),
        () => false,
      ),
  };
}

/** "Receiving end does not exist" is the normal answer of a tab in which no content script runs. */
async function ignoreAbsence(sent: Promise<unknown>): Promise<void> {
  await sent.catch(() => undefined);
}

function wrap(port: Runtime.Port): BridgePort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.onMessage.addListener(listener),
    onDisconnect: (listener) => {
      port.onDisconnect.addListener(() => {
        void browser.runtime.lastError; // Chrome writes it to the console unless it is looked at
        listener();
      });
    },
    close: () => port.disconnect(),
  };
}

function themeOf(name: string): 'light' | 'dark' {
  return name === 'dark' ? 'dark' : 'light';
}
