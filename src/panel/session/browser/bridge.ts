import type { HandshakeReport } from '../../../protocol/panel-line.ts';

/** Everything that the panel needs from a browser, so that the same panel can run in a plain page under test. */
export interface Bridge {
  /** The theme of DevTools. */
  readonly theme: 'light' | 'dark';
  onThemeChanged(listener: (theme: 'light' | 'dark') => void): void;
  /** A document of the inspected tab has announced itself, for the first time or again. */
  onDocument(listener: (identity: DocumentIdentity) => void): void;
  /** A document without an attached panel was unloaded; the message is to be validated by `readPageMessage`. */
  onLastWords?(listener: (identity: DocumentIdentity, message: unknown) => void): void;
  /** The inspected tab has navigated, possibly to a page in which content scripts may not run. */
  onNavigated(listener: (url: string) => void): void;
  /** The inspected tab has loaded something: in Chrome the only sign of a page that is closed to extensions. */
  onLoaded?(listener: () => void): void;
  /** Whether the tab shows a page that is closed to extensions. */
  isForbidden?(): Promise<boolean>;
  /** Asks all documents of the inspected tab to announce themselves. */
  callRoll(): Promise<void>;
  /** Opens a port to a document's content script. If the document is gone, the port disconnects at once. */
  connect(identity: DocumentIdentity): BridgePort;
  /** Whether the inspected tab is in a private window; also true if that is unknown. */
  isPrivate(): Promise<boolean>;
  reloadPage(): void;
  /**
   * Captures a page that is older than the extension without reloading it; its documents then announce themselves. Must be called during
   * a click or key press, as the user may have to agree. Undefined if the browser does not support it.
   */
  readonly captureOlderPage?: (() => Promise<LateCapture>) | undefined;
  /** False where content scripts may not run because the permission is missing. */
  mayReadPages(): Promise<boolean>;
  /** Shows where the user can grant the permission. */
  openPermissionPage(): void;
  /** The whole network log of DevTools, as an unchecked HAR; undefined if it cannot be read. Undefined in Firefox (see {@link onHandshake}). */
  readonly readNetworkLog: (() => Promise<unknown>) | undefined;
  /** Reports each handshake that a server has answered, and first those of before. Undefined in Chrome, whose network log has them. */
  readonly onHandshake: ((listener: (report: HandshakeReport) => void) => void) | undefined;
  /** Reports each script that the page or one of its workers has loaded (Chrome). */
  readonly onScript?: ((listener: () => void) => void) | undefined;
  /** Calls back before the next picture is drawn; not while the panel is hidden. */
  whenVisible(callback: () => void): void;
  /** When somebody last used the panel, with a pointer or a key, on the clock of `performance.now()`. */
  usedAt(): number;
  /** Opens a script in DevTools, at a line and column from 1; undefined if DevTools cannot (Firefox). */
  readonly openSource: OpenSource | undefined;
  /** Switches the capture of workers; undefined if the browser does not support it. */
  readonly workers?: WorkerSwitch | undefined;
  /** The text of `public/_locales` under this key. */
  text(key: string, substitutions?: readonly string[]): string;
  /** BCP 47 tag of the language that the texts are in. */
  readonly locale: string;
  /** Address of the extension's own files; frames of a call stack that begin with it are ours. */
  readonly origin: string;
}

/** `impossible` in pages that no extension may look into. */
export type LateCapture = 'captured' | 'refused' | 'impossible';

/** Of one site (origin, Chrome); without a site of all pages (Firefox). */
export interface WorkerSwitchState {
  readonly isOn: boolean;
  readonly site?: string | undefined;
}

export interface WorkerSwitch {
  /** What it applies to. If it is a `site`, workers and pages can notice the capture, which the user must be told first. */
  readonly scope: 'all' | 'site';
  /** Called initially and whenever it is switched, here or elsewhere; undefined if the page has no site. */
  onSwitched(listener: (state: WorkerSwitchState | undefined) => void): void;
  /** Requests the switch, during a click or key press; the user may have to agree to switching it on. */
  set(isOn: boolean): void;
  /** All sites for which it is on. */
  sites?(): readonly string[];
  /** Switches it off for one of them. */
  forget?(site: string): void;
}

export type OpenSource = (url: string, line: number, column: number) => void;

/** The identity of a document, as given by the browser. */
export interface DocumentIdentity {
  /** Unique; the next document of the same frame has another one. */
  readonly document: string;
  /** 0 for the top frame. */
  readonly frameId: number;
  readonly url: string;
  /** A worker of the frame's document rather than the document itself. */
  readonly isWorker?: boolean | undefined;
  /** When it came into its frame, for the first time or again, in ms since the epoch. */
  readonly shownAt?: number | undefined;
  /** For a document older than the extension: when its capture began, in ms since the epoch. */
  readonly since?: number | undefined;
}

export interface BridgePort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onDisconnect(listener: () => void): void;
  close(): void;
}
