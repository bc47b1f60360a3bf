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

// The polyfill is too heavy for a script that runs in every page; what is used here is the same in all browsers.
export const { runtime } = ((globalThis as Record<string, unknown>).browser ??
  (globalThis as Record<string, unknown>).chrome) as { runtime: Runtime.Static };

/** In Firefox it stays with the installation, and no page can know it. */
export const OWN_ADDRESS = runtime.getURL('');
export const IS_FIREFOX = OWN_ADDRESS.startsWith('moz-');

/** bytes that a document hands over as it is left for nobody in particular; of more the panel learns only that there were such */
const MOST_WORDS = 256 * 1024;

/** One document, or one worker of it, on the way between its hook and the panel. It looks into no message, and only joins those that a port had to carry in parts. */
export class Endpoint {
  readonly name = secret();
  /** Where the document is older than the extension: ms since the epoch from which on it is captured. */
  since: number | undefined = undefined;
  /** The document is being left. */
  isLeaving = false;
  private panel: Runtime.Port | undefined = undefined;
  private encoded = false;

  constructor(private readonly toPage: (message: PanelMessage) => void) {}

  toPanel(message: PageMessage | RelayMessage): void {
    const { panel } = this;
    if (!panel) return this.leaveWords(message);
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

  /** A document can be left before a panel has found it. Whether there is one, nobody knows. */
  private leaveWords(message: PageMessage | RelayMessage): void {
    if (!this.isLeaving) return;
    const isLarge = message.type === 'batch' && message.credit.bytes > MOST_WORDS;
    const words = isLarge ? { ...message, frames: undefined } : message;
    // What Firefox shows of an object of the page can be cloned, as it clones messages anyway, but not be gone through like one of ours.
    send({ type: 'framescope-last-words', document: this.name, message: IS_FIREFOX ? words : encode(words) });
    this.toPage({ type: 'detach' }); // it may come back
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

  announce(worker?: string): void {
    send({ type: 'framescope-document', document: this.name, worker, since: this.since });
  }

  /** Who looks for the document that was in this frame before is told which one is here now, and changes nothing. */
  private open(port: Runtime.Port, opening: PortOpening): void {
    if (opening.document === this.name) {
      if (this.panel) dismiss(this.panel);
      this.panel = port;
      this.encoded = !carriesBytes(opening);
    }
    port.postMessage(portOpening(this.name));
  }
}

/** Nobody may be listening, and the extension may be gone: neither is of interest to the page. */
function send(message: Announcement | LastWords): void {
  try {
    runtime.sendMessage(message).catch(() => undefined);
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
    // nobody is there to be told
  }
}
