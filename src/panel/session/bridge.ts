/** Everything that the panel needs of a browser, so that the same panel runs in a plain page under test. */
export interface Bridge {
  /** The theme of DevTools. */
  readonly theme: 'light' | 'dark';
  onThemeChanged(listener: (theme: 'light' | 'dark') => void): void;
  /** A document of the inspected tab has announced itself, for the first time or again. */
  onDocument(listener: (identity: DocumentIdentity) => void): void;
  /** A document has been left that no panel was attached to; for `readPageMessage`. */
  onLastWords?(listener: (identity: DocumentIdentity, message: unknown) => void): void;
  /** The inspected tab has gone to another page, which need not be one that content scripts may run in. */
  onNavigated(listener: (url: string) => void): void;
  /** The inspected tab has loaded something, which in Chrome is all that tells of a page that no extension may look into. */
  onLoaded?(listener: () => void): void;
  /** Whether it shows such a page now. */
  isForbidden?(): Promise<boolean>;
  /** Asks all documents of the inspected tab to announce themselves. */
  callRoll(): Promise<void>;
  /** Opens a port to a document's content script. A document that is gone shows by an early disconnect. */
  connect(identity: DocumentIdentity): BridgePort;
  /** Whether the inspected tab is in a private window; true too where nobody can tell. */
  isPrivate(): Promise<boolean>;
  reloadPage(): void;
  /**
   * Captures a page that is older than the extension, as it is, during a click or key press: its documents announce themselves then.
   * The user may have to agree first. Undefined where that cannot be done.
   */
  readonly captureOlderPage?: (() => Promise<LateCapture>) | undefined;
  /** False where content scripts may not run because the permission is missing. */
  mayReadPages(): Promise<boolean>;
  /** Shows where the user can grant the permission. */
  openPermissionPage(): void;
  /** All that the network log of DevTools holds, as a HAR that nobody has checked; undefined where it cannot be read. */
  readNetworkLog(): Promise<unknown>;
  /**
   * Tells of each request that is over, as an entry of a HAR: in Firefox, where a socket's is its handshake. Undefined in
   * Chrome, which tells of a socket only at its end, with all its frames.
   */
  readonly onRequest: ((listener: (entry: unknown) => void) => void) | undefined;
  /** Tells of each script that the page or one of its workers has loaded (Chrome). */
  readonly onScript?: ((listener: () => void) => void) | undefined;
  /** Calls before the next picture is drawn. A panel that is hidden draws none. */
  whenVisible(callback: () => void): void;
  /** Shows a place in a script, counted from 1; undefined where DevTools cannot (Firefox). */
  readonly openSource: OpenSource | undefined;
  /** Captures sockets of workers too, where the user wants that; undefined where it cannot be done. */
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
  /** What it is for: where it is `site`, workers and pages can notice what it does, which the user is to be told first. */
  readonly scope: 'all' | 'site';
  /** Told at first and whenever it is switched, here or elsewhere; undefined where the page has no site. */
  onSwitched(listener: (state: WorkerSwitchState | undefined) => void): void;
  /** Asks for it, during a click or key press; to switch it on the user may have to agree first. */
  set(isOn: boolean): void;
  /** All sites for which it is on. */
  sites?(): readonly string[];
  /** Switches it off for one of them. */
  forget?(site: string): void;
}

export type OpenSource = (url: string, line: number, column: number) => void;

/** Who a document is, as the browser says. */
export interface DocumentIdentity {
  /** Unique; a frame's next document has another one. */
  readonly document: string;
  /** 0 for the top frame. */
  readonly frameId: number;
  readonly url: string;
  /** A worker of the frame's document rather than the document itself. */
  readonly isWorker?: boolean | undefined;
  /** ms since the epoch: when it came into its frame, for the first time or again. */
  readonly shownAt?: number | undefined;
  /** Of a document that is older than the extension: ms since the epoch from which on it is captured. */
  readonly since?: number | undefined;
}

export interface BridgePort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onDisconnect(listener: () => void): void;
  close(): void;
}
