import { ReadyState } from '../../../protocol/sockets.ts';
import type { Bridge, DocumentIdentity } from '../browser/bridge.ts';
import type { Recorder } from '../recording/recorder.ts';
import { CreditShares } from './credit-shares.ts';
import { DocumentLink, type LinkSettings, type LinkState } from './document-link.ts';

/** Number of documents above which those that are gone and had no socket are forgotten. */
const MOST_LINKS = 500;
/** ms within which a document that is there has announced itself */
const ANNOUNCEMENT_PATIENCE = 500;

/** What the documents of a tab need of the session, and tell it. */
export interface DocumentsHost {
  /** True if the frames of pages that were left stay in the list. */
  isPreserving(): boolean;
  /** A document that was not known is about to be connected to. */
  onFollow(): void;
  /** The state of a document has changed. */
  onDocumentChange(): void;
  /**
   * The page has been left.
   * @returns whether there were sockets of it that only the network log had
   */
  onPageLeft(): boolean;
}

/**
 * The documents of the inspected tab that have announced themselves, each with its connection: which of them are still there, and
 * which one replaces which.
 */
export class Documents {
  private readonly byName = new Map<string, DocumentLink>();
  private readonly settings: LinkSettings = { recordsStacks: true };
  private readonly shares = new CreditShares();
  /** Documents that are to announce themselves. */
  private readonly expected = new Set<string>();
  private expecting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly bridge: Bridge,
    private readonly recorder: Recorder,
    private readonly host: DocumentsHost,
  ) {}

  /** By the name that the content script has given each document. */
  get links(): ReadonlyMap<string, DocumentLink> {
    return this.byName;
  }

  get states(): LinkState[] {
    return [...this.byName.values()].map(({ state }) => state);
  }

  /** The document of the tab itself. */
  get top(): DocumentLink | undefined {
    for (const link of this.byName.values()) {
      const { frameId, isWorker } = link.document.identity;
      if (frameId === 0 && !isWorker && link.state !== 'gone') return link;
    }
    return undefined;
  }

  /** Whether pages record the call stacks of `send()` and of the constructor. */
  get recordsStacks(): boolean {
    return this.settings.recordsStacks;
  }

  set recordsStacks(recorded: boolean) {
    this.settings.recordsStacks = recorded;
    for (const link of this.byName.values()) link.settingsChanged();
  }

  /** A document has announced itself. */
  meet(identity: DocumentIdentity): void {
    const known = this.byName.get(identity.document);
    if (known && known.document.identity.frameId !== identity.frameId) {
      if (identity.frameId === 0) this.activate(known, identity);
      // Otherwise it is a page that is being left: Chrome gives what is no longer in the tab a number of its own.
      return;
    }
    // It is connected to already, or its page is another panel's until the user takes it back.
    if (known && known.state !== 'gone' && known.state !== 'lost') return;
    this.leavePredecessors(identity);
    if (known && this.byName.has(identity.document)) {
      known.document.identity = identity;
      known.resume();
    } else {
      this.follow(identity);
    }
  }

  /**
   * Takes what a document handed over while it was unloaded. It may have been gone before it announced itself; then it is taken only
   * if the log is preserved.
   */
  takeLastWords(identity: DocumentIdentity, message: unknown): void {
    if (!this.byName.has(identity.document)) {
      if (!this.host.isPreserving()) return;
      this.linkTo(identity).end();
    }
    this.byName.get(identity.document)?.takeLastWords(message);
  }

  /** The tab has navigated: documents that could not be reached any more have gone with the previous page. */
  pageChanged(): void {
    for (const link of this.byName.values()) link.pageChanged();
  }

  endAll(): void {
    for (const link of this.byName.values()) link.end();
  }

  /** Takes the page back from another panel, or tries a lost connection again. */
  reconnect(): void {
    for (const link of this.byName.values()) {
      if (link.state === 'replaced' || link.state === 'lost') link.resume();
    }
  }

  /** Polls documents with open sockets for what changes without an event. */
  poll(): void {
    const names = new Set<string>();
    for (const { readyState, document } of this.recorder.sockets.all()) {
      if (readyState !== ReadyState.closed) names.add(document.identity.document);
    }
    for (const name of names) this.byName.get(name)?.poll();
  }

  /**
   * A prerendered page has become the page of its tab. There is no way to know which of the other documents are its frames, so all
   * are asked to announce themselves.
   */
  private activate(link: DocumentLink, identity: DocumentIdentity): void {
    if (this.host.isPreserving()) {
      link.document.identity = identity;
      this.leavePredecessors(identity);
    } else {
      this.endAll();
      this.host.onPageLeft();
      this.forgetTheGone();
      this.follow(identity);
    }
    void this.bridge.callRoll();
  }

  private follow(identity: DocumentIdentity): void {
    const link = this.linkTo(identity);
    this.host.onFollow();
    link.connect();
  }

  private linkTo(identity: DocumentIdentity): DocumentLink {
    const { bridge, recorder, settings, shares } = this;
    const link = new DocumentLink(
      { identity, isGone: false },
      bridge,
      recorder,
      settings,
      shares,
      () => this.host.onDocumentChange(),
      (document) => this.expect(document),
    );
    this.byName.set(identity.document, link);
    if (this.byName.size > MOST_LINKS) this.forgetEmptyLinks();
    return link;
  }

  /**
   * A document is in its frame. It announces itself, but where word of the document before it came later than that, it was taken for one that
   * had been left. Then it must do so again.
   */
  private expect(document: string): void {
    this.expected.add(document);
    this.expecting ??= setTimeout(() => {
      this.expecting = undefined;
      const isAbsent = (name: string) => this.byName.get(name)?.document.isGone !== false;
      const areAbsent = [...this.expected].some(isAbsent);
      this.expected.clear();
      if (areAbsent) void this.bridge.callRoll();
    }, ANNOUNCEMENT_PATIENCE);
  }

  /** Frames that came and went without a socket, as those of advertisements do all day. */
  private forgetEmptyLinks(): void {
    for (const [name, { state, document }] of this.byName) {
      if (state === 'gone' && this.recorder.sockets.of(document).length === 0) this.byName.delete(name);
    }
  }

  /**
   * A new top document replaces the whole page, any other the last one of its frame. But child frames may announce themselves before
   * their top frame: after a roll call, and from another process while that frame's script is busy. Workers end with their document.
   */
  private leavePredecessors(next: DocumentIdentity): void {
    const { document, frameId, isWorker, since } = next;
    if (isWorker) return;
    const others = [...this.byName.values()].filter((link) => link.document.identity.document !== document);
    const predecessor = others.find(
      ({ document: { identity } }) => identity.frameId === frameId && !identity.isWorker,
    );
    // A page that is captured from now on has been there before.
    if (since !== undefined && !predecessor) return;
    // Of a page without our hook the network log alone has told.
    const hadLogged = frameId === 0 && this.host.onPageLeft();
    if (!predecessor && !hadLogged) return;
    const ofPlace = (predecessor ? others : []).filter(
      (link) => frameId === 0 || link.document.identity.frameId === frameId,
    );
    const staying = ofPlace.filter((link) => link !== predecessor && isBehind(link.document.identity, next));
    for (const link of ofPlace) if (!staying.includes(link)) link.end();
    if (frameId === 0 && !this.host.isPreserving()) this.beginAnew(staying);
  }

  /** A new page begins a new list. Frames of that page that were heard already are asked once more for what they hold. */
  private beginAnew(staying: readonly DocumentLink[]): void {
    for (const link of staying) link.end();
    this.forgetTheGone();
    for (const { document } of staying) this.follow(document.identity);
  }

  private forgetTheGone(): void {
    for (const [name, link] of this.byName) if (link.document.isGone) this.byName.delete(name);
    this.recorder.list.clearGone();
  }
}

/** True if it came into its frame no earlier than `next` came into its own. */
function isBehind({ shownAt }: DocumentIdentity, next: DocumentIdentity): boolean {
  return shownAt !== undefined && next.shownAt !== undefined && shownAt >= next.shownAt;
}
