import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import puppeteer, {
  type Browser,
  type CDPSession,
  type Frame,
  type KeyInput,
  type Page,
} from 'puppeteer-core';
import { ensureChromium } from '../browsers/ensure.ts';
import type {
  ConsoleEntry,
  DevtoolsBrowser,
  Dock,
  InspectedPage,
  LaunchOptions,
  Modifier,
  Panel,
} from './driver.ts';
import { readExtension } from './extension.ts';
import { createProfile, guard, removeProfile } from './guard.ts';
import { createPanel, type MouseStep, type PanelPort, waitForIn } from './panel.ts';
import { until, WAIT_TIMEOUT, within } from './poll.ts';
import { DOCKED_HEIGHT, type Settings, settingsOf } from './settings.ts';
import { evaluateIn } from './source.ts';

/** Size of an inspected page's window, in CSS pixels. */
const WINDOW = { width: 1280, height: 900 };

/**
 * Starts Chromium, Chrome or Edge with the extension.
 * @throws {Error} when there is no such browser, or no extension where the options say
 */
export async function launchChromium(options: LaunchOptions): Promise<DevtoolsBrowser> {
  const settings = settingsOf(options);
  const { timeout } = settings;
  const executablePath = options.executable ?? (await ensureChromium());
  const extension = await readExtension(options.extension);
  const profile = createProfile();
  writePreferences(profile, settings.dock);
  const browser = await startChromium(executablePath, profile, options).catch((cause: unknown) => {
    removeProfile(profile);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${executablePath} does not start as a Chromium does: ${reason}`, { cause });
  });
  const child = browser.process();
  if (!child) throw new Error('Puppeteer gave no process for the browser it started');
  const guarded = guard(child, profile);
  const closed = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async () => {
    // A browser that does not answer any more is killed by the guard all the same.
    await within(5_000, 'close Chromium', browser.close()).catch(() => {});
    await within(timeout, 'end Chromium', guarded.end());
  };
  try {
    // Branded Chrome ignores --load-extension; this works in all, and an extension that cannot be loaded says why.
    const session = await browser.target().createCDPSession();
    const enableInIncognito = settings.privateWindows;
    let { directory } = extension;
    let loaded: string | undefined;
    const install = async (another?: string) => {
      if (another !== undefined) directory = (await readExtension(another)).directory;
      const { id } = await session.send('Extensions.loadUnpacked', { path: directory, enableInIncognito });
      loaded = id;
    };
    if (settings.installs === 'first') await install();
    const blank = new Set(await browser.pages());
    const opened: Opened = new Map();
    const open = (url: string) =>
      within(2 * timeout, `open ${url}`, openPage(browser, url, settings, opened));
    const closeOthers = (page: InspectedPage) =>
      within(timeout, 'close the other pages', closePages(browser, blank, opened, page));
    const clear = async () => {
      await within(timeout, 'close all pages', closePages(browser, blank, opened));
      if (loaded !== undefined)
        await within(timeout, 'remove the extension', removeExtension(session, blank, loaded));
      loaded = undefined;
    };
    const cpuTime = cpuTimeOf(browser);
    const version = await browser.version();
    return { name: 'chromium', version, profile, closed, open, install, closeOthers, clear, cpuTime, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A tab and, once they were opened, its DevTools. */
interface Tab {
  readonly page: Page;
  front?: Page;
}

type Opened = Map<InspectedPage, Tab>;

/** DevTools go first: those of a page that is gone would stay for a moment. */
async function closePages(
  browser: Browser,
  blank: ReadonlySet<Page>,
  opened: Opened,
  kept?: InspectedPage,
): Promise<void> {
  const keptPage = kept && opened.get(kept)?.page;
  const others = [...opened].filter(([inspected]) => inspected !== kept);
  await Promise.all(others.map(([, { front }]) => front?.isClosed() === false && front.close()));
  for (const [inspected] of others) opened.delete(inspected);
  const pages = await browser.pages();
  await Promise.all(pages.map((page) => blank.has(page) || page === keptPage || page.close()));
}

/** @param pages through one of which the browser can be asked to clear what an origin has stored */
async function removeExtension(browser: CDPSession, pages: ReadonlySet<Page>, id: string): Promise<void> {
  const [page] = pages;
  if (!page) throw new Error('There is no page left to clear the storage through');
  const client = await page.createCDPSession();
  const clear = () =>
    client.send('Storage.clearDataForOrigin', { origin: `chrome-extension://${id}`, storageTypes: 'all' });
  await clear();
  await browser.send('Extensions.uninstall', { id });
  // Chromium itself clears it once more without reporting when; this waits in the same queue.
  await clear();
  await client.detach();
}

function cpuTimeOf(browser: Browser): () => Promise<number> {
  let meter: CDPSession | undefined;
  return async () => {
    meter ??= await browser.target().createCDPSession();
    const { processInfo } = await meter.send('SystemInfo.getProcessInfo');
    return 1000 * processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
}

function startChromium(executablePath: string, profile: string, options: LaunchOptions): Promise<Browser> {
  const { headless, timeout, acceptInsecureCerts } = settingsOf(options);
  return puppeteer.launch({
    executablePath,
    headless,
    // Extensions can only be loaded through the pipe, and Chromium ends when its pipe does.
    pipe: true,
    enableExtensions: true,
    userDataDir: profile,
    defaultViewport: null,
    networkEnabled: options.recordNetwork ?? false,
    acceptInsecureCerts,
    ...(options.downloads ? { downloadBehavior: { policy: 'allow', downloadPath: options.downloads } } : {}),
    timeout,
    protocolTimeout: timeout,
    // Puppeteer would catch these and let this process live on; the guard ends the browser in any case.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: chromiumArguments(options),
  });
}

function chromiumArguments(options: LaunchOptions): string[] {
  // Chromium refuses to run as root with its sandbox.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const insecure = options.acceptInsecureCerts ? ['--ignore-certificate-errors'] : [];
  const gpu = options.headless === false ? [] : ['--disable-gpu'];
  const quiet = [
    '--disable-component-update',
    '--disable-domain-reliability',
    // Each window, of DevTools too, would load the page of the address bar's list beforehand, for as long as half a second.
    '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
    '--no-default-browser-check',
    '--no-pings',
  ];
  // Unchanged on a display, where people have chosen their own.
  const ratio = options.pixelRatio ? [`--force-device-scale-factor=${options.pixelRatio}`] : [];
  return [...root, ...insecure, ...ratio, ...gpu, ...quiet, ...(options.args ?? [])];
}

/** What a user would have set in DevTools; values are JSON within JSON. */
function writePreferences(profile: string, dock: Dock): void {
  const dockState = dock === 'window' ? 'undocked' : dock;
  const preferences = {
    currentDockState: JSON.stringify(dockState),
    'disable-locale-info-bar': 'true',
    'inspector-view.split-view-state': JSON.stringify({ horizontal: { size: DOCKED_HEIGHT } }),
  };
  const folder = path.join(profile, 'Default');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'Preferences'), JSON.stringify({ devtools: { preferences } }));
}

async function openPage(
  browser: Browser,
  url: string,
  settings: Settings,
  opened: Opened,
): Promise<InspectedPage> {
  const page = await newPage(browser, settings);
  const inspected = inspectedPage(page, settings, opened);
  await page.goto(url);
  return inspected;
}

/** @param opened takes it */
function inspectedPage(page: Page, settings: Settings, opened: Opened): InspectedPage {
  page.setDefaultTimeout(settings.timeout);
  page.on('dialog', (dialog) => void dialog.accept().catch(() => {}));
  const evaluateSource = (source: string) => {
    const evaluated = page.mainFrame().detached ? evaluateActivated(page, source) : page.evaluate(source);
    return within(settings.timeout, 'evaluate in the page', evaluated);
  };
  const tab: Tab = { page };
  let meter: CDPSession | undefined;
  let limiter: CDPSession | undefined;
  const inspected: InspectedPage = {
    evaluate: (fn, ...args) => evaluateIn(evaluateSource, fn, args),
    waitFor: (fn, ...args) => waitForIn(evaluateSource, fn, args),
    async navigate(to) {
      await page.goto(to);
    },
    async reload() {
      await page.reload();
    },
    async back() {
      await page.goBack();
    },
    async forward() {
      await page.goForward();
    },
    async popup(fn, ...args) {
      const next = new Promise<Page | null>((resolve) => page.once('popup', resolve));
      await evaluateIn(evaluateSource, fn, args);
      const popup = await within(settings.timeout, 'open a window from the page', next);
      if (!popup) throw new Error('The window was closed at once');
      return inspectedPage(popup, settings, opened);
    },
    recordConsole: () => recordConsole(page),
    async cpuTime() {
      meter ??= await page.createCDPSession();
      await meter.send('Performance.enable');
      const { metrics } = await meter.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN);
    },
    async limitStorage(origin, quotaSize) {
      limiter ??= await page.createCDPSession();
      await limiter.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
    },
    async openPanel() {
      const front = await within(settings.timeout, 'open DevTools', page.openDevTools());
      tab.front = front;
      return await within(2 * settings.timeout, 'open the panel', showPanel(front, settings));
    },
    async close() {
      // DevTools of a page that is gone would stay for a moment, with a panel that still answers.
      const { front } = tab;
      if (front && !front.isClosed()) await within(settings.timeout, 'close DevTools', front.close());
      await within(settings.timeout, 'close the page', page.close());
      opened.delete(inspected);
    },
  };
  opened.set(inspected, tab);
  return inspected;
}

/**
 * A prerendered page that becomes the page of its tab brings another frame. Puppeteer gives the frame of its page up for good where that
 * takes more than 100 ms, as on a busy machine (`#onClientDisconnect` in its frame manager).
 */
async function evaluateActivated(page: Page, source: string): Promise<unknown> {
  const client = await page.createCDPSession();
  const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
    expression: source,
    awaitPromise: true,
    returnByValue: true,
  });
  await client.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Of all worlds of the page and of its frames in the same process. */
async function recordConsole(page: Page): Promise<() => Promise<ConsoleEntry[]>> {
  const client = await page.createCDPSession();
  const entries: ConsoleEntry[] = [];
  client.on('Runtime.consoleAPICalled', ({ args }) => {
    const text = args.map(({ value, description }) => String(value ?? description)).join(' ');
    entries.push({ source: 'script', text });
  });
  client.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) => {
    // Below the first line is the stack.
    entries.push({ source: 'browser', text: exception?.description?.split('\n')[0] ?? text });
  });
  client.on('Log.entryAdded', ({ entry: { text } }) => entries.push({ source: 'browser', text }));
  await client.send('Runtime.enable');
  await client.send('Log.enable');
  return async () => entries;
}

/** With a display, the existing window is used first, so that there is no blank one. */
async function newPage(browser: Browser, settings: Settings): Promise<Page> {
  if (!settings.headless && !settings.privateWindows) {
    const blank = (await browser.pages()).find((page) => page.url() === 'about:blank');
    if (blank) return blank;
  }
  const context = settings.privateWindows
    ? await browser.createBrowserContext()
    : browser.defaultBrowserContext();
  return await context.newPage({ type: 'window', windowBounds: WINDOW });
}

async function showPanel(front: Page, settings: Settings): Promise<Panel> {
  front.setDefaultTimeout(settings.timeout);
  const errors = recordErrors(front);
  await until(
    () => evaluateIn<boolean>(inFront(front), showExtensionPanel, []).catch(notYetIfLeft),
    settings.timeout,
    async () => `The extension has not created its panel in DevTools. ${await stateOf(front, errors)}`,
  );
  const frame = await until(
    () => front.frames().find((candidate) => isPanelUrl(candidate.url(), settings.panelPath)),
    settings.timeout,
    async () => `The panel does not show ${settings.panelPath}. ${await stateOf(front, errors)}`,
  );
  await frame.waitForFunction(() => document.readyState === 'complete');
  return createPanel(panelPort(front, frame, settings));
}

/**
 * For a call into a page that may still load: that its document has given way to another one is no reason to give up.
 * @throws whatever else is wrong
 */
function notYetIfLeft(error: unknown): false {
  // Puppeteer has no class for it.
  if (error instanceof Error && error.message.startsWith('Execution context was destroyed')) return false;
  throw error;
}

/** What goes wrong in DevTools from now on; the extension's pages within them included. */
function recordErrors(front: Page): readonly string[] {
  const errors: string[] = [];
  front.on('pageerror', (error) => errors.push(String(error)));
  front.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}

/** For the complaint about a panel that does not come: which page DevTools inspect, what they hold, and what went wrong. */
async function stateOf(front: Page, errors: readonly string[]): Promise<string> {
  const state = await evaluateIn<FrontState>(inFront(front), describeFront, []).catch(String);
  const documents = front.frames().map((frame) => frame.url() || '(no address)');
  const targets = front
    .browser()
    .targets()
    .map((target) => `${target.type()} ${target.url()}`);
  return JSON.stringify({ state, documents, targets, errors: errors.slice(-10) }, undefined, 2);
}

/** What {@link describeFront} tells. */
interface FrontState {
  /** Of the page as DevTools know it; without one they start no extension. */
  readonly inspected: string;
  readonly readyState: string;
  /** Whether they show the row of their own panels. */
  readonly hasTabs: boolean;
}

/** Runs in the DevTools front end. */
async function describeFront(): Promise<FrontState> {
  interface Sdk {
    TargetManager: {
      TargetManager: { instance(): { primaryPageTarget(): { inspectedURL(): string } | null } };
    };
  }
  const module = './core/sdk/sdk.js';
  const { TargetManager } = ((await import(module)) as Sdk).TargetManager;
  return {
    inspected: TargetManager.instance().primaryPageTarget()?.inspectedURL() ?? '(no page)',
    readyState: document.readyState,
    hasTabs: document.querySelector('.tabbed-pane') !== null,
  };
}

/** Evaluates source in the DevTools front end. */
function inFront(front: Page): (source: string) => Promise<unknown> {
  return (source) => front.evaluate(source) as Promise<unknown>;
}

/** Runs in the DevTools front end: shows the first panel of an extension; whether there is one yet. */
async function showExtensionPanel(): Promise<boolean> {
  interface Legacy {
    ViewManager: { ViewManager: { instance(): { views: Map<string, unknown> } } };
    InspectorView: { InspectorView: { instance(): { showPanel(id: string): Promise<void> } } };
  }
  const module = './ui/legacy/legacy.js';
  // The front end's modules are there before its singletons; both end up in the next look.
  const legacy = (await import(module).catch(() => undefined)) as Legacy | undefined;
  if (!legacy || !document.querySelector('.tabbed-pane')) return false;
  const views = legacy.ViewManager.ViewManager.instance().views;
  const id = [...views.keys()].find((key) => key.startsWith('chrome-extension:'));
  if (id) await legacy.InspectorView.InspectorView.instance().showPanel(id);
  return id !== undefined;
}

function isPanelUrl(url: string, panelPath: string): boolean {
  return url.startsWith('chrome-extension:') && new URL(url).pathname === `/${panelPath}`;
}

function panelPort(front: Page, frame: Frame, settings: Settings): PanelPort {
  const { mouse, keyboard } = front;
  const holding = async (modifiers: readonly Modifier[], work: () => Promise<void>) => {
    for (const key of modifiers) await keyboard.down(key);
    await work();
    for (const key of modifiers.toReversed()) await keyboard.up(key);
  };
  return {
    timeout: settings.timeout,
    evaluateSource: (source) => frame.evaluate(source) as Promise<unknown>,
    async mouse(steps, modifiers) {
      const box = await panelBox(frame);
      await holding(modifiers, async () => {
        for (const step of steps) await moveMouse(mouse, step, box);
      });
    },
    async type(text) {
      await focusPanel(frame);
      await keyboard.type(text);
    },
    async press(key, modifiers) {
      await focusPanel(frame);
      await holding(modifiers, () => keyboard.press(key as KeyInput));
    },
    capture: (area) => capture(front, frame, area),
    setTheme: (theme) => setTheme(front, theme),
    async grow(width, height) {
      if (settings.dock !== 'window')
        throw new Error('Docked DevTools cannot be resized: launch with dock: "window"');
      const now = await front.evaluate(() => ({ width: innerWidth, height: innerHeight }));
      await front.setViewport({
        width: now.width + width,
        height: now.height + height,
        deviceScaleFactor: settings.pixelRatio,
      });
    },
    async emulateMedia(features) {
      const list = Object.entries(features).map(([name, value]) => ({ name, value }));
      await sessionOf(frame).send('Emulation.setEmulatedMedia', { features: list });
    },
    async navigate(url) {
      await frame.goto(url);
    },
    processId: () => extensionProcess(front.browser()),
    close: () => front.close(),
  };
}

/** All pages of an extension share a process. Chromium tells which processes it has; what for, only their command lines do. */
async function extensionProcess(browser: Browser): Promise<number> {
  const client = await browser.target().createCDPSession();
  const { processInfo } = await client.send('SystemInfo.getProcessInfo');
  await client.detach();
  const lines = await Promise.all(processInfo.map(async ({ id }) => ({ id, line: await commandLine(id) })));
  const [found, ...others] = lines.filter(({ line }) => line.includes('--extension-process'));
  if (!found || others.length > 0)
    throw new Error(
      `Chromium has not one process of extensions:\n${lines.map(({ line }) => line).join('\n')}`,
    );
  return found.id;
}

/** Empty for a process that has ended. */
async function commandLine(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout;
}

/** The frame's own session, which Puppeteer has but does not declare. */
function sessionOf(frame: Frame): CDPSession {
  return (frame as Frame & { readonly client: CDPSession }).client;
}

async function capture(front: Page, frame: Frame, area: 'panel' | 'devtools'): Promise<Uint8Array> {
  if (area === 'panel') return await front.screenshot({ clip: await panelBox(frame) });
  return await front.screenshot();
}

/** Where the panel is within the DevTools window, in CSS pixels. */
async function panelBox(frame: Frame) {
  const element = await frame.frameElement();
  const box = await element?.boundingBox();
  await element?.dispose();
  if (!box) throw new Error('The panel is not in DevTools any more, or another panel is shown');
  return { x: box.x, y: box.y, width: box.width, height: box.height };
}

async function moveMouse(
  mouse: Page['mouse'],
  step: MouseStep,
  panel: { x: number; y: number },
): Promise<void> {
  await mouse.move(panel.x + step.x, panel.y + step.y);
  if (step.kind === 'down') await mouse.down({ button: step.button, clickCount: step.count });
  if (step.kind === 'up') await mouse.up({ button: step.button, clickCount: step.count });
  if (step.kind === 'wheel') await mouse.wheel({ deltaY: step.deltaY });
}

/** Keys go to whatever has the focus in DevTools; make that the panel. */
async function focusPanel(frame: Frame): Promise<void> {
  if (await frame.evaluate(() => document.hasFocus())) return;
  const element = await frame.frameElement();
  await element?.focus();
  await element?.dispose();
}

async function setTheme(front: Page, theme: 'light' | 'dark'): Promise<void> {
  const wanted = theme === 'dark' ? 'dark' : 'default';
  await evaluateIn(inFront(front), setThemeSetting, [wanted]);
  await until(
    () =>
      front.evaluate(
        (dark) => document.documentElement.classList.contains('theme-with-dark-background') === dark,
        theme === 'dark',
      ),
    WAIT_TIMEOUT,
    () => `DevTools do not change to the ${theme} theme`,
  );
}

/** Runs in the DevTools front end. */
async function setThemeSetting(value: string): Promise<void> {
  interface Common {
    Settings: { Settings: { instance(): { moduleSetting(name: string): { set(value: string): void } } } };
  }
  const module = './core/common/common.js';
  const common = (await import(module)) as Common;
  common.Settings.Settings.instance().moduleSetting('ui-theme').set(value);
}
