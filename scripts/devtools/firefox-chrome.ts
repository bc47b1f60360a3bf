/**
 * Functions that run in the privileged scope of a Firefox window, where they are passed by source. They may use each
 * other, as all of them always go together ({@link CHROME_HELPERS}), and nothing else from this file.
 */
import type { Dock, Modifier } from './driver.ts';
import type { MouseStep } from './panel.ts';
import type { Helper } from './source.ts';

// The little of Firefox's own interfaces that is needed here.

interface Tab {
  readonly linkedBrowser: unknown;
  readonly ownerDocument: { readonly defaultView: BrowserWindow };
}

interface BrowserWindow {
  readonly gBrowser: { readonly tabs: Iterable<Tab>; selectedTab: Tab };
}

interface BrowsingContext {
  readonly embedderElement: Element | null;
  readonly currentWindowGlobal: {
    readonly osPid: number;
    drawSnapshot(rect: DOMRect | null, scale: number, background: string): Promise<ImageBitmap>;
  };
}

interface MessageManager {
  loadFrameScript(url: string, delayed: boolean): void;
  sendAsyncMessage(name: string, data: unknown): void;
  addMessageListener(name: string, listener: (message: { readonly data: Outcome }) => void): void;
}

/** The element that shows the panel's page, which lives in another process. */
interface PanelHost extends HTMLElement {
  readonly currentURI: { readonly spec: string };
  readonly browsingContext: BrowsingContext;
  readonly messageManager: MessageManager;
  readonly contentPrincipal: unknown;
  fixupAndLoadURIString(url: string, options: { readonly triggeringPrincipal: unknown }): void;
}

interface ToolboxWindow extends Window {
  readonly browsingContext: BrowsingContext;
}

interface Toolbox {
  readonly doc: Document;
  readonly topWindow: ToolboxWindow;
  getAdditionalTools(): readonly { readonly id: string }[];
  selectTool(id: string): Promise<unknown>;
  destroy(): Promise<void>;
}

interface EventUtils {
  synthesizeMouseAtPoint(x: number, y: number, event: object, window: Window, done: () => void): void;
  synthesizeWheelAtPoint(x: number, y: number, event: object, window: Window, done: () => void): void;
  synthesizeKey(key: string, event: object, window: Window): void;
}

/** SpiderMonkey's Debugger, as far as it evaluates. */
interface PanelDebugger {
  makeGlobalObjectReference(global: Window): {
    makeDebuggeeValue(value: unknown): unknown;
    executeInGlobalWithBindings(
      source: string,
      bindings: object,
    ): { throw?: { unsafeDereference(): unknown } } | null;
  };
}

interface Evaluation {
  readonly id: number;
  readonly source: string;
}

interface Outcome {
  readonly id: number;
  readonly outcome: string;
}

/** An open panel and what is known about it. */
interface OpenPanel {
  readonly toolbox: Toolbox;
  readonly host: PanelHost;
  readonly events: EventUtils;
  readonly pending: Map<number, (outcome: string) => void>;
  lastId: number;
  /** Where the mouse is, in the window of the toolbox. */
  mouse: { x: number; y: number };
}

declare const ChromeUtils: { importESModule(url: string): unknown };
declare const Services: {
  readonly wm: { getEnumerator(type: string): Iterable<BrowserWindow> };
  readonly focus: { readonly focusedElement: unknown };
  readonly prefs: { setStringPref(name: string, value: string): void };
  readonly scriptSecurityManager: { getSystemPrincipal(): unknown };
  readonly scriptloader: { loadSubScript(url: string, scope: object): void };
};
declare const WebExtensionPolicy: {
  getByID(id: string): { readonly extension: { readonly id: string } } | null;
};
declare const Ci: unknown;
declare const Cc: unknown;
declare const Cu: {
  Sandbox(principal: unknown, options: object): { readonly Debugger: new () => PanelDebugger };
  exportFunction(fn: (text: string) => void, target: Window): unknown;
};
// What frame scripts have; they are in scope there without being properties of the global.
declare const content: Window;
declare function addMessageListener(name: string, listener: (message: { data: Evaluation }) => void): void;
declare function sendAsyncMessage(name: string, data: Outcome): void;

/** What of the extension's host permissions the user has agreed to: all or nothing. */
export async function setHosts(geckoId: string, granted: boolean): Promise<void> {
  interface Permissions {
    add(id: string, permissions: object, extension: unknown): Promise<void>;
    remove(id: string, permissions: object, extension: unknown): Promise<void>;
  }
  const url = 'resource://gre/modules/ExtensionPermissions.sys.mjs';
  const { ExtensionPermissions } = ChromeUtils.importESModule(url) as { ExtensionPermissions: Permissions };
  const policy = WebExtensionPolicy.getByID(geckoId);
  if (!policy) throw new Error(`Firefox does not know the extension ${geckoId}`);
  const permissions = { origins: ['<all_urls>'], permissions: [], data_collection: [] };
  const change = granted ? 'add' : 'remove';
  await ExtensionPermissions[change](geckoId, permissions, policy.extension);
}

/** Allows the extension in private windows, as a user can; this restarts it. */
export async function allowInPrivateWindows(geckoId: string): Promise<void> {
  interface Permissions {
    add(id: string, permissions: object, extension: unknown): Promise<void>;
  }
  interface Addons {
    getAddonByID(id: string): Promise<{ reload(): Promise<void> }>;
  }
  const { ExtensionPermissions } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionPermissions.sys.mjs',
  ) as { ExtensionPermissions: Permissions };
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs') as {
    AddonManager: Addons;
  };
  const permissions = { permissions: ['internal:privateBrowsingAllowed'], origins: [] };
  await ExtensionPermissions.add(geckoId, permissions, WebExtensionPolicy.getByID(geckoId)?.extension);
  const addon = await AddonManager.getAddonByID(geckoId);
  await addon.reload();
}

/** Opens DevTools for a tab and shows the extension's panel. `tabId` is the tab's WebDriver BiDi context. */
export async function openToolbox(
  tabId: string,
  dock: Dock,
  panelPath: string,
  timeout: number,
): Promise<void> {
  interface DevTools {
    showToolboxForTab(tab: Tab, options: object): Promise<Toolbox>;
  }
  const url = 'resource://devtools/shared/loader/Loader.sys.mjs';
  const { require } = ChromeUtils.importESModule(url) as { require(id: string): { gDevTools: DevTools } };
  const { gDevTools } = require('devtools/client/framework/devtools');
  const tab = findTab(tabId);
  tab.ownerDocument.defaultView.gBrowser.selectedTab = tab;
  const toolbox = await gDevTools.showToolboxForTab(tab, { toolId: 'options', hostType: dock });
  const tool = await eventually(timeout, 'The extension has not created its panel in DevTools', () =>
    toolbox.getAdditionalTools().find(({ id }) => id.startsWith('webext-devtools-panel')),
  );
  await toolbox.selectTool(tool.id);
  const host = await eventually(timeout, `The panel does not show ${panelPath}`, () => {
    const frame = toolbox.doc.getElementById(`toolbox-panel-iframe-${tool.id}`) as HTMLIFrameElement | null;
    const browser = frame?.contentDocument?.querySelector('browser') as PanelHost | null | undefined;
    return browser?.currentURI.spec.endsWith(`/${panelPath}`) ? browser : undefined;
  });
  openPanels().set(tabId, preparePanel(toolbox, host));
}

export function preparePanel(toolbox: Toolbox, host: PanelHost): OpenPanel {
  const window = toolbox.topWindow;
  const events = { window, parent: window, _EU_Ci: Ci, _EU_Cc: Cc };
  Services.scriptloader.loadSubScript('chrome://remote/content/external/EventUtils.js', events);
  const pending = new Map<number, (outcome: string) => void>();
  host.messageManager.addMessageListener('framescope:outcome', ({ data }) => {
    pending.get(data.id)?.(data.outcome);
    pending.delete(data.id);
  });
  // Firefox's own context menu would swallow all keys until it is closed.
  const preventMenu = (event: Event) => {
    if ((event.target as Element).id === 'contentAreaContextMenu') event.preventDefault();
  };
  host.ownerDocument.addEventListener('popupshowing', preventMenu, true);
  // A frame script is the only way into the panel's process.
  const script = encodeURIComponent(`{ const __name = (f) => f; (${panelFrameScript})() }`);
  host.messageManager.loadFrameScript(`data:application/javascript;charset=utf-8,${script}`, false);
  return {
    toolbox,
    host,
    events: events as unknown as EventUtils,
    pending,
    lastId: 0,
    mouse: panelOffset(host),
  };
}

/** Runs in the process of the panel: evaluates there, in the global of the panel's document and past its CSP. */
export function panelFrameScript(): void {
  // A debugger must live in another compartment than what it evaluates in.
  const principal = Services.scriptSecurityManager.getSystemPrincipal();
  const sandbox = Cu.Sandbox(principal, { freshCompartment: true });
  const { addDebuggerToGlobal } = ChromeUtils.importESModule('resource://gre/modules/jsdebugger.sys.mjs') as {
    addDebuggerToGlobal(global: object): void;
  };
  addDebuggerToGlobal(sandbox);
  const inspector = new sandbox.Debugger();
  addMessageListener('framescope:evaluate', ({ data: { id, source } }) => {
    const reply = (outcome: string) => sendAsyncMessage('framescope:outcome', { id, outcome });
    const global = inspector.makeGlobalObjectReference(content);
    const bindings = { reply: global.makeDebuggeeValue(Cu.exportFunction(reply, content)) };
    const completion = global.executeInGlobalWithBindings(`(${source}).then(reply)`, bindings);
    const thrown = completion?.throw?.unsafeDereference();
    if (thrown) reply(JSON.stringify({ error: { message: String(thrown), stack: '' } }));
  });
}

/** Evaluates in the panel of a tab what gives a promise of text. */
export function evaluateInPanel(tabId: string, source: string): Promise<string> {
  const panel = openPanel(tabId);
  return new Promise((resolve) => {
    const id = ++panel.lastId;
    panel.pending.set(id, resolve);
    panel.host.messageManager.sendAsyncMessage('framescope:evaluate', { id, source });
  });
}

/** Steps of the mouse, at points of the panel's viewport. Each is over once the panel's process has handled it. */
export async function moveMouse(
  tabId: string,
  steps: readonly MouseStep[],
  held: readonly Modifier[],
): Promise<void> {
  const panel = openPanel(tabId);
  const offset = panelOffset(panel.host);
  const modifiers = modifierFlags(held);
  let pressed = 0;
  for (const step of steps) {
    panel.mouse = { x: offset.x + step.x, y: offset.y + step.y };
    if (step.kind === 'wheel') {
      await turnWheel(panel, step.deltaY, modifiers);
    } else if (step.kind === 'move') {
      await sendMouse(panel, { type: 'mousemove', buttons: pressed, ...modifiers });
    } else {
      const button = ['left', 'middle', 'right'].indexOf(step.button);
      pressed = step.kind === 'down' ? ([1, 4, 2][button] ?? 0) : 0;
      const event = { button, buttons: pressed, clickCount: step.count, ...modifiers };
      await sendMouse(panel, { type: `mouse${step.kind}`, ...event });
      // The window system asks for the context menu; synthesised events do not pass through it.
      if (step.kind === 'down' && button === 2) await sendMouse(panel, { type: 'contextmenu', ...event });
    }
  }
}

/** One mouse event at the position of the mouse, sent like real ones through the parent process. */
export function sendMouse({ events, mouse, toolbox }: OpenPanel, event: object): Promise<void> {
  return new Promise((resolve) => {
    events.synthesizeMouseAtPoint(
      mouse.x,
      mouse.y,
      { ...event, asyncEnabled: true },
      toolbox.topWindow,
      resolve,
    );
  });
}

export function turnWheel(
  { events, mouse, toolbox }: OpenPanel,
  deltaY: number,
  modifiers: object,
): Promise<void> {
  const event = { ...modifiers, deltaY, deltaMode: 0, asyncEnabled: true };
  return new Promise((resolve) => {
    events.synthesizeWheelAtPoint(mouse.x, mouse.y, event, toolbox.topWindow, resolve);
  });
}

/** Presses keys one after the other, each named as in `KeyboardEvent.key`. */
export async function pressKeys(
  tabId: string,
  keys: readonly string[],
  held: readonly Modifier[],
): Promise<void> {
  const panel = openPanel(tabId);
  await focusPanel(panel);
  const modifiers = modifierFlags(held);
  for (const key of keys) {
    const printable = [...key].length === 1;
    panel.events.synthesizeKey(printable ? key : `KEY_${key}`, modifiers, panel.toolbox.topWindow);
  }
  // Nothing tells when the panel's process has handled a key. Input is handled in order, so a mouse event that stays
  // where the mouse is tells it for all keys before.
  await sendMouse(panel, { type: 'mousemove' });
}

/** Keys go to whatever has the focus; make that the panel. */
export async function focusPanel({ host, toolbox }: OpenPanel): Promise<void> {
  if (Services.focus.focusedElement === host) return;
  toolbox.topWindow.focus();
  host.focus();
  await eventually(
    20_000,
    'The panel does not get the keyboard focus',
    () => Services.focus.focusedElement === host,
  );
}

/** A PNG of the panel or of its whole window, in base 64. */
export async function capturePanel(
  tabId: string,
  area: 'panel' | 'devtools',
  scale: number,
): Promise<string> {
  const { host, toolbox } = openPanel(tabId);
  const context = area === 'panel' ? host.browsingContext : toolbox.topWindow.browsingContext;
  const picture = await context.currentWindowGlobal.drawSnapshot(null, scale, 'white');
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  picture.close();
  const png = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  return (png as unknown as { toBase64(): string }).toBase64();
}

export function setToolboxTheme(theme: string): void {
  Services.prefs.setStringPref('devtools.theme', theme);
}

export function growToolbox(tabId: string, width: number, height: number): void {
  openPanel(tabId).toolbox.topWindow.resizeBy(width, height);
}

export function panelProcess(tabId: string): number {
  return openPanel(tabId).host.browsingContext.currentWindowGlobal.osPid;
}

export function navigatePanel(tabId: string, url: string): void {
  const { host } = openPanel(tabId);
  const triggeringPrincipal = host.contentPrincipal;
  host.fixupAndLoadURIString(url, { triggeringPrincipal });
}

export async function closeToolbox(tabId: string): Promise<void> {
  const { toolbox } = openPanel(tabId);
  openPanels().delete(tabId);
  await toolbox.destroy();
}

/** But for the one of the tab `kept`. Those of tabs that are closed already have gone with them. */
export async function closeToolboxes(kept: string | null): Promise<void> {
  for (const [tabId, { host, toolbox }] of openPanels()) {
    if (tabId === kept) continue;
    openPanels().delete(tabId);
    if (host.isConnected) await toolbox.destroy();
  }
}

export function openPanels(): Map<string, OpenPanel> {
  const scope = globalThis as unknown as { framescopePanels?: Map<string, OpenPanel> };
  scope.framescopePanels ??= new Map();
  return scope.framescopePanels;
}

export function openPanel(tabId: string): OpenPanel {
  const panel = openPanels().get(tabId);
  if (!panel?.host.isConnected) throw new Error('The panel is not open any more');
  return panel;
}

export function findTab(tabId: string): Tab {
  const url = 'chrome://remote/content/shared/NavigableManager.sys.mjs';
  const { NavigableManager } = ChromeUtils.importESModule(url) as {
    NavigableManager: { getIdForBrowser(browser: unknown): string };
  };
  const tabs = [...Services.wm.getEnumerator('navigator:browser')].flatMap((window) => [
    ...window.gBrowser.tabs,
  ]);
  const tab = tabs.find(({ linkedBrowser }) => NavigableManager.getIdForBrowser(linkedBrowser) === tabId);
  if (!tab) throw new Error('The tab is not open any more');
  return tab;
}

/** Where an element is in its top window, through all frames between, in CSS pixels. */
export function panelOffset(host: Element): { x: number; y: number } {
  let { x, y } = host.getBoundingClientRect();
  let frame = frameAround(host);
  while (frame) {
    const box = frame.getBoundingClientRect();
    x += box.x;
    y += box.y;
    frame = frameAround(frame);
  }
  return { x, y };
}

/** The element that shows the document of another; unlike `frameElement`, also where the two differ in kind. */
export function frameAround(element: Element): Element | null {
  const window = element.ownerDocument.defaultView as unknown as ToolboxWindow | null;
  return window?.browsingContext.embedderElement ?? null;
}

export function modifierFlags(held: readonly Modifier[]): Record<string, boolean> {
  const names = { Alt: 'altKey', Control: 'ctrlKey', Meta: 'metaKey', Shift: 'shiftKey' };
  return Object.fromEntries(held.map((modifier) => [names[modifier], true]));
}

/** Looks until something is there. */
export async function eventually<T>(
  timeout: number,
  complaint: string,
  look: () => T,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const seen = look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`${complaint} (waited ${timeout} ms)`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** All of the above that runs in the window, to be passed along with any call of one of them. */
export const CHROME_HELPERS: readonly Helper[] = [
  setHosts,
  allowInPrivateWindows,
  openToolbox,
  preparePanel,
  panelFrameScript,
  evaluateInPanel,
  moveMouse,
  sendMouse,
  turnWheel,
  pressKeys,
  focusPanel,
  capturePanel,
  setToolboxTheme,
  growToolbox,
  panelProcess,
  navigatePanel,
  closeToolbox,
  closeToolboxes,
  openPanels,
  openPanel,
  findTab,
  panelOffset,
  frameAround,
  modifierFlags,
  eventually,
];
