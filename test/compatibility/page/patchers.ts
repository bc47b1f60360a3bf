/**
 * What other scripts do to WebSocket, in the manners that are met in the field. Each function is used from its source too (as a
 * content script and inline), and so stands alone.
 */

interface SeenByPatcher {
  /** What the patchers saw of the page's sockets. */
  patcherLog?: string[];
}

/** The old manner: a function that creates a socket and puts its own `send` on it. */
function functionWrapper(): void {
  const seen = window as SeenByPatcher;
  seen.patcherLog ??= [];
  const log = seen.patcherLog;
  const Native = window.WebSocket;
  function Wrapped(this: unknown, url: string, protocols?: string | string[]) {
    const socket = protocols === undefined ? new Native(url) : new Native(url, protocols);
    const { send } = socket;
    socket.send = function (this: WebSocket, ...args: [string]) {
      log.push('function send');
      return send.apply(this, args);
    };
    socket.addEventListener('message', () => log.push('function message'));
    return socket;
  }
  Wrapped.prototype = Native.prototype;
  Object.assign(Wrapped, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
  window.WebSocket = Wrapped as unknown as typeof WebSocket;
}

/** As monitoring agents do now: a subclass that looks like the native one. */
function subclass(): void {
  const seen = window as SeenByPatcher;
  seen.patcherLog ??= [];
  const log = seen.patcherLog;
  const Native = window.WebSocket;
  class Monitored extends Native {
    static override toString() {
      return Native.toString();
    }
    constructor(...args: [string | URL, (string | string[])?]) {
      super(...args);
      for (const type of ['open', 'message', 'error', 'close']) {
        this.addEventListener(type, (event) => log.push(`subclass ${type} ${event.isTrusted}`));
      }
    }
    override send(...args: [string]) {
      log.push('subclass send');
      super.send(...args);
    }
    override close(...args: [number?, string?]) {
      log.push('subclass close');
      super.close(...args);
    }
  }
  Object.defineProperty(Monitored, 'name', { value: 'WebSocket' });
  window.WebSocket = Monitored;
}

/** Wraps only what is still native, as agents do that fear to wrap twice. */
function nativeOnly(): void {
  const seen = window as SeenByPatcher;
  seen.patcherLog ??= [];
  const log = seen.patcherLog;
  const isNative = (value: unknown) =>
    typeof value === 'function' && /\{\s*\[native code\]\s*\}/.test(Function.prototype.toString.call(value));
  const prototype = window.WebSocket.prototype;
  const { send } = prototype;
  log.push(`native constructor ${isNative(window.WebSocket)}, send ${isNative(send)}`);
  if (!isNative(send) || !isNative(window.WebSocket)) return;
  prototype.send = function (this: WebSocket, ...args: [string]) {
    log.push('native-only send');
    return send.apply(this, args);
  };
  const Native = window.WebSocket;
  window.WebSocket = new Proxy(Native, {
    construct(target, args, newTarget) {
      log.push(`native-only construct ${args.length}`);
      return Reflect.construct(target, args, newTarget);
    },
  });
}

/** A Proxy like Framescope's own, by someone else. */
function proxyWrapper(): void {
  const seen = window as SeenByPatcher;
  seen.patcherLog ??= [];
  const log = seen.patcherLog;
  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, args, newTarget) {
      const socket = Reflect.construct(target, args, newTarget === window.WebSocket ? target : newTarget);
      socket.addEventListener('message', () => log.push('proxy message'));
      return socket;
    },
  });
}

/** Hands out a Proxy of each socket in place of the socket. */
function proxiedSockets(): void {
  const seen = window as SeenByPatcher;
  seen.patcherLog ??= [];
  const log = seen.patcherLog;
  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, args, newTarget) {
      const socket = Reflect.construct(target, args, newTarget === window.WebSocket ? target : newTarget);
      return new Proxy(socket, {
        get(real, key) {
          const value: unknown = Reflect.get(real, key, real);
          if (key === 'send') log.push('proxied send');
          return typeof value === 'function' ? value.bind(real) : value;
        },
        set: (real, key, value) => Reflect.set(real, key, value, real),
      });
    },
  });
}

/** A class of its own that has a socket and is none. */
function emulation(): void {
  const seen = window as SeenByPatcher;
  seen.patcherLog ??= [];
  const log = seen.patcherLog;
  const Native = window.WebSocket;
  class Emulated extends EventTarget {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly #socket: WebSocket;
    [handler: `on${string}`]: ((event: Event) => void) | undefined;
    constructor(...args: [string, string[]?]) {
      super();
      this.#socket = new Native(...args);
      for (const type of ['open', 'message', 'error', 'close']) {
        this.#socket.addEventListener(type, (event) => {
          const init = event instanceof MessageEvent ? { data: event.data } : { ...event };
          const copy =
            event instanceof CloseEvent
              ? new CloseEvent('close', { code: event.code, reason: event.reason, wasClean: event.wasClean })
              : new MessageEvent(type, init);
          this.dispatchEvent(copy);
          this[`on${type}`]?.(copy);
        });
      }
    }
    get url() {
      return this.#socket.url;
    }
    get readyState() {
      return this.#socket.readyState;
    }
    get protocol() {
      return this.#socket.protocol;
    }
    get extensions() {
      return this.#socket.extensions;
    }
    get bufferedAmount() {
      return this.#socket.bufferedAmount;
    }
    get binaryType() {
      return this.#socket.binaryType;
    }
    set binaryType(value) {
      this.#socket.binaryType = value;
    }
    send(...args: [string]) {
      log.push('emulated send');
      this.#socket.send(...args);
    }
    close(...args: [number?, string?]) {
      this.#socket.close(...args);
    }
  }
  window.WebSocket = Emulated as unknown as typeof WebSocket;
}

/** Replaces the method on the prototype by assignment, keeping the original on the wrapper. */
function filledSend(): void {
  const seen = window as SeenByPatcher;
  seen.patcherLog ??= [];
  const log = seen.patcherLog;
  const original = window.WebSocket.prototype.send;
  const wrapped = function (this: WebSocket, ...args: [string]) {
    log.push('filled send');
    return original.apply(this, args);
  };
  window.WebSocket.prototype.send = Object.assign(wrapped, { __original__: original });
}

/** Reads along through `MessageEvent.prototype.data`, `addEventListener` and the setter of `onmessage`. */
function sniffer(): void {
  const seen = window as SeenByPatcher;
  seen.patcherLog ??= [];
  const log = seen.patcherLog;
  const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
  Object.defineProperty(MessageEvent.prototype, 'data', {
    ...data,
    get(this: MessageEvent) {
      if (this.currentTarget instanceof WebSocket) log.push('data read');
      return data?.get?.call(this);
    },
  });
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (
    this: EventTarget,
    ...args: Parameters<typeof addEventListener>
  ) {
    if (this instanceof WebSocket) log.push(`listener for ${args[0]}`);
    return addEventListener.apply(this, args);
  };
  const onmessage = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
  Object.defineProperty(WebSocket.prototype, 'onmessage', {
    ...onmessage,
    set(this: WebSocket, handler: unknown) {
      log.push(`onmessage ${typeof handler}`);
      onmessage?.set?.call(this, handler);
    },
  });
}

/** Puts the constructor behind a getter that cannot be changed any more. */
function lockedGetter(): void {
  const Native = window.WebSocket;
  const seen = window as SeenByPatcher;
  seen.patcherLog ??= [];
  const log = seen.patcherLog;
  const reads = () => {
    log.push('constructor read');
    return Native;
  };
  Object.defineProperty(window, 'WebSocket', { get: reads, enumerable: false, configurable: false });
}

function frozenPrototype(): void {
  Object.freeze(window.WebSocket.prototype);
}

function frozenAll(): void {
  Object.freeze(window.WebSocket);
  Object.freeze(window.WebSocket.prototype);
  Object.freeze(EventTarget.prototype);
  Object.freeze(Function.prototype);
  Object.defineProperty(window, 'WebSocket', { writable: false, configurable: false });
}

export const patchers = {
  functionWrapper,
  subclass,
  nativeOnly,
  proxyWrapper,
  proxiedSockets,
  emulation,
  filledSend,
  sniffer,
  lockedGetter,
  frozenPrototype,
  frozenAll,
} as const;

export type PatcherName = keyof typeof patchers;
