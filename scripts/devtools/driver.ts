import type { BrowserName } from '../browsers/find.ts';

export type { BrowserName };

/** How a browser is started. */
export interface LaunchOptions {
  /** Folder of the unpacked, built extension. */
  readonly extension: string;
  /** When it is loaded: before anything else (the default), or when {@link DevtoolsBrowser.install} is called. */
  readonly installs?: 'first' | 'later';
  /** Path of the browser; by default it is found, or installed if possible. */
  readonly executable?: string;
  /** Without a window; on by default. */
  readonly headless?: boolean;
  /** More command line arguments for the browser. */
  readonly args?: readonly string[];
  /** Accept any certificate, also for `wss:`; off by default. */
  readonly acceptInsecureCerts?: boolean;
  /**
   * Where DevTools open. In a window of their own (`window`, the default) every panel stays visible and can be resized,
   * whatever tab is in front; docked ones (`right`, `bottom`) share the window with the page.
   */
  readonly dock?: Dock;
  /** Image pixels for one CSS pixel in screenshots; 1 by default. */
  readonly pixelRatio?: number;
  /** Where the panel's page is within the extension; `src/panel/panel.html` by default. */
  readonly panelPath?: string;
  /** Most milliseconds any one step may take; 30,000 by default. */
  readonly timeout?: number;
  /** Folder that downloads go to without a question; left out, where they go is the browser's choice. */
  readonly downloads?: string;
  /**
   * Chromium only: let the driver record network events too; off by default, because that costs time for each message
   * of the page's sockets. DevTools themselves record them in any case.
   */
  readonly recordNetwork?: boolean;
  /** Pages are opened in private windows, in which the extension is allowed; off by default. */
  readonly privateWindows?: boolean;
  /**
   * Firefox only: grant `<all_urls>` as if the user had. On by default; when off the permission is taken away, also
   * when the installation gave it.
   */
  readonly grantHosts?: boolean;
  /** Firefox only: preferences on top of the driver's own. */
  readonly preferences?: Readonly<Record<string, boolean | number | string>>;
}

export type Dock = 'window' | 'right' | 'bottom';

/** A running browser with the extension loaded, in a profile of its own that is removed at the end. */
export interface DevtoolsBrowser {
  readonly name: BrowserName;
  /** What the browser calls itself: "Chrome/156.0.7444.59", "firefox/153.0". */
  readonly version: string;
  /** Folder of its profile. */
  readonly profile: string;
  /** Resolves once the browser has ended, for whatever reason. */
  readonly closed: Promise<void>;
  /** Loads a page in a new window, so that it is visible whatever else is open; DevTools are not open yet. */
  open(url: string): Promise<InspectedPage>;
  /**
   * Firefox only: runs in the privileged scope of a browser window; see {@link InspectedPage} for what functions may do.
   */
  evaluatePrivileged?<T, A extends readonly unknown[]>(
    fn: (...args: A) => T | Promise<T>,
    ...args: A
  ): Promise<T>;
  /**
   * Loads the extension, or loads it anew as with an update. Pages that are there stay as they are.
   * @param directory of another extension to load in its place, from now on
   */
  install(directory?: string): Promise<void>;
  /** Closes all other pages, with their DevTools. */
  closeOthers(page: InspectedPage): Promise<void>;
  /**
   * Closes all pages with their DevTools and removes the extension with everything that it has stored, so that the browser
   * can serve as a new one that was launched with `installs: 'later'`. The theme of DevTools stays as it was set.
   */
  clear(): Promise<void>;
  /** Chromium only: ms of CPU time that all processes of the browser have taken since they began, in steps of 10 each. */
  cpuTime?(): Promise<number>;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}

/**
 * A tab, with or without DevTools. Its dialogs (alert, confirm, leaving the page) are accepted. Functions to evaluate are passed by source: what they use beside their arguments must
 * exist in the page. Arguments and results survive JSON. What they throw is thrown here, with the stack from there.
 */
export interface InspectedPage {
  /** Runs in the page's main world. */
  evaluate<T, A extends readonly unknown[]>(fn: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  /** {@link Panel.waitFor}, in the page. */
  waitFor<T, A extends readonly unknown[]>(
    fn: (...args: A) => T | Promise<T>,
    ...args: A
  ): Promise<Truthy<T>>;
  navigate(url: string): Promise<void>;
  reload(): Promise<void>;
  /** One step back in the session history. */
  back(): Promise<void>;
  /** One step forward in the session history. */
  forward(): Promise<void>;
  /** Runs in the page and gives the page that it opens there in a window or tab of its own. */
  popup<A extends readonly unknown[]>(fn: (...args: A) => void, ...args: A): Promise<InspectedPage>;
  /**
   * Begins to record what turns up on the page's console.
   * @returns all that has turned up since then
   */
  recordConsole(): Promise<() => Promise<readonly ConsoleEntry[]>>;
  /** Chromium only: ms of CPU time that the page's main thread has taken since its process began. */
  cpuTime?(): Promise<number>;
  /** Chromium only: an origin may have no more than so many bytes of storage, for as long as the page is open. */
  limitStorage?(origin: string, bytes: number): Promise<void>;
  /** Opens DevTools for this tab and shows the panel. */
  openPanel(): Promise<Panel>;
  close(): Promise<void>;
}

/** One line of a console. */
export interface ConsoleEntry {
  /** `script`: a call of `console`, in any world; `browser`: uncaught errors and what the browser itself has to say. */
  readonly source: 'script' | 'browser';
  readonly text: string;
}

export type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;

/** An accessible name: exactly this text, or any that contains it. */
export type Name = string | { readonly contains: string };

export type Modifier = 'Alt' | 'Control' | 'Meta' | 'Shift';

export interface ClickOptions {
  readonly button?: 'left' | 'middle' | 'right';
  /** 2 for a double click. */
  readonly count?: number;
  readonly modifiers?: readonly Modifier[];
  /** Which one, if several match: 0 for the first, -1 for the last. If omitted, there must be exactly one. */
  readonly nth?: number;
}

/** An element as assistive technology has it. */
export interface PanelElement {
  readonly role: string;
  readonly name: string;
  /** What it shows, white space collapsed. */
  readonly text: string;
  /** Of form fields. */
  readonly value: string | null;
  readonly disabled: boolean;
  /** The states that are there, as ARIA writes them: `{ selected: 'true' }`. */
  readonly states: Readonly<Record<string, string>>;
}

export interface ScreenshotOptions {
  /** Only the panel (default), or the whole DevTools window. */
  readonly area?: 'panel' | 'devtools';
}

/**
 * The extension's panel in an open DevTools. Mouse and keyboard input is trusted, as from a person. Elements are found by
 * ARIA role and accessible name, native elements included; hidden ones do not count. Whatever is clicked, filled or
 * focused is waited for.
 */
export interface Panel {
  /** Runs in the panel's document; see {@link InspectedPage} for what functions may do. */
  evaluate<T, A extends readonly unknown[]>(fn: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  /**
   * Evaluates until the result is truthy and returns it. Gives up after 30 s with an error that shows the panel's text;
   * a function that throws ends the wait at once.
   */
  waitFor<T, A extends readonly unknown[]>(
    fn: (...args: A) => T | Promise<T>,
    ...args: A
  ): Promise<Truthy<T>>;
  /** All visible text. */
  text(): Promise<string>;
  /** Waits until the visible text contains this. */
  waitForText(text: string): Promise<void>;
  /** The visible elements with this role, in document order. */
  elements(role: string, name?: Name): Promise<PanelElement[]>;
  /** Waits for one visible element with this role and name and returns it. */
  element(role: string, name?: Name, options?: Pick<ClickOptions, 'nth'>): Promise<PanelElement>;
  /** Clicks. The browser's own context menu does not come up; the panel's event does. */
  click(role: string, name?: Name, options?: ClickOptions): Promise<void>;
  /** Moves the mouse over an element. */
  hover(role: string, name?: Name, options?: Pick<ClickOptions, 'nth'>): Promise<void>;
  /** Drags an element, a splitter for instance, by so many CSS pixels. */
  drag(role: string, name: Name, by: { readonly x: number; readonly y: number }): Promise<void>;
  /** Turns the mouse wheel over an element, by so many CSS pixels downwards. */
  wheel(role: string, name: Name, deltaY: number): Promise<void>;
  /** Moves the keyboard focus to an element. */
  focus(role: string, name?: Name, options?: Pick<ClickOptions, 'nth'>): Promise<void>;
  /** Replaces the value of an input, textarea, select or editable element as a user would. */
  fill(role: string, name: Name, value: string): Promise<void>;
  /** Types into whatever has the focus in the panel; a line break presses Enter. */
  type(text: string): Promise<void>;
  /**
   * Presses one key, named as in `KeyboardEvent.key`: `press('Enter', ['Control'])`. Shortcuts that edit text (Control+A
   * and its like) belong to the window system and do nothing in Firefox; use {@link fill}.
   */
  press(key: string, modifiers?: readonly Modifier[]): Promise<void>;
  /** Writes a PNG. */
  screenshot(file: string, options?: ScreenshotOptions): Promise<void>;
  /** Changes the theme of DevTools, for all windows. */
  setTheme(theme: 'light' | 'dark'): Promise<void>;
  /** Makes the panel this big, in CSS pixels. DevTools must be in their own window. */
  resize(width: number, height: number): Promise<void>;
  /** Chromium only: media features as the panel's document has them (`forced-colors`: `active`); none are the real ones again. */
  emulateMedia(features: Readonly<Record<string, string>>): Promise<void>;
  /** The operating system's number of the process that the panel's script runs in. */
  processId(): Promise<number>;
  /** Loads the panel's document anew, without anything that the extension has stored: as when it is opened for the first time. */
  renew(): Promise<void>;
  /** Closes DevTools of this tab; they can be opened again. */
  close(): Promise<void>;
}
