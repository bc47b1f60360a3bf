import type { CommandPayload } from '../../protocol/messages.ts';
import type { Bridge, LateCapture } from './browser/bridge.ts';
import type { CommandRefusal } from './documents/commands-under-way.ts';
import { Documents } from './documents/documents.ts';
import { FirstMoments } from './documents/first-moments.ts';
import { ForbiddenPage } from './documents/forbidden-page.ts';
import type { Obstacle } from './documents/obstacle.ts';
import { ROLL_CALL_PATIENCE, RollCall } from './documents/roll-call.ts';
import type { NetworkWatch } from './network/network-watch.ts';
import type { Cleared } from './recording/cleared.ts';
import type { Limits } from './recording/limits.ts';
import { type LedgerTotals, Recorder } from './recording/recorder.ts';
import type { PanelSocket } from './recording/sockets.ts';

/** ms between two polls for what changes without an event (buffered amount, binary type). */
const POLL_INTERVAL = 1000;

/** Actions of the user on a socket, without the socket's id in its page. */
export type PanelAction =
  | { readonly type: 'send' | 'inject'; readonly payload: CommandPayload; readonly marks?: number }
  | { readonly type: 'close'; readonly code?: number | undefined; readonly reason?: string | undefined };

/**
 * What the panel knows of the inspected tab: its documents, their sockets and frames. It lives as long as the panel does.
 */
export class Session {
  readonly recorder = new Recorder();
  /** Undefined until {@link watchNetwork}. */
  private network: NetworkWatch | undefined;
  /** Sockets whose handshake was requested before that. */
  private readonly wanted = new Set<PanelSocket>();
  /** True if the frames of pages that were left stay in the list. */
  preserveLog = false;
  private readonly documents: Documents;
  readonly firstMoments: FirstMoments;
  private readonly rollCall: RollCall;
  private mayRead = true;
  private asksForCapture = false;
  private readonly forbidden: ForbiddenPage;

  /** @param onChange called, often, when something may have changed */
  constructor(
    private readonly bridge: Bridge,
    private readonly onChange: () => void,
  ) {
    this.recorder.list.onLoaded = onChange;
    this.documents = new Documents(bridge, this.recorder, {
      isPreserving: () => this.preserveLog,
      onFollow: () => this.firstMoments.meet(),
      onDocumentChange: () => {
        this.firstMoments.look();
        this.forbidden.lookAgain();
        onChange();
      },
      onPageLeft: () => this.network?.leavePage() === true,
    });
    this.rollCall = new RollCall(bridge, {
      isSilent: () => ['looking', 'no-hook'].includes(this.obstacle),
      onEnded: () => {
        onChange();
        void this.forbidden.ask();
      },
    });
    this.firstMoments = new FirstMoments(this.documents.links, this.recorder.list, onChange);
    this.forbidden = new ForbiddenPage(bridge, {
      isSilent: () => ['looking', 'no-hook', 'connection-lost'].includes(this.obstacle),
      onShown: () => {
        this.documents.endAll();
        this.network?.leavePage();
        onChange();
      },
    });
  }

  /** @param signal ends the session's timers */
  start(signal: AbortSignal): void {
    this.bridge.onDocument((identity) => {
      this.forbidden.meet(identity.frameId === 0);
      this.documents.meet(identity);
      this.onChange();
    });
    this.bridge.onLastWords?.((identity, message) => this.documents.takeLastWords(identity, message));
    this.bridge.onLoaded?.(() => this.forbidden.load());
    this.bridge.onNavigated(() => {
      this.forbidden.navigate();
      this.network?.pageChanged();
      this.documents.pageChanged();
      void this.callRoll();
    });
    this.firstMoments.begin(this.callRoll());
    const timer = setInterval(() => {
      this.documents.poll();
      if (!this.mayRead) this.askForPermission(); // nobody tells when people have granted it
    }, POLL_INTERVAL);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      this.rollCall.stop();
      this.recorder.list.discard();
    });
  }

  /**
   * Reads the network log of DevTools from now on. The class is passed in because its script is loaded after the first picture.
   * @param signal ends it
   */
  watchNetwork(Watch: typeof NetworkWatch, signal: AbortSignal): void {
    const network = new Watch(this.bridge, this.recorder, this, this.onChange);
    this.network = network;
    network.start(signal);
    for (const socket of this.wanted) network.want(socket);
    this.wanted.clear();
  }

  /** Looks for a socket's handshake where it is not known. */
  wantHandshake(socket: PanelSocket): void {
    if (this.network) this.network.want(socket);
    else this.wanted.add(socket);
  }

  /** True if a socket's handshake was looked for and not found. */
  isHandshakeAbsent(socket: PanelSocket): boolean {
    return this.network?.isAbsent(socket) === true;
  }

  get obstacle(): Obstacle {
    const { states, top } = this.documents;
    // Frames can be younger than their page.
    if (states.includes('live')) return this.rollCall.hasEnded && !top ? 'no-hook' : 'none';
    if (states.includes('replaced')) return 'replaced';
    if (states.includes('outdated')) return 'outdated';
    if (this.forbidden.isShown) return 'forbidden';
    if (states.includes('connecting')) return 'looking';
    if (!this.mayRead) return 'no-permission';
    if (states.includes('lost')) return 'connection-lost';
    return this.rollCall.hasEnded ? 'no-hook' : 'looking';
  }

  /** When the capture of the page began, in ms since the epoch; undefined where it has been there from the start. */
  get capturedSince(): number | undefined {
    return this.documents.top?.document.identity.since;
  }

  /** Some documents have announced themselves, and their sockets are not known yet. */
  get isConnecting(): boolean {
    return this.documents.states.includes('connecting');
  }

  /** @returns a promise that is fulfilled once every page has told what it had observed before, or cannot */
  hasHeardAll(): Promise<unknown> {
    return Promise.all([...this.documents.links.values()].map((link) => link.hasHeardAll()));
  }

  totals(): LedgerTotals {
    return this.recorder.totals();
  }

  /** @returns why it was not done, or undefined if it was */
  run(socket: PanelSocket, action: PanelAction): Promise<CommandRefusal | undefined> {
    if (socket.readOnly) return Promise.resolve({ reason: 'read-only' });
    const link = this.documents.links.get(socket.document.identity.document);
    if (!link) return Promise.resolve({ reason: 'no-connection' });
    const { id, url } = socket.record;
    if (action.type === 'close') return link.run({ ...action, socket: id });
    const message = { socket: id, payload: action.payload, marks: action.marks ?? 0 };
    return link.run(
      action.type === 'send'
        ? { type: 'send', ...message }
        : { type: 'inject', ...message, origin: URL.canParse(url) ? new URL(url).origin : '' },
    );
  }

  clear(): Cleared {
    const cleared = this.recorder.list.clear();
    this.onChange();
    return cleared;
  }

  /** Undoes a {@link clear}; false if it is too late. */
  restore(cleared: Cleared): boolean {
    const isBack = this.recorder.list.restore(cleared);
    this.onChange();
    return isBack;
  }

  set isPaused(paused: boolean) {
    if (paused) this.recorder.list.isPaused = true;
    else this.recorder.list.resume();
    this.onChange();
  }

  get isPaused(): boolean {
    return this.recorder.list.isPaused;
  }

  /** Whether pages record the call stacks of `send()` and of the constructor. */
  get recordsStacks(): boolean {
    return this.documents.recordsStacks;
  }

  set recordsStacks(recorded: boolean) {
    this.documents.recordsStacks = recorded;
  }

  /** What this panel may keep in memory and on disk. */
  get limits(): Limits {
    return { disk: 0, ...this.recorder.list.limits };
  }

  set limits(limits: Limits) {
    this.recorder.list.limits = limits;
  }

  reloadPage(): void {
    this.bridge.reloadPage();
  }

  /** A page that is older than the extension can be captured as it is. */
  get canCaptureOlderPage(): boolean {
    return this.bridge.captureOlderPage !== undefined;
  }

  /**
   * Captures such a page from now on, during a click or key press.
   * @returns also `impossible` if the page does not answer afterwards; undefined while an earlier call is running
   */
  async captureOlderPage(): Promise<LateCapture | undefined> {
    if (this.asksForCapture) return undefined;
    this.asksForCapture = true;
    const outcome = await this.bridge.captureOlderPage?.().catch(() => 'impossible' as const);
    this.asksForCapture = false;
    if (outcome !== 'captured') return outcome;
    void this.callRoll();
    await new Promise((answered) => setTimeout(answered, ROLL_CALL_PATIENCE));
    return this.obstacle === 'no-hook' ? 'impossible' : outcome;
  }

  openPermissionPage(): void {
    this.bridge.openPermissionPage();
  }

  /** Takes the page back from another panel, or tries a lost connection again. */
  reconnect(): void {
    this.documents.reconnect();
  }

  /** @returns a promise that is fulfilled once every document has been asked to announce itself */
  private callRoll(): Promise<void> {
    this.askForPermission();
    return this.rollCall.call();
  }

  private askForPermission(): void {
    void this.bridge.mayReadPages().then((may) => {
      this.mayRead = may;
      this.onChange();
    });
  }
}
