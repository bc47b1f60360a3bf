import { readPageMessage } from '../../../protocol/guards.ts';
import type { Action, Credit, PageMessage, PanelMessage, RelayMessage } from '../../../protocol/messages.ts';
import { LAST_WORDS, PROTOCOL_VERSION } from '../../../protocol/version.ts';
import type { Bridge } from '../browser/bridge.ts';
import { inFlight, type Progress, startOfDocument } from '../recording/progress.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { PanelDocument } from '../recording/sockets.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { type CommandRefusal, CommandsUnderWay } from './commands-under-way.ts';
import type { CreditShares } from './credit-shares.ts';
import { DocumentPort } from './document-port.ts';

/**
 * `connecting` to the document; `live`; `lost` for good although the document may still be there; `gone` with its document;
 * `replaced` by another panel; `outdated`: its hook speaks another version, which a reload fixes.
 */
export type LinkState = 'connecting' | 'live' | 'lost' | 'gone' | 'replaced' | 'outdated';

/** ms; after the last one the document is given up. */
const RECONNECT_DELAYS = [0, 50, 100, 200, 400, 800, 1600, 3200];

/** After so many failed attempts a child frame must have been removed (there is no event for that), and its sockets are closed. */
const CHILD_ATTEMPTS = 4;

/** Pages count their sockets from 1. */
const NO_SUCH_SOCKET = 0;
/** ms between two batches of the last words of a document, at most */
const LAST_WORDS_APART = 1000;

/** Settings that apply to all documents. */
export interface LinkSettings {
  recordsStacks: boolean;
}

/**
 * The connection to one document: opens a port, resumes where the last one ended, acknowledges what is stored and
 * carries commands. What it receives is recorded in the port's message handler, which runs even while the panel is hidden.
 */
export class DocumentLink {
  state: LinkState = 'connecting';
  readonly progress: Progress = startOfDocument();
  private port: DocumentPort | undefined;
  private session = '';
  private inSession = false;
  /** In this session the page has reported how much it has observed. */
  private hasHeard = false;
  private attempts = 0;
  /** The tab has navigated since the last message of the document. */
  private mayBeLeft = false;
  private lastWords: ReturnType<typeof setTimeout> | undefined;
  private readonly commands = new CommandsUnderWay();
  private readonly acknowledgements = new Acknowledgements(
    () => this.recorder.list.isHolding,
    (credit) => this.acknowledge(credit),
  );

  constructor(
    readonly document: PanelDocument,
    private readonly bridge: Bridge,
    private readonly recorder: Recorder,
    private readonly settings: LinkSettings,
    private readonly shares: CreditShares,
    private readonly onChange: () => void,
    /** Told which other document is in the frame now. */
    private readonly onSuccessor: (document: string) => void,
  ) {}

  connect(): void {
    const { identity } = this.document;
    /** What comes of an earlier port is of no interest any more. */
    const isCurrent = () => port === this.port;
    const port = new DocumentPort(this.bridge.connect(identity), {
      opened: (document) => isCurrent() && this.attach(document),
      received: (message) => isCurrent() && this.handle(message),
      disconnected: () => isCurrent() && this.disconnected(),
    });
    this.port = port;
    this.inSession = false;
    this.hasHeard = false;
    this.acknowledgements.begin();
    port.open(identity.document);
  }

  /** The page has been asked for what it holds, or will not be. */
  get isAsked(): boolean {
    return this.state !== 'connecting' || this.session !== '';
  }

  /** Everything that the page had observed as of its last message has arrived; also true if nothing will arrive. */
  get hasCaughtUp(): boolean {
    if (this.state === 'connecting' || (this.state === 'live' && !this.hasHeard)) return false;
    return inFlight(this.progress) === 0;
  }

  /** Carries out an action in the page; answers with the reason why it was not done, or undefined if it was. */
  run(action: Action): Promise<CommandRefusal | undefined> {
    const isOpen = this.port && this.state === 'live' && !this.commands.isFull;
    if (!isOpen) return Promise.resolve({ reason: 'no-connection' });
    return this.commands.run((id) => this.post({ type: 'command', id, action }));
  }

  /** Fulfilled once the page has told what it had observed before, or cannot. Its answer to a command comes after that. */
  async hasHeardAll(): Promise<void> {
    if (this.state === 'live') await this.run({ type: 'close', socket: NO_SUCH_SOCKET });
  }

  /** The settings have changed. */
  settingsChanged(): void {
    if (this.state !== 'live') return;
    this.post({ type: 'stacks', stacks: this.settings.recordsStacks });
  }

  /** Asks for what changes without an event. */
  poll(): void {
    if (this.state === 'live') this.post({ type: 'poll' });
  }

  /** Ends the connection: the document has been left. */
  end(): void {
    if (this.state !== 'gone') this.close('gone');
  }

  /** The page is another one; what cannot be reached any more has gone with the one before. */
  pageChanged(): void {
    if (this.state === 'lost' || this.state === 'outdated') this.close('gone');
    this.mayBeLeft = true;
  }

  /** Connects again: the document has come back from the back/forward cache, or the user asks for it. */
  resume(): void {
    this.document.isGone = false;
    this.missConnection();
    this.state = 'connecting';
    this.attempts = 0;
    this.connect();
  }

  /** What the document handed over beside its port while it was unloaded; what has come through the port, too, has numbers that are known. */
  takeLastWords(message: unknown): void {
    const read = readPageMessage(message);
    if (read?.type !== 'batch') return;
    this.takeBatch(read);
    clearTimeout(this.lastWords);
    // Batches come one right after the other, up to one without its frames.
    if (read.frames && inFlight(this.progress) > 0)
      this.lastWords = setTimeout(() => this.endWords(), LAST_WORDS_APART);
    else this.endWords();
    this.onChange();
  }

  /** No more last words are waited for. */
  private endWords(): void {
    if (this.state !== 'gone') return;
    this.recorder.takeEnd(this.document, this.progress);
    this.onChange();
  }

  private attach(document: string): void {
    if (document !== this.document.identity.document) {
      this.close('gone'); // the frame has gone on to another document
      if (!this.document.identity.isWorker) this.onSuccessor(document);
      return;
    }
    this.session = crypto.randomUUID();
    const { nextSeq } = this.progress;
    this.shares.join(this);
    this.post({
      type: 'attach',
      session: this.session,
      version: PROTOCOL_VERSION,
      from: nextSeq,
      stacks: this.settings.recordsStacks,
      withheld: this.withheld,
    });
    this.onChange();
  }

  private handle(message: PageMessage | RelayMessage): void {
    this.mayBeLeft = false;
    switch (message.type) {
      case 'hello':
        this.welcome(message.session, message.version);
        break;
      case 'batch':
        if (!this.inSession) return;
        this.takeBatch(message);
        this.acknowledgements.take(message.credit);
        break;
      case 'content':
        if (!this.inSession) return;
        this.recorder.list.takeContent(this.progress, message);
        this.acknowledgements.take(message.credit);
        break;
      case 'result':
        this.commands.answer(message.id, message.refusal);
        break;
      case 'replaced':
        this.close('replaced');
        break;
      case 'ended':
        this.close('gone');
        break;
      case 'undeliverable':
        // The hole that it leaves shows in the sequence numbers of what comes next.
        if (this.inSession && message.credit) this.acknowledgements.take(message.credit);
        break;
    }
    this.onChange();
  }

  private welcome(session: string, version: number): void {
    if (session !== this.session && session !== LAST_WORDS) return;
    if (version !== PROTOCOL_VERSION) {
      this.close('outdated');
      return;
    }
    this.recorder.list.restartContents(this.progress);
    this.inSession = true;
    this.attempts = 0;
    this.state = 'live';
  }

  private takeBatch(batch: Extract<PageMessage, { type: 'batch' }>): void {
    const { document, progress, recorder } = this;
    this.hasHeard = true;
    progress.observed = Math.max(progress.observed, batch.observed);
    recorder.updateSockets(document, batch.sockets);
    recorder.takeCounts(document, progress, batch.counts);
    if (batch.frames) recorder.takeFrames(document, progress, batch.frames);
    this.acknowledgements.countBatch(batch.frames?.kinds.length ?? 0);
    if (batch.frames) progress.gapReason = 'over-credit';
  }

  private acknowledge({ messages, bytes }: Credit): void {
    if (!this.inSession) return;
    this.post({ type: 'ack', seq: this.progress.nextSeq - 1, messages, bytes: bytes - this.withheld });
  }

  /** Bytes of its credit that this document must leave unused. */
  private get withheld(): number {
    return this.shares.withheld(this.recorder.list.awaitsContents(this.progress));
  }

  /** @returns why the message could not be posted; undefined also if there is no port, which has been dealt with */
  private post(message: PanelMessage): string | undefined {
    return this.port?.post(message);
  }

  /** Firefox stops its background at will, and a frame that comes back from history has lost its port. */
  private disconnected(): void {
    this.port = undefined;
    this.state = 'connecting';
    this.shares.leave(this);
    this.commands.giveUp();
    this.missConnection();
    const { frameId, isWorker } = this.document.identity;
    const isChild = frameId !== 0 || isWorker;
    const delay = RECONNECT_DELAYS[this.attempts++];
    if (isChild && this.attempts > CHILD_ATTEMPTS) this.close('gone');
    else if (delay === undefined) this.close(this.mayBeLeft ? 'gone' : 'lost');
    else setTimeout(() => this.state === 'connecting' && !this.port && this.connect(), delay);
    this.onChange();
  }

  /** What a hole in front of the next frames will be due to. */
  private missConnection(): void {
    if (this.progress.nextSeq > 1) this.progress.gapReason = 'disconnected';
  }

  private close(state: LinkState): void {
    const { port } = this;
    this.state = state;
    this.port = undefined;
    this.shares.leave(this);
    this.document.isGone ||= state === 'gone' || state === 'lost';
    if (state === 'gone') this.recorder.takeEnd(this.document, this.progress);
    // What was to follow rows that are here goes to the other panel, and is not sent twice.
    else if (state === 'replaced') this.recorder.list.end(this.progress);
    this.commands.giveUp();
    port?.close();
    this.onChange();
  }
}
