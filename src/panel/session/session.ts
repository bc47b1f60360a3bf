import type { CommandPayload } from '../../protocol/messages.ts';
import { ReadyState } from '../../protocol/sockets.ts';
import type { Bridge, DocumentIdentity, LateCapture } from './bridge.ts';
import type { Cleared } from './cleared.ts';
import type { CommandRefusal } from './commands-under-way.ts';
import { CreditShares } from './credit-shares.ts';
import { DocumentLink, type LinkSettings } from './document-link.ts';
import { FirstMoments } from './first-moments.ts';
import { ForbiddenPage } from './forbidden-page.ts';
import type { Limits } from './limits.ts';
import type { NetworkWatch } from './network/network-watch.ts';
import type { Obstacle } from './obstacle.ts';
import { type LedgerTotals, Recorder } from './recorder.ts';
import type { PanelSocket } from './sockets.ts';

/** Documents that are followed before those that are gone, and had no socket, are forgotten. */
const MOST_LINKS = 500;
/** ms between two looks at what changes without an event (buffered amount, binary type). */
const POLL_INTERVAL = 1000;
/** ms in which a document of the page must have answered, unless there is none of ours. */
const ROLL_CALL_PATIENCE = 1000;

/** Actions of a person on a socket, without the socket's id in its page. */
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
  /** Sockets whose handshake was wanted before that. */
  private readonly wanted = new Set<PanelSocket>();
  preserveLog = false;
  private readonly settings: LinkSettings = { recordsStacks: true };
  private readonly shares = new CreditShares();
  private readonly links = new Map<string, DocumentLink>();
  readonly firstMoments: FirstMoments;
  private rollCallEnded = false;
  private mayRead = true;
  private asksForCapture = false;
  private readonly forbidden: ForbiddenPage;

  /** @param onChange told, often, that something may have changed */
  constructor(
    private readonly bridge: Bridge,
    private readonly onChange: () => void,
  ) {
    this.recorder.list.onLoaded = onChange;
    this.firstMoments = new FirstMoments(this.links, this.recorder.list, onChange);
    this.forbidden = new ForbiddenPage(bridge, {
      isSilent: () => ['looking', 'no-hook', 'connection-lost'].includes(this.obstacle),
      onShown: () => {
        for (const link of this.links.values()) link.end();
        this.network?.leavePage();
        onChange();
      },
    });
  }

  /** @param signal ends the session's timers */
  start(signal: AbortSignal): void {
    this.bridge.onDocument((identity) => this.meet(identity));
    this.bridge.onLastWords?.((identity, message) => this.takeLastWords(identity, message));
    this.bridge.onLoaded?.(() => this.forbidden.load());
    this.bridge.onNavigated(() => {
      this.forbidden.navigate();
      this.network?.pageChanged();
      for (const link of this.links.values()) link.pageChanged();
      void this.look();
    });
    this.firstMoments.begin(this.look());
    const timer = setInterval(() => this.poll(), POLL_INTERVAL);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      this.recorder.list.discard();
    });
  }

  /**
   * Reads the network log of DevTools from now on. The class is handed in, because its script is no part of the panel's first ones.
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

  /** True once a socket's handshake has been looked for in vain. */
  isHandshakeAbsent(socket: PanelSocket): boolean {
    return this.network?.isAbsent(socket) === true;
  }

  get obstacle(): Obstacle {
    const states = [...this.links.values()].map(({ state }) => state);
    // Frames can be younger than their page.
    if (states.includes('live')) return this.rollCallEnded && !this.top ? 'no-hook' : 'none';
    if (states.includes('replaced')) return 'replaced';
    if (states.includes('outdated')) return 'outdated';
    if (this.forbidden.isShown) return 'forbidden';
    if (states.includes('connecting')) return 'looking';
    if (!this.mayRead) return 'no-permission';
    if (states.includes('lost')) return 'connection-lost';
    return this.rollCallEnded ? 'no-hook' : 'looking';
  }

  /** When the capture of the page began, in ms since the epoch; undefined where it has been there from the start. */
  get capturedSince(): number | undefined {
    return this.top?.document.identity.since;
  }

  private get top(): DocumentLink | undefined {
    for (const link of this.links.values()) {
      const { frameId, isWorker } = link.document.identity;
      if (frameId === 0 && !isWorker && link.state !== 'gone') return link;
    }
    return undefined;
  }

  totals(): LedgerTotals {
    return this.recorder.totals();
  }

  /** @returns why it was not done, or undefined if it was */
  run(socket: PanelSocket, action: PanelAction): Promise<CommandRefusal | undefined> {
    if (socket.readOnly) return Promise.resolve({ reason: 'read-only' });
    const link = this.links.get(socket.document.identity.document);
    if (!link) return Promise.resolve({ reason: 'no-connection' });
    const { id } = socket.record;
    if (action.type === 'close') return link.run({ ...action, socket: id });
    return link.run({ ...action, socket: id, marks: action.marks ?? 0 });
  }

  clear(): Cleared {
    const cleared = this.recorder.list.clear();
    this.onChange();
    return cleared;
  }

  /** Takes a {@link clear} back; false where it is too late. */
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

  /** Whether pages take the call stack of whoever sends a message or creates a socket. */
  get recordsStacks(): boolean {
    return this.settings.recordsStacks;
  }

  set recordsStacks(recorded: boolean) {
    this.settings.recordsStacks = recorded;
    for (const link of this.links.values()) link.settingsChanged();
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
   * @returns `impossible` too if it does not answer then; undefined while an earlier call is under way
   */
  async captureOlderPage(): Promise<LateCapture | undefined> {
    if (this.asksForCapture) return undefined;
    this.asksForCapture = true;
    const outcome = await this.bridge.captureOlderPage?.().catch(() => 'impossible' as const);
    this.asksForCapture = false;
    if (outcome !== 'captured') return outcome;
    void this.look();
    await new Promise((answered) => setTimeout(answered, ROLL_CALL_PATIENCE));
    return this.obstacle === 'no-hook' ? 'impossible' : outcome;
  }

  openPermissionPage(): void {
    this.bridge.openPermissionPage();
  }

  /** Takes the page back from another panel, or tries a lost connection again. */
  reconnect(): void {
    for (const link of this.links.values()) {
      if (link.state === 'replaced' || link.state === 'lost') link.resume();
    }
  }

  /** @returns once every document has heard that it is to announce itself */
  private look(): Promise<void> {
    this.rollCallEnded = false;
    void this.bridge.mayReadPages().then((may) => {
      this.mayRead = may;
      this.onChange();
    });
    setTimeout(() => {
      this.rollCallEnded = true;
      this.onChange();
      void this.forbidden.ask();
    }, ROLL_CALL_PATIENCE);
    return this.bridge.callRoll();
  }

  private meet(identity: DocumentIdentity): void {
    this.forbidden.meet(identity.frameId === 0);
    const known = this.links.get(identity.document);
    if (known && known.document.identity.frameId !== identity.frameId) {
      if (identity.frameId === 0) this.activate(known, identity);
      // Otherwise it is a page that is being left: Chrome gives what is no longer in the tab a number of its own.
      return;
    }
    // A document of another panel stays with it until a person takes it back.
    if (known && known.state !== 'gone' && known.state !== 'lost') return;
    this.leavePredecessors(identity);
    if (known && this.links.has(identity.document)) known.resume();
    else this.follow(identity);
    this.onChange();
  }

  /**
   * A prerendered page has become the page of its tab. Nothing tells which of the other documents are frames of it: they are
   * asked to announce themselves.
   */
  private activate(link: DocumentLink, identity: DocumentIdentity): void {
    if (this.preserveLog) {
      link.document.identity = identity;
      this.leavePredecessors(identity);
    } else {
      for (const any of this.links.values()) any.end();
      this.network?.leavePage();
      this.forgetTheGone();
      this.follow(identity);
    }
    void this.bridge.callRoll();
    this.onChange();
  }

  /** It may have been gone before it announced itself. What is not preserved is gone with it. */
  private takeLastWords(identity: DocumentIdentity, message: unknown): void {
    if (!this.links.has(identity.document)) {
      if (!this.preserveLog) return;
      this.linkTo(identity).end();
    }
    this.links.get(identity.document)?.takeLastWords(message);
  }

  private follow(identity: DocumentIdentity): void {
    const link = this.linkTo(identity);
    this.firstMoments.meet();
    link.connect();
  }

  private linkTo(identity: DocumentIdentity): DocumentLink {
    const document = { identity, isGone: false };
    const link = new DocumentLink(document, this.bridge, this.recorder, this.settings, this.shares, () => {
      this.firstMoments.look();
      this.forbidden.lookAgain();
      this.onChange();
    });
    this.links.set(identity.document, link);
    if (this.links.size > MOST_LINKS) this.forgetEmptyLinks();
    return link;
  }

  /** Frames that came and went without a socket, as those of advertisements do all day. */
  private forgetEmptyLinks(): void {
    for (const [name, { state, document }] of this.links) {
      if (state === 'gone' && this.recorder.sockets.of(document).length === 0) this.links.delete(name);
    }
  }

  /**
   * A new top document takes the place of the whole page, any other that of its frame's last one. When the roll is called,
   * though, child frames may answer before the top frame that they belong to. Workers are left with their document.
   */
  private leavePredecessors({ document, frameId, isWorker, since }: DocumentIdentity): void {
    if (isWorker) return;
    const others = [...this.links.values()].filter((link) => link.document.identity.document !== document);
    const predecessor = others.find(
      ({ document: { identity } }) => identity.frameId === frameId && !identity.isWorker,
    );
    // A page that is captured from now on has been there before.
    if (since !== undefined && !predecessor) return;
    // Of a page without our hook the network log alone has told.
    const hadLogged = frameId === 0 && this.network?.leavePage() === true;
    if (!predecessor && !hadLogged) return;
    for (const link of predecessor ? others : []) {
      if (frameId === 0 || link.document.identity.frameId === frameId) link.end();
    }
    if (frameId === 0 && !this.preserveLog) this.forgetTheGone();
  }

  private forgetTheGone(): void {
    for (const [name, link] of this.links) if (link.document.isGone) this.links.delete(name);
    this.recorder.list.clearGone();
  }

  private poll(): void {
    const documents = new Set<string>();
    for (const { readyState, document } of this.recorder.sockets.all()) {
      if (readyState !== ReadyState.closed) documents.add(document.identity.document);
    }
    for (const name of documents) this.links.get(name)?.poll();
  }
}
