import './browser-globals.ts';

import { obey } from '../../../src/page/commands/obey.ts';
import type { Bridge, BridgePort, DocumentIdentity } from '../../../src/panel/session/browser/bridge.ts';
import { CommandParts } from '../../../src/protocol/command-parts.ts';
import type { PanelMessage } from '../../../src/protocol/messages.ts';
import type { HandshakeReport } from '../../../src/protocol/panel-line.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { carriesBytes, decode, encode, isPortOpening, portOpening } from '../../../src/protocol/wire.ts';
import { Page } from './page.ts';

/** What the messages of a browser's ports survive. */
export type Carriage = 'structured-clone' | 'json';

/** Carries messages when it is told to, in order. */
class Network {
  private readonly under: (() => void)[] = [];

  constructor(readonly carriage: Carriage) {}

  send(message: unknown, arrive: (message: unknown) => void): void {
    const copy = this.carriage === 'json' ? JSON.parse(JSON.stringify(message)) : structuredClone(message);
    this.under.push(() => arrive(copy));
  }

  /** Lets at most `most` messages arrive; what they lead to is carried too. */
  run(most = Number.POSITIVE_INFINITY): void {
    for (let left = most; left > 0; left--) {
      const next = this.under.shift();
      if (!next) return;
      next();
    }
  }
}

/** One end of a port. */
class FakePort implements BridgePort {
  peer: FakePort | undefined = undefined;
  private readonly messageListeners: ((message: unknown) => void)[] = [];
  private readonly disconnectListeners: (() => void)[] = [];

  constructor(private readonly network: Network) {}

  static pair(network: Network): [FakePort, FakePort] {
    const [one, other] = [new FakePort(network), new FakePort(network)];
    one.peer = other;
    other.peer = one;
    return [one, other];
  }

  post(message: unknown): void {
    const { peer } = this;
    if (!peer) throw new Error('Attempting to use a disconnected port object');
    this.network.send(message, (copy) => {
      if (peer.peer) for (const listener of peer.messageListeners) listener(copy);
    });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.messageListeners.push(listener);
  }

  onDisconnect(listener: () => void): void {
    this.disconnectListeners.push(listener);
  }

  /** The other end hears of it; this one does not. */
  close(): void {
    const { peer } = this;
    this.peer = undefined;
    peer?.lose();
  }

  /** Both ends hear of it; what is on its way is lost. */
  cut(): void {
    const { peer } = this;
    this.lose();
    peer?.lose();
  }

  private lose(): void {
    if (!this.peer) return;
    this.peer = undefined;
    for (const listener of this.disconnectListeners) listener();
  }
}

/** A document with its page hook and the content script in front of it, which does what `src/content/relay.ts` does. */
export class FakeDocument {
  readonly page: Page;
  /** Of the hook in this document. */
  version: number = PROTOCOL_VERSION;
  readonly received: PanelMessage[] = [];
  private port: FakePort | undefined = undefined;
  private isEncoded = false;
  private readonly parts = new CommandParts();

  constructor(public identity: DocumentIdentity) {
    this.page = new Page((message, isLeaving) => {
      if (isLeaving) this.page.posted.push(structuredClone(message));
      this.port?.post(this.isEncoded ? encode(message) : message);
    });
  }

  accept(port: FakePort): void {
    port.onMessage((message) => {
      if (isPortOpening(message)) {
        if (message.document === this.identity.document) {
          this.port?.post({ type: 'replaced' });
          this.port = port;
          this.isEncoded = !carriesBytes(message);
        }
        port.post(portOpening(this.identity.document));
      } else if (port === this.port) {
        const whole = this.parts.take((this.isEncoded ? decode(message) : message) as PanelMessage);
        if (whole) this.obey(whole);
      }
    });
    port.onDisconnect(() => {
      if (port === this.port) this.detach();
    });
  }

  /** What the hook, or whoever has taken its place, may say. */
  say(message: unknown): void {
    this.port?.post(message);
  }

  /** As `src/content/workers.ts` does for a worker that does not answer any more. */
  seemToEnd(): void {
    this.port?.post({ type: 'ended' });
  }

  /** The connection breaks. */
  cut(): void {
    this.port?.cut();
  }

  private detach(): void {
    this.port = undefined;
    this.page.outbox.detach();
  }

  /** As the hook does; one of another version only says that it is. */
  private obey(message: PanelMessage): void {
    this.received.push(message);
    if (message.type === 'attach' && message.version !== this.version)
      this.port?.post({ type: 'hello', session: message.session, version: this.version, nextSeq: 0 });
    else obey(message, this.page.observer);
  }
}

/** A browser with one tab whose documents come and go as a test says. */
export class FakeBridge implements Bridge {
  readonly theme = 'light';
  readonly locale = 'en';
  readonly origin = 'chrome-extension://framescope/';
  readonly openSource = undefined;
  /** Undefined as in Chrome; see {@link FakeBridge.reportHandshakes}. */
  onHandshake: Bridge['onHandshake'] = undefined;
  /** The network log of DevTools, as HAR. */
  networkLog: unknown = { entries: [] };
  /** How often it was read. */
  networkReadings = 0;
  private lastUse = Number.NEGATIVE_INFINITY;
  isVisible = true;
  captureOlderPage: Bridge['captureOlderPage'] = undefined;
  readonly asked: string[] = [];
  /** Every document has heard the last roll call, which otherwise nobody says. */
  endRollCall = () => {};
  mayRead = true;
  readonly network: Network;
  private readonly frames = new Map<number, FakeDocument>();
  private readonly workerDocuments = new Map<string, FakeDocument>();
  private readonly hidden: (() => void)[] = [];
  private readonly documentListeners: ((identity: DocumentIdentity) => void)[] = [];
  private readonly wordListeners: ((identity: DocumentIdentity, message: unknown) => void)[] = [];
  /** The tab shows a page that no extension may look into. */
  forbids = false;
  private readonly loadListeners: (() => void)[] = [];
  private readonly scriptListeners: (() => void)[] = [];
  private readonly navigationListeners: ((url: string) => void)[] = [];

  constructor(carriage: Carriage = 'structured-clone') {
    this.network = new Network(carriage);
  }

  /** A document comes into a frame and announces itself. */
  open(document: string, frameId = 0, url = 'https://example.test/page'): FakeDocument {
    const opened = this.openSilently(document, frameId, url);
    this.announce(opened);
    return opened;
  }

  /** A document of a frame starts a worker, which makes its first socket. */
  openWorker(document: string, frameId = 0, url = 'https://example.test/worker.js'): FakeDocument {
    const worker = new FakeDocument({ document, frameId, url, isWorker: true });
    this.workerDocuments.set(document, worker);
    this.announce(worker);
    return worker;
  }

  /** A document comes into a frame; nobody is told. */
  openSilently(
    document: string,
    frameId = 0,
    url = 'https://example.test/page',
    since?: number,
  ): FakeDocument {
    const opened = new FakeDocument({ document, frameId, url, since });
    this.show(opened);
    return opened;
  }

  /** A document, new or old, takes its frame. */
  show(document: FakeDocument): void {
    this.frames.get(document.identity.frameId)?.cut();
    this.frames.set(document.identity.frameId, document);
  }

  /** A prerendered page becomes the page of the tab. */
  activate(document: FakeDocument): void {
    this.frames.delete(document.identity.frameId);
    document.identity = { ...document.identity, frameId: 0 };
    this.show(document);
  }

  /** A document comes into a frame and announces itself later; `shownAt` is when it came, in ms. */
  openAt(shownAt: number, document: string, frameId = 0): FakeDocument {
    const opened = new FakeDocument({ document, frameId, url: 'https://example.test/page', shownAt });
    this.show(opened);
    return opened;
  }

  announce({ identity }: FakeDocument): void {
    for (const listener of this.documentListeners) listener(identity);
  }

  /** The frame goes away, or its next document is one in which no content script runs. */
  empty(frameId: number): void {
    this.frames.get(frameId)?.cut();
    this.frames.delete(frameId);
  }

  navigated(url: string): void {
    for (const listener of this.navigationListeners) listener(url);
  }

  /** The page, or a worker of it, has loaded a script. */
  loadScript(): void {
    for (const listener of this.scriptListeners) listener();
  }

  onThemeChanged(): void {}

  onLoaded(listener: () => void): void {
    this.loadListeners.push(listener);
  }

  /** The tab has loaded something. */
  loaded(): void {
    for (const listener of this.loadListeners) listener();
  }

  async isForbidden(): Promise<boolean> {
    return this.forbids;
  }

  onLastWords(listener: (identity: DocumentIdentity, message: unknown) => void): void {
    this.wordListeners.push(listener);
  }

  /** A document is left; what it posts then goes beside its port, too. */
  leave(identity: DocumentIdentity, page: Page): void {
    page.outbox.leave();
    for (const message of page.posted) for (const listener of this.wordListeners) listener(identity, message);
  }

  onDocument(listener: (identity: DocumentIdentity) => void): void {
    this.documentListeners.push(listener);
  }

  onScript(listener: () => void): void {
    this.scriptListeners.push(listener);
  }

  onNavigated(listener: (url: string) => void): void {
    this.navigationListeners.push(listener);
  }

  callRoll(): Promise<void> {
    this.asked.push('roll call');
    return new Promise((resolve) => {
      this.endRollCall = resolve;
    });
  }

  async readNetworkLog(): Promise<unknown> {
    this.networkReadings++;
    return structuredClone(this.networkLog);
  }

  whenVisible(callback: () => void): void {
    if (this.isVisible) callback();
    else this.hidden.push(callback);
  }

  usedAt(): number {
    return this.lastUse;
  }

  /** Somebody presses a key in the panel. */
  use(): void {
    this.lastUse = performance.now();
  }

  /** The panel comes into sight. */
  becomeVisible(): void {
    this.isVisible = true;
    for (const callback of this.hidden.splice(0)) callback();
  }

  /** From now on each handshake is reported, as in Firefox. @returns reports one */
  reportHandshakes(): (report: HandshakeReport) => void {
    const listeners: ((report: HandshakeReport) => void)[] = [];
    this.onHandshake = (listener) => listeners.push(listener);
    return (report) => {
      for (const listener of listeners) listener(structuredClone(report));
    };
  }

  connect({ frameId, document: name, isWorker }: DocumentIdentity): BridgePort {
    this.asked.push(isWorker ? `port to worker ${name}` : `port to frame ${frameId}`);
    const [panelEnd, pageEnd] = FakePort.pair(this.network);
    const document = isWorker ? this.workerDocuments.get(name) : this.frames.get(frameId);
    if (document) document.accept(pageEnd);
    else setTimeout(() => panelEnd.cut(), 0);
    return panelEnd;
  }

  reloadPage(): void {
    this.asked.push('reload');
  }

  async isPrivate(): Promise<boolean> {
    return false;
  }

  async mayReadPages(): Promise<boolean> {
    return this.mayRead;
  }

  openPermissionPage(): void {
    this.asked.push('permission page');
  }

  text(key: string): string {
    return key;
  }
}
