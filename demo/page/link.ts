import type { Card } from './card.ts';

/** What a card does with its line. */
export interface LinkEvents {
  readonly open?: () => void;
  readonly message: (data: string | Uint8Array<ArrayBuffer>) => void;
  /** Called after the card has shown why; `asked` is true if the user disconnected. */
  readonly closed?: (event: CloseEvent, asked: boolean) => void;
}

/** The plain WebSocket of a card: shows its state, counts its messages, and can be opened again and again. */
export class Link {
  readonly #card: Card;
  readonly #address: string;
  readonly #events: LinkEvents;
  #socket: WebSocket | undefined;
  #asked = false;

  constructor(card: Card, address: string, events: LinkEvents) {
    this.#card = card;
    this.#address = address;
    this.#events = events;
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    if (this.#socket === undefined) this.adopt(new WebSocket(this.#address));
  }

  /** Takes over a socket that somebody else opened, with the messages that came before. */
  adopt(socket: WebSocket, early: readonly (string | ArrayBuffer)[] = []): void {
    this.#socket = socket;
    this.#asked = false;
    socket.binaryType = 'arraybuffer';
    if (socket.readyState === WebSocket.OPEN) this.#opened();
    else this.#card.setState('connecting');
    for (const data of early) this.#received(data);
    socket.onopen = () => this.#opened();
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.#received(event.data);
    socket.onclose = (event) => this.#closed(event);
    // Also for a socket that ended before it could be taken over.
    if (socket.readyState === WebSocket.CLOSED) this.#closed(new CloseEvent('close', { code: 1006 }));
  }

  disconnect(): void {
    this.#asked = true;
    this.#socket?.close(1000, 'Disconnected by the user');
  }

  /** Sends a message; false when the line is not open. */
  send(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    this.#card.countSent();
    return true;
  }

  /** Sends `message` as JSON text; false when the line is not open. */
  sendJson(message: object): boolean {
    return this.send(JSON.stringify(message));
  }

  #opened(): void {
    this.#card.setState('open');
    this.#events.open?.();
  }

  #received(data: string | ArrayBuffer): void {
    this.#card.countReceived();
    this.#events.message(typeof data === 'string' ? data : new Uint8Array(data));
  }

  #closed(event: CloseEvent): void {
    this.#socket = undefined;
    if (this.#asked) this.#card.setState('closed', `Closed by you (${event.code})`);
    else this.#card.setState('failed', describeClose(event));
    this.#events.closed?.(event, this.#asked);
  }
}

/** The end of a line in words. */
export function describeClose({ code, reason }: CloseEvent): string {
  if (code === 1006) return 'Closed 1006, no close frame';
  return reason === '' ? `Closed ${code}` : `Closed ${code}: ${reason}`;
}

/** The address of a service of the demo. */
export function address(path: string): string {
  return `ws://${location.host}${path}`;
}
