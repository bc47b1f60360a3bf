import type { Runtime } from 'webextension-polyfill';
import { type CommandPart, CommandParts } from '../protocol/command-parts.ts';
import type { PageMessage, PanelMessage, RelayMessage } from '../protocol/messages.ts';
import type { Announcement, LastWords } from '../protocol/runtime.ts';
import {
  carriesBytes,
  decode,
  encode,
  isPortOpening,
  type PortOpening,
  portOpening,
} from '../protocol/wire.ts';
import { secret } from './secret.ts';

interface Browser {
  readonly runtime: Runtime.Static;
}

/**
 * The polyfill is too heavy for a script that runs in every page; what is used here is the same in all browsers. The first access takes
 * 0.1 ms or more, so it must not happen before a page's first script.
 */
export function runtime(): Runtime.Static {
  const { browser, chrome } = globalThis as { readonly browser?: Browser; readonly chrome?: Browser };
  return ((browser ?? chrome) as Browser).runtime;
}

/** In Firefox it is random for each installation, and unknown to pages. */
export function ownAddress(): string {
  return runtime().getURL('');
}

function isFirefox(): boolean {
  return ownAddress().startsWith('moz-');
}

/** What Chrome says of a message that nobody listens for, in all languages. In Firefox the background listens. */
const NOBODY = /Receiving end does not exist/;

/** Bytes that a document hands over on unload beside its port; of more, the panel learns only the number of frames. */
const MOST_WORDS = 256 * 1024;

/** The relay of one document, or of one of its workers, between hook and panel. It does not look into messages, and only joins those that were cut into parts. */
export class Endpoint {
  readonly name = secret();
  /** The document is being unloaded. */
  isLeaving = false;
  private panel: Runtime.Port | undefined = undefined;
  private encoded = false;
  /** No panel of any tab was there when the document was announced last. */
  private isAlone = false;
  private announcements = 0;

  constructor(private readonly toPage: (message: PanelMessage) => void) {}

  toPanel(message: PageMessage | RelayMessage): void {
    const { panel } = this;
    if (this.isLeaving) this.leaveWords(message);
    if (!panel) return;
    try {
      panel.postMessage(this.encoded ? encode(message) : message);
    } catch (error) {
      const credit = 'credit' in message ? message.credit : undefined;
      const refusal: RelayMessage = { type: 'undeliverable', message: String(error), credit };
      try {
        panel.postMessage(refusal);
      } catch {
        this.leave(); // the extension was reloaded or removed, of which no event tells
      }
    }
  }

  /**
   * A document can be unloaded before a panel has found it, or after its port is gone: Chrome disconnects the port of one that is left for
   * another site, and the panel that of a busy frame in another process, before the document is told to end. Where no panel has heard of it
   * nobody would hear this, which costs a page milliseconds; a panel that is opened later calls the roll, and is told of the document then.
   */
  private leaveWords(message: PageMessage | RelayMessage): void {
    if (message.type !== 'batch') return;
    if (!this.panel) this.toPage({ type: 'detach' }); // it may come back
    if (this.isAlone) return;
    const isLarge = message.credit.bytes > MOST_WORDS;
    const words = isLarge ? { ...message, frames: undefined } : message;
    // What Firefox shows of an object of the page can be cloned, as it clones messages anyway, but not be gone through like one of ours.
    send({
      type: 'framescope-last-words',
      document: this.name,
      message: isFirefox() ? words : encode(words),
    });
  }

  private passOn(parts: CommandParts, message: unknown): void {
    const whole = parts.take((this.encoded ? decode(message) : message) as PanelMessage | CommandPart);
    if (whole) this.toPage(whole);
  }

  private leave(): void {
    this.panel = undefined;
    this.toPage({ type: 'detach' });
  }

  accept(port: Runtime.Port): void {
    const parts = new CommandParts();
    port.onMessage.addListener((message: unknown) => {
      if (isPortOpening(message)) this.open(port, message);
      else if (port === this.panel) this.passOn(parts, message);
    });
    port.onDisconnect.addListener(() => {
      if (port === this.panel) this.leave();
    });
  }

  announce(what: Pick<Announcement, 'worker' | 'shownAt' | 'since'>): void {
    const number = ++this.announcements;
    this.isAlone = false;
    send({ type: 'framescope-document', document: this.name, ...what }, (reason) => {
      this.isAlone = number === this.announcements && NOBODY.test(String(reason));
    });
  }

  /** A panel that looks for the previous document of this frame is told which one is here now; nothing else changes. */
  private open(port: Runtime.Port, opening: PortOpening): void {
    if (opening.document === this.name) {
      if (this.panel) dismiss(this.panel);
      this.panel = port;
      this.encoded = !carriesBytes(opening);
    }
    port.postMessage(portOpening(this.name));
  }
}

/** There may be no receiver, or the extension may be gone; the page must not notice either. */
function send(message: Announcement | LastWords, failed: (reason: unknown) => void = () => undefined): void {
  try {
    runtime().sendMessage(message).catch(failed);
  } catch {
    // the extension was reloaded or removed
  }
}

/** In Firefox a page that comes back from the back/forward cache still holds a port whose other end is gone. */
function dismiss(port: Runtime.Port): void {
  const farewell: RelayMessage = { type: 'replaced' };
  try {
    port.postMessage(farewell);
    port.disconnect();
  } catch {
    // no receiver
  }
}
