import type { BrowserName } from '../../scripts/devtools/driver.ts';

/** What a page observes, as far as JSON can say it. */
export type Seen = null | boolean | number | string | readonly Seen[] | { readonly [name: string]: Seen };

/**
 * What cases use beside the platform itself. It is made in each page before the case runs, by {@link makeKit}.
 */
export interface Kit {
  /** The address of a socket on the server that serves the page. */
  url(path: string): string;
  /** Notes that something has happened, and gives a value. */
  note<T>(log: string[], what: string, value: T): T;
  /** Anything in words: values of all types, errors, events, buffers. */
  show(value: unknown): Seen;
  /** What a call gives or throws. */
  attempt(work: () => unknown): Seen;
  /** What a promise gives or is rejected with. */
  settled(work: () => Promise<unknown>): Promise<Seen>;
  /** The descriptor of an own property, in words. */
  property(object: object, key: PropertyKey): Seen;
  /** Names and symbols of the own properties, in their order. */
  keys(object: object): string[];
  /** Waits for one event. */
  next(target: EventTarget, type: string): Promise<Event>;
  /** An open socket. */
  open(path: string, protocols?: string | string[]): Promise<WebSocket>;
  /** The WebSocketStream and the WebSocketError of Chromium. */
  streams(): StreamGlobals;
  /** An open WebSocketStream. */
  openStream(path: string): Promise<OpenStream>;
  /** Waits until all that is to happen at once has happened. */
  pause(): Promise<void>;
  /** Sends something to an echo and waits for what comes back. */
  echo(socket: WebSocket, data: unknown): Promise<Seen>;
  /** Waits for the next so many messages. */
  messages(socket: WebSocket, count: number): Promise<Seen[]>;
  /** Closes the socket and waits for the end. */
  end(socket: WebSocket, code?: number, reason?: string): Promise<Seen>;
  /** Waits until sockets of a document that was just loaded can be relied upon; {@link whenArrived}. */
  arrived(realm: Window): Promise<void>;
  /** Loads another document of the same server into a frame. */
  frame(): Promise<Window & typeof globalThis>;
  /** The stack of an error, a frame a line, without the kit's own. */
  stack(error: unknown): string[];
}

/** What a WebSocketStream has opened. https://websockets.spec.whatwg.org/#dictdef-websocketopeninfo */
export interface OpenStream {
  readonly stream: Stream;
  readonly readable: ReadableStream<unknown>;
  readonly writable: WritableStream<unknown>;
  readonly protocol: string;
  readonly extensions: string;
}

/** https://websockets.spec.whatwg.org/#the-websocketstream-interface */
export interface Stream {
  readonly url: string;
  readonly opened: Promise<Omit<OpenStream, 'stream'>>;
  readonly closed: Promise<unknown>;
  close(info?: { readonly closeCode?: number; readonly reason?: string }): void;
}

/** Globals of Chromium. */
export interface StreamGlobals {
  readonly WebSocketStream: {
    new (url: string, options?: { protocols?: readonly string[]; signal?: AbortSignal }): Stream;
    readonly prototype: Stream;
  };
  readonly WebSocketError: new (
    message: string,
    init?: { readonly closeCode?: number; readonly reason?: string },
  ) => Error;
}

/** One case: runs in the page, is passed by its source and must not use anything but its argument and the platform. */
export type Run = (kit: Kit) => Seen | Promise<Seen>;

/** Cases about one section of the standard, by what they are about. */
export interface Section {
  readonly title: string;
  /** Those that have what it is about; all if left out. */
  readonly browsers?: readonly BrowserName[];
  readonly cases: Readonly<Record<string, Run>>;
  /** Those after which a page is not what it was: no other case can run there. */
  readonly spoiling?: readonly string[];
}

/** Runs in the page. */
export function makeKit(arrived: Kit['arrived']): Kit {
  // Pages replace it.
  const Native = WebSocket;
  const tag = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);
  const bytesOf = (buffer: ArrayBufferLike, offset: number, length: number) => [
    ...new Uint8Array(buffer, offset, length),
  ];

  function showError(error: Error): Seen {
    const realm = error instanceof Error ? 'own' : 'foreign';
    const code = 'code' in error ? (error.code as number) : null;
    const own = keys(error).filter((key) => key !== 'stack');
    return { type: tag(error), name: error.name, message: error.message, code, realm, own };
  }

  function showEvent(event: Event): Seen {
    const seen: Record<string, Seen> = {};
    for (const key of ['type', 'isTrusted', 'bubbles', 'cancelable', 'composed', 'eventPhase'] as const)
      seen[key] = event[key];
    for (const key of ['data', 'origin', 'lastEventId', 'ports', 'code', 'reason', 'wasClean', 'source'])
      if (key in event) seen[key] = show((event as unknown as Record<string, unknown>)[key]);
    seen.target = show(event.target);
    seen.currentTarget = show(event.currentTarget);
    seen.interface = event.constructor.name;
    return seen;
  }

  function showObject(value: object): Seen {
    if (ArrayBuffer.isView(value))
      return { view: tag(value), bytes: bytesOf(value.buffer, value.byteOffset, value.byteLength) };
    if (value instanceof ArrayBuffer) return { buffer: bytesOf(value, 0, value.byteLength) };
    if (value instanceof Blob) return { blob: value.size, type: value.type };
    if (['Error', 'DOMException'].includes(tag(value))) return showError(value as Error);
    if (value instanceof Native) return `socket in state ${value.readyState}`;
    if (value instanceof Event) return showEvent(value);
    if (Array.isArray(value)) return value.map(show);
    if ([Object.prototype, null].includes(Object.getPrototypeOf(value)))
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, show(item)]));
    return `[${tag(value)}]`;
  }

  function show(value: unknown): Seen {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : `number ${value}`;
      case 'function':
        return `function ${value.name}/${value.length}`;
      case 'object':
        return value === null ? null : showObject(value);
      default:
        return `${typeof value} ${String(value)}`;
    }
  }

  function keys(object: object): string[] {
    return Reflect.ownKeys(object).map(String);
  }

  function attempt(work: () => unknown): Seen {
    try {
      return { returned: show(work()) };
    } catch (error) {
      return { threw: show(error) };
    }
  }

  async function settled(work: () => Promise<unknown>): Promise<Seen> {
    try {
      return { returned: show(await work()) };
    } catch (error) {
      return { threw: show(error) };
    }
  }

  const next = (target: EventTarget, type: string) =>
    new Promise<Event>((resolve) => target.addEventListener(type, resolve, { once: true }));
  const url = (path: string) => `ws://${location.host}${path}`;

  return {
    url,
    note(log, what, value) {
      log.push(what);
      return value;
    },
    show,
    attempt,
    settled,
    property(object, key) {
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      return descriptor ? show(descriptor) : 'none';
    },
    keys,
    next,
    arrived,
    async open(path, protocols = []) {
      const socket = new WebSocket(url(path), protocols);
      socket.binaryType = 'arraybuffer';
      await next(socket, 'open');
      return socket;
    },
    streams: () => globalThis as unknown as StreamGlobals,
    async openStream(path) {
      const { WebSocketStream } = globalThis as unknown as StreamGlobals;
      const stream = new WebSocketStream(url(path));
      const { readable, writable, protocol, extensions } = await stream.opened;
      return { stream, readable, writable, protocol, extensions };
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, 50)),
    async echo(socket, data) {
      const answer = next(socket, 'message');
      socket.send(data as string);
      return show(((await answer) as MessageEvent).data);
    },
    messages(socket, count) {
      return new Promise((resolve) => {
        const seen: Seen[] = [];
        const listen = ({ data }: MessageEvent) => {
          seen.push(show(data));
          if (seen.length < count) return;
          socket.removeEventListener('message', listen);
          resolve(seen);
        };
        socket.addEventListener('message', listen);
      });
    },
    async end(socket, ...args) {
      const close = next(socket, 'close');
      socket.close(...args);
      return show(await close);
    },
    async frame() {
      const frame = document.createElement('iframe');
      frame.src = '/blank';
      document.body.append(frame);
      await next(frame, 'load');
      const realm = frame.contentWindow as Window & typeof globalThis;
      await arrived(realm);
      return realm;
    },
    stack: (error) => String((error as Error).stack).split('\n'),
  };
}
