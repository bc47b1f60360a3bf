import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureFirefox } from '../browsers/ensure.ts';
import { BidiConnection, BidiError } from './bidi.ts';
import type { DevtoolsBrowser, InspectedPage, LaunchOptions, Panel } from './driver.ts';
import { readExtension } from './extension.ts';
import {
  allowInPrivateWindows,
  CHROME_HELPERS,
  capturePanel,
  closeToolbox,
  closeToolboxes,
  evaluateInPanel,
  growToolbox,
  moveMouse,
  navigatePanel,
  openToolbox,
  panelProcess,
  pressKeys,
  setHosts,
  setToolboxTheme,
} from './firefox-chrome.ts';
import { CONSOLE_HELPERS, consoleOf, recordConsoles } from './firefox-console.ts';
import { createProfile, guard, removeProfile } from './guard.ts';
import { createPanel, type PanelPort, waitForIn } from './panel.ts';
import { until, WAIT_TIMEOUT, within } from './poll.ts';
import { DOCKED_HEIGHT, type Settings, settingsOf } from './settings.ts';
import { callSource, evaluateIn, readOutcome } from './source.ts';

type Preferences = Readonly<Record<string, boolean | number | string>>;

/** On top of what Firefox itself sets as soon as it is driven: no first-run pages and no calls home. */
const PREFERENCES: Preferences = {
  'app.normandy.enabled': false,
  'browser.aboutConfig.showWarning': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage': 'about:blank',
  'browser.startup.page': 0,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'devtools.toolbox.footer.height': DOCKED_HEIGHT,
  // Each Escape in a panel would open or close it, whatever the panel does with the key, and it takes the focus when it is there.
  'devtools.toolbox.splitconsole.enabled': false,
  'devtools.toolbox.splitconsole.open': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  // It looks at what hosts have done every ten seconds, and says on the console of whichever page is there what it takes them for.
  'privacy.bounceTrackingProtection.mode': 0,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/** One running Firefox, as the functions below need it. */
interface Session {
  readonly bidi: BidiConnection;
  /** Context of a browser window in privileged scope, which the privileged functions run in. */
  readonly chrome: string;
  readonly settings: Settings;
  /** Contexts of pages. */
  readonly tabs: WeakMap<InspectedPage, string>;
}

/**
 * Starts Firefox with the extension, driven only over WebDriver BiDi.
 * @throws {Error} when there is no Firefox, or no extension where the options say
 */
export async function launchFirefox(options: LaunchOptions): Promise<DevtoolsBrowser> {
  const settings = settingsOf(options);
  const { timeout } = settings;
  const executable = options.executable ?? (await ensureFirefox());
  let { directory, geckoId } = await readFirefoxExtension(options.extension);
  const profile = createProfile();
  writePreferences(profile, {
    ...PREFERENCES,
    ...ofPrivateWindows(settings),
    ...downloading(options),
    ...options.preferences,
  });
  const child = await startFirefox(executable, profile, settings).catch((error: unknown) => {
    removeProfile(profile);
    throw error;
  });
  const guarded = guard(child, profile);
  const closed = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = () => within(timeout, 'end Firefox', guarded.end());
  try {
    // Twice the time, so that the more telling complaint of a step within comes first.
    const bidi = await BidiConnection.connect(`${await listening(child, timeout)}/session`, 2 * timeout);
    const version = await newSession(bidi, settings.acceptInsecureCerts);
    const session: Session = { bidi, chrome: await browserWindow(bidi), settings, tabs: new WeakMap() };
    const blank = new Set((await contextsOf(bidi)).map(({ context }) => context));
    const install = async (another?: string) => {
      if (another !== undefined) ({ directory, geckoId } = await readFirefoxExtension(another));
      await bidi.send('webExtension.install', { extensionData: { type: 'path', path: directory } });
      await inChrome(session, setHosts, geckoId, options.grantHosts ?? true);
      if (settings.privateWindows) await inChrome(session, allowInPrivateWindows, geckoId);
    };
    if (settings.installs === 'first') await install();
    const open = (url: string) => within(2 * timeout, `open ${url}`, openPage(session, url));
    const closePages = async (kept?: string) => {
      await within(timeout, 'close DevTools', inChrome(session, closeToolboxes, kept ?? null));
      const pages = (await contextsOf(bidi)).filter(({ context }) => !blank.has(context) && context !== kept);
      for (const { context } of pages) await bidi.send('browsingContext.close', { context });
    };
    const clear = async () => {
      await closePages();
      // Each installation has an origin of its own, so that nothing stored is found again.
      await bidi.send('webExtension.uninstall', { extension: geckoId });
    };
    return {
      name: 'firefox',
      version,
      profile,
      closed,
      open,
      install,
      closeOthers: (page) => closePages(session.tabs.get(page)),
      clear,
      evaluatePrivileged: (fn, ...args) => inChrome(session, fn, ...args),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readFirefoxExtension(folder: string): Promise<{ directory: string; geckoId: string }> {
  const { directory, geckoId } = await readExtension(folder);
  if (!geckoId) throw new Error(`The manifest in ${directory} has no browser_specific_settings.gecko.id`);
  return { directory, geckoId };
}

/** All windows are private, the first one too. */
function ofPrivateWindows({ privateWindows }: Settings): Preferences {
  return privateWindows ? { 'browser.privatebrowsing.autostart': true } : {};
}

function downloading({ downloads }: LaunchOptions): Preferences {
  if (!downloads) return {};
  return {
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false,
  };
}

function writePreferences(profile: string, preferences: Preferences): void {
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(path.join(profile, 'user.js'), `${lines.join('\n')}\n`);
}

async function startFirefox(
  executable: string,
  profile: string,
  { headless, args }: Settings,
): Promise<ChildProcess> {
  const own = [
    '--no-remote',
    '--profile',
    profile,
    '--remote-debugging-port=0',
    '--remote-allow-system-access',
  ];
  // On Windows the first process is a launcher, which would otherwise end at once.
  if (process.platform === 'win32') own.push('--wait-for-browser');
  if (headless) own.push('--headless');
  const child = spawn(executable, [...own, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
  });
  await once(child, 'spawn');
  return child;
}

/** The address Firefox listens on, once it says so. */
async function listening(child: ChildProcess, timeout: number): Promise<string> {
  let said = '';
  const address = new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-10_000);
      const match = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (match?.[1]) resolve(match[1]);
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`Firefox ended at once (${signal ?? code}):\n${said}`)),
    );
  });
  // The data listener stays, so that a chatty Firefox never blocks on a full pipe.
  return await within(timeout, 'start Firefox', address);
}

async function newSession(bidi: BidiConnection, acceptInsecureCerts: boolean): Promise<string> {
  const { capabilities } = await bidi.send<{ capabilities: { browserName: string; browserVersion: string } }>(
    'session.new',
    {
      capabilities: { alwaysMatch: { acceptInsecureCerts, unhandledPromptBehavior: { default: 'accept' } } },
    },
  );
  return `${capabilities.browserName}/${capabilities.browserVersion}`;
}

interface Context {
  readonly context: string;
  readonly url: string;
}

async function browserWindow(bidi: BidiConnection): Promise<string> {
  const { contexts } = await bidi.send<{ contexts: Context[] }>('browsingContext.getTree', {
    'moz:scope': 'chrome',
  });
  const found = contexts.find(({ url }) => url.endsWith('/browser.xhtml'));
  if (!found) throw new Error('Firefox has no browser window');
  return found.context;
}

/** Evaluates source that gives a promise of text, in a page or in a privileged window. */
async function evaluateSource(bidi: BidiConnection, context: string, source: string): Promise<unknown> {
  interface Evaluated {
    readonly type: 'success' | 'exception';
    readonly result?: { readonly value?: unknown };
    readonly exceptionDetails?: { readonly text: string };
  }
  const target = { context };
  const params = { expression: source, target, awaitPromise: true, userActivation: true };
  const { type, result, exceptionDetails } = await bidi.send<Evaluated>('script.evaluate', params);
  if (type === 'exception') throw new BidiError(exceptionDetails?.text ?? 'Evaluation failed');
  return result?.value;
}

/** Calls one of the privileged functions. */
async function inChrome<T, A extends readonly unknown[]>(
  { bidi, chrome }: Session,
  fn: (...args: A) => T | Promise<T>,
  ...args: A
): Promise<T> {
  return readOutcome<T>(
    await evaluateSource(bidi, chrome, callSource(fn, args, [...CHROME_HELPERS, ...CONSOLE_HELPERS])),
  );
}

async function openPage(session: Session, url: string): Promise<InspectedPage> {
  const page = inspectedPage(session, await newTab(session));
  await page.navigate(url);
  return page;
}

function inspectedPage(session: Session, context: string): InspectedPage {
  const { bidi } = session;
  const evaluate = (source: string) => evaluateSource(bidi, context, source);
  const navigate = async (to: string) => {
    await bidi.send('browsingContext.navigate', { context, url: to, wait: 'complete' });
  };
  const traverse = async (delta: number) => {
    const before = await evaluateIn<string>(evaluate, documentIdentity, []);
    await bidi.send('browsingContext.traverseHistory', { context, delta });
    await until(
      // There is a moment without a document between the two.
      async () =>
        ![before, ''].includes(await evaluateIn<string>(evaluate, documentIdentity, []).catch(() => '')),
      session.settings.timeout,
      () => 'The page does not go through its history',
    );
  };
  const inspected: InspectedPage = {
    evaluate: (fn, ...args) => evaluateIn(evaluate, fn, args),
    waitFor: (fn, ...args) => waitForIn(evaluate, fn, args),
    navigate,
    async reload() {
      await bidi.send('browsingContext.reload', { context, wait: 'complete' });
    },
    back: () => traverse(-1),
    forward: () => traverse(1),
    async popup(fn, ...args) {
      const before = new Set((await contextsOf(bidi)).map((known) => known.context));
      await evaluateIn(evaluate, fn, args);
      const opened = await until(
        async () => (await contextsOf(bidi)).find((candidate) => !before.has(candidate.context)),
        session.settings.timeout,
        () => 'The page has not opened a window',
      );
      return inspectedPage(session, opened.context);
    },
    async recordConsole() {
      await inChrome(session, recordConsoles);
      return () => inChrome(session, consoleOf, context);
    },
    openPanel: () => within(2 * session.settings.timeout, 'open the panel', openPanel(session, context)),
    async close() {
      await bidi.send('browsingContext.close', { context });
    },
  };
  session.tabs.set(inspected, context);
  return inspected;
}

/** All tabs. */
async function contextsOf(bidi: BidiConnection): Promise<readonly Context[]> {
  return (await bidi.send<{ contexts: Context[] }>('browsingContext.getTree', { maxDepth: 0 })).contexts;
}

/** With a display, the existing tab is used first, so that there is no blank one. */
async function newTab({ bidi, settings: { headless } }: Session): Promise<string> {
  if (!headless) {
    const blank = (await contextsOf(bidi)).find(({ url }) => url === 'about:blank');
    if (blank) return blank.context;
  }
  return (await bidi.send<Context>('browsingContext.create', { type: 'window' })).context;
}

/** Runs in the page: differs between two entries of the session history; empty while one is loading. */
function documentIdentity(): string {
  return document.readyState === 'complete' ? `${performance.timeOrigin} ${location.href}` : '';
}

async function openPanel(session: Session, tab: string): Promise<Panel> {
  await inChrome(
    session,
    openToolbox,
    tab,
    session.settings.dock,
    session.settings.panelPath,
    session.settings.timeout,
  );
  const panel = createPanel(panelPort(session, tab));
  await panel.waitFor(() => document.readyState === 'complete');
  return panel;
}

function panelPort(session: Session, tab: string): PanelPort {
  return {
    timeout: session.settings.timeout,
    evaluateSource: (source) => inChrome(session, evaluateInPanel, tab, source),
    mouse: (steps, modifiers) => inChrome(session, moveMouse, tab, steps, modifiers),
    type: (text) => inChrome(session, pressKeys, tab, [...text.replace(/\r\n?/g, '\n')].map(keyOf), []),
    press: (key, modifiers) => inChrome(session, pressKeys, tab, [key], modifiers),
    capture: async (area) =>
      Buffer.from(await inChrome(session, capturePanel, tab, area, session.settings.pixelRatio), 'base64'),
    emulateMedia: async () => {
      throw new Error('Firefox emulates no media features for panels');
    },
    async setTheme(theme) {
      await inChrome(session, setToolboxTheme, theme);
      await until(
        async () =>
          readOutcome<string>(await inChrome(session, evaluateInPanel, tab, callSource(themeName, []))) ===
          theme,
        WAIT_TIMEOUT,
        () => `DevTools do not change to the ${theme} theme`,
      );
    },
    async grow(width, height) {
      if (session.settings.dock !== 'window')
        throw new Error('Docked DevTools cannot be resized: launch with dock: "window"');
      await inChrome(session, growToolbox, tab, width, height);
    },
    async navigate(url) {
      await inChrome(session, navigatePanel, tab, url);
      await until(
        async () =>
          readOutcome<string>(await inChrome(session, evaluateInPanel, tab, callSource(loadedPage, []))) ===
          url,
        WAIT_TIMEOUT,
        () => `${url} is not loaded in the panel's place`,
      );
    },
    processId: () => inChrome(session, panelProcess, tab),
    close: () => inChrome(session, closeToolbox, tab),
  };
}

function keyOf(character: string): string {
  if (character === '\n') return 'Enter';
  return character === '\t' ? 'Tab' : character;
}

/** Runs in the panel: its address once it is loaded. */
function loadedPage(): string {
  return document.readyState === 'complete' ? location.href : '';
}

/** Runs in the panel. */
function themeName(): string {
  const { browser } = globalThis as unknown as { browser: { devtools: { panels: { themeName: string } } } };
  return browser.devtools.panels.themeName;
}
