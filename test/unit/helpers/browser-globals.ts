/**
 * Stand-ins for what a page has and Node has not. `src/page/natives/natives.ts` reads these when it is imported, so this module must be
 * imported before anything of `src/page`; `page.ts` beside it does so.
 */

const bytesOfBlobs = new WeakMap<Blob, Uint8Array<ArrayBuffer>>();

/** A Blob whose contents a {@link FakeFileReader} can read without waiting. */
export function blobOf(bytes: Uint8Array<ArrayBuffer>): Blob {
  const blob = new Blob([bytes]);
  bytesOfBlobs.set(blob, bytes);
  return blob;
}

const { slice } = Blob.prototype;
Blob.prototype.slice = function sliceReadably(start, end, type) {
  const part = slice.call(this, start, end, type);
  const bytes = bytesOfBlobs.get(this);
  if (bytes) bytesOfBlobs.set(part, bytes.slice(start, end));
  return part;
};

/** A Blob whose file is gone, so that reading it fails. */
export function unreadableBlob(size: number): Blob {
  return new Blob([new Uint8Array(size)]);
}

const readings: (() => void)[] = [];

/** Finishes the readings of Blobs that are under way, in order, and those that begin on that. @returns how many there were */
export function finishReadings(): number {
  let finished = 0;
  for (let finish = readings.shift(); finish; finish = readings.shift(), finished++) finish();
  return finished;
}

class FakeFileReader extends EventTarget {
  #result: ArrayBuffer | null = null;

  get result(): ArrayBuffer | null {
    return this.#result;
  }

  readAsArrayBuffer(blob: Blob): void {
    readings.push(() => {
      this.#result = bytesOfBlobs.get(blob)?.slice().buffer ?? null;
      this.dispatchEvent(new Event('loadend'));
    });
  }
}

interface Closing {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

class FakeCloseEvent extends Event {
  readonly #closing: Closing;

  constructor(type: string, closing: Closing) {
    super(type);
    this.#closing = closing;
  }

  get code(): number {
    return this.#closing.code;
  }

  get reason(): string {
    return this.#closing.reason;
  }

  get wasClean(): boolean {
    return this.#closing.wasClean;
  }
}

/** An event as the browser itself dispatches it. */
function trusted<Kind extends Event>(event: Kind): Kind {
  return Object.defineProperty(event, 'isTrusted', { value: true });
}

/**
 * A socket without a network: it behaves to the page as the standard says, and its server is whoever calls the methods that begin
 * with `server`. https://websockets.spec.whatwg.org/#the-websocket-interface
 */
export class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  /** What has left for the server. */
  readonly sent: unknown[] = [];
  /** What the browser took for the constructor. */
  readonly constructedAs: unknown;
  readonly #url: string;
  #readyState = 0;
  #protocol = '';
  #extensions = '';
  #binaryType = 'blob';
  #bufferedAmount = 0;
  #onmessage: ((event: Event) => void) | null = null;

  constructor(url: string) {
    super();
    this.constructedAs = new.target;
    if (!URL.canParse(url)) throw new DOMException('The URL is invalid.', 'SyntaxError');
    this.#url = url;
  }

  get url(): string {
    return this.#url;
  }

  get readyState(): number {
    return this.#readyState;
  }

  get protocol(): string {
    return this.#protocol;
  }

  get extensions(): string {
    return this.#extensions;
  }

  get bufferedAmount(): number {
    return this.#bufferedAmount;
  }

  get binaryType(): string {
    return this.#binaryType;
  }

  set binaryType(type: string) {
    this.#binaryType = type;
  }

  get onmessage(): ((event: Event) => void) | null {
    return this.#onmessage;
  }

  set onmessage(listener: ((event: Event) => void) | null) {
    if (!this.#onmessage) this.addEventListener('message', (event) => this.#onmessage?.(event));
    this.#onmessage = listener;
  }

  send(data: unknown): void {
    const message = data instanceof Blob || isBuffer(data) ? data : `${data}`;
    if (this.#readyState === 0) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
    if (this.#readyState === 1) this.sent.push(message);
  }

  close(code?: number, _reason?: string): void {
    if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
      throw new DOMException('The code is not allowed.', 'InvalidAccessError');
    }
    if (this.#readyState < 2) this.#readyState = 2;
  }

  serverOpens(protocol = '', extensions = ''): this {
    this.#readyState = 1;
    this.#protocol = protocol;
    this.#extensions = extensions;
    this.dispatchEvent(trusted(new Event('open')));
    return this;
  }

  serverSends(data: unknown): void {
    this.dispatchEvent(trusted(new MessageEvent('message', { data, origin: new URL(this.#url).origin })));
  }

  serverFails(): void {
    this.dispatchEvent(trusted(new Event('error')));
  }

  serverCloses(code: number, reason = '', wasClean = true): void {
    this.#readyState = 3;
    this.dispatchEvent(trusted(new FakeCloseEvent('close', { code, reason, wasClean })));
  }

  serverLetsBuffer(bytes: number): void {
    this.#bufferedAmount = bytes;
  }
}

function isBuffer(data: unknown): boolean {
  return data instanceof ArrayBuffer || ArrayBuffer.isView(data);
}

const STAND_INS = {
  WebSocket: FakeSocket,
  CloseEvent: FakeCloseEvent,
  FileReader: FakeFileReader,
};

for (const [name, value] of Object.entries(STAND_INS)) {
  Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
}
