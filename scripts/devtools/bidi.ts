import WebSocket from 'ws';
import { within } from './poll.ts';

/** A command that the browser refused. */
export class BidiError extends Error {
  override readonly name = 'BidiError';
}

interface Reply {
  readonly type: 'success' | 'error' | 'event';
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
  readonly stacktrace?: string;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A WebDriver BiDi connection. Only commands: nothing here needs events. */
export class BidiConnection {
  readonly #socket: WebSocket;
  readonly #timeout: number;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  private constructor(socket: WebSocket, timeout: number) {
    this.#socket = socket;
    this.#timeout = timeout;
    socket.on('message', (data) => this.#settle(JSON.parse(String(data)) as Reply));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('Firefox has closed the connection to its driver')));
  }

  /**
   * Connects to a browser.
   * @param url the `ws:` address the browser listens on
   * @param timeout most milliseconds for connecting and for each command
   */
  static async connect(url: string, timeout: number): Promise<BidiConnection> {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0 });
    const open = new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    await within(timeout, 'connect to Firefox', open);
    return new BidiConnection(socket, timeout);
  }

  /**
   * Sends a command and waits for its result.
   * @throws {BidiError} when the browser refuses it
   * @throws {TimeoutError} when the browser does not answer in time
   */
  async send<T>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#lastId;
    const result = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }), (error) => error && reject(error));
    });
    try {
      return (await within(this.#timeout, `get an answer to ${method}`, result)) as T;
    } finally {
      this.#waiting.delete(id);
    }
  }

  close(): void {
    this.#socket.close();
  }

  #settle(reply: Reply): void {
    const waiting = reply.id === undefined ? undefined : this.#waiting.get(reply.id);
    if (reply.type === 'error') waiting?.reject(new BidiError(`${reply.error}: ${reply.message}`));
    else waiting?.resolve(reply.result);
  }

  #fail(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
