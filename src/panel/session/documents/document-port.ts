import { inParts } from '../../../protocol/command-parts.ts';
import { readPageMessage } from '../../../protocol/guards.ts';
import type { PageMessage, PanelMessage, RelayMessage } from '../../../protocol/messages.ts';
import { carriesBytes, decode, encode, isPortOpening, portOpening } from '../../../protocol/wire.ts';
import type { BridgePort } from '../browser/bridge.ts';

/** Who is told what happens at a {@link DocumentPort}. */
export interface DocumentPortHost {
  /** The content script has answered. @param document that it runs in, which may be a later one of the same frame */
  opened(document: string): void;
  /** A message has arrived and has the right form. */
  received(message: PageMessage | RelayMessage): void;
  disconnected(): void;
}

/**
 * A port to a content script: checks what arrives, encodes bytes where the browser's ports cannot carry them, and splits what is too
 * large for one message.
 */
export class DocumentPort {
  private isEncoded = false;

  constructor(
    private readonly port: BridgePort,
    private readonly host: DocumentPortHost,
  ) {
    port.onMessage((message) => this.receive(message));
    port.onDisconnect(() => host.disconnected());
  }

  /** Asks the content script of a document to answer. */
  open(document: string): void {
    this.port.post(portOpening(document));
  }

  /** @returns why the message could not be posted: the port is gone (the host is told of that next), or the message is too large */
  post(message: PanelMessage): string | undefined {
    try {
      for (const part of inParts(message)) this.port.post(this.isEncoded ? encode(part) : part);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  close(): void {
    this.port.close();
  }

  private receive(message: unknown): void {
    if (isPortOpening(message)) {
      this.isEncoded = !carriesBytes(message);
      this.host.opened(message.document);
      return;
    }
    const read = readPageMessage(this.isEncoded ? decode(message) : message);
    if (read) this.host.received(read);
  }
}
