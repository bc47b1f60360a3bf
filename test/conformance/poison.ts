/** Replaces all functions and accessors among an object's own properties, as far as they can be replaced. */
export type Spoil = (name: string, owner: object) => void;

/** Changes built-ins of the page; passed by its source. */
export type Poison = (spoil: Spoil) => void;

/** Before the page's first socket, or while it is open. */
export const MOMENTS = ['before', 'after'] as const;
/** Replaced functions note that they were called, and then do their work or throw. */
export const MODES = ['counting', 'throwing'] as const;

/** What a poisoned page is like. */
export interface Poisoning {
  readonly moment: (typeof MOMENTS)[number];
  readonly mode: (typeof MODES)[number];
}

/**
 * Runs in the page: poisons it, and talks to an echo through sockets without any of the built-ins it has poisoned. What it
 * reports is a line for each thing it saw and for each call of a replaced function, whoever called.
 */
export function talkPoisoned(report: (outcome: string) => void, poison: Poison, poisoning: Poisoning): void {
  const { apply, construct, ownKeys, defineProperty, getOwnPropertyDescriptor, setPrototypeOf } = Reflect;
  const { stringify } = JSON;
  const text = String;
  const fail = Error;
  const Socket = WebSocket;
  const Bytes = Uint8Array;
  const Data = Blob;
  const Buffer = ArrayBuffer;
  const { send, close } = Socket.prototype;
  const { addEventListener } = EventTarget.prototype;
  const getter = (owner: object, key: string) => getOwnPropertyDescriptor(owner, key)?.get as () => unknown;
  const data = getter(MessageEvent.prototype, 'data');
  const code = getter(CloseEvent.prototype, 'code');
  const reason = getter(CloseEvent.prototype, 'reason');
  const size = getter(Data.prototype, 'size');
  const byteLength = getter(Buffer.prototype, 'byteLength');
  const readyState = getter(Socket.prototype, 'readyState');
  const setBinaryType = getOwnPropertyDescriptor(Socket.prototype, 'binaryType')?.set as () => void;
  const domMessage = getter(DOMException.prototype, 'message');
  const bytes = Bytes.of(1, 2, 3);
  const blob = new Data(['blob']);
  const url = `ws://${location.host}/echo`;
  let seen = '';
  let isPoisoned = false;

  function note(what: string): void {
    seen += `${what}\n`;
  }

  /** A function in the place of another. It can be called and constructed. */
  function inPlaceOf(name: string, original: () => unknown): () => unknown {
    return function replaced(this: unknown, ...args: unknown[]): unknown {
      if (!isPoisoned) return apply(original, this, args as []);
      note(`called ${name}`);
      if (poisoning.mode === 'throwing') throw new fail(`poisoned ${name}`);
      if (new.target) return construct(original, args, original);
      return apply(original, this, args as []);
    };
  }

  function spoiled(name: string, descriptor: PropertyDescriptor): PropertyDescriptor {
    setPrototypeOf(descriptor, null);
    if (typeof descriptor.value === 'function') descriptor.value = inPlaceOf(name, descriptor.value);
    if (descriptor.get) descriptor.get = inPlaceOf(`get ${name}`, descriptor.get);
    if (descriptor.set) descriptor.set = inPlaceOf(`set ${name}`, descriptor.set as () => unknown);
    return descriptor;
  }

  function spoil(name: string, owner: object): void {
    const keys = ownKeys(owner);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as string;
      const descriptor = getOwnPropertyDescriptor(owner, key);
      if (key === 'constructor' || key === 'prototype' || !descriptor) continue;
      if (descriptor.configurable || descriptor.writable)
        defineProperty(owner, key, spoiled(`${name}.${text(key)}`, descriptor));
    }
  }

  function attempt(what: string, work: () => unknown): void {
    try {
      note(`${what}: ${work()}`);
    } catch (error) {
      const own = getOwnPropertyDescriptor(error as Error, 'message');
      note(`${what} threw ${own ? text(own.value) : apply(domMessage as never, error, [])}`);
    }
  }

  function describe(value: unknown): string {
    if (typeof value === 'string') return `text ${value}`;
    try {
      return `buffer of ${apply(byteLength as never, value, [])}`;
    } catch {
      return `blob of ${apply(size as never, value, [])}`;
    }
  }

  function poisonAll(): void {
    poison(spoil);
    isPoisoned = true;
  }

  function listen(socket: WebSocket, type: string, listener: (event: Event) => void): void {
    apply(addEventListener as never, socket, [type, listener]);
  }

  function talk(name: string, done: () => void, opened: () => void): void {
    const socket = new Socket(url, name);
    let step = 0;
    apply(setBinaryType as never, socket, ['arraybuffer']);
    attempt(`${name} sends early`, () => apply(send, socket, ['early']));
    const say = (message: unknown) =>
      attempt(`${name} sends`, () => apply(send, socket, [message as string]));
    listen(socket, 'open', () => {
      note(`${name} open`);
      opened();
      say('text');
    });
    listen(socket, 'message', (event) => {
      note(`${name} got ${describe(apply(data as never, event, []))}`);
      step++;
      if (step === 1) say(bytes);
      else if (step === 2) say(blob);
      else if (step === 3) {
        apply(setBinaryType as never, socket, ['blob']);
        say(bytes);
      } else if (step === 4) say({ toString: () => 'object' });
      else {
        attempt(`${name} closes wrongly`, () => apply(close, socket, [7]));
        attempt(`${name} closes`, () => apply(close, socket, [4000, 'why']));
      }
    });
    listen(socket, 'error', () => note(`${name} error`));
    listen(socket, 'close', (event) => {
      note(`${name} closed ${apply(code as never, event, [])} ${apply(reason as never, event, [])}`);
      attempt(`${name} sends late`, () => apply(send, socket, ['late']));
      note(`${name} in state ${apply(readyState as never, socket, [])} with ${ownKeys(socket).length} keys`);
      done();
    });
  }

  function end(): void {
    isPoisoned = false;
    report(stringify(seen));
  }

  if (poisoning.moment === 'before') poisonAll();
  talk(
    'first',
    () => {
      attempt('constructs with a list', () => apply(close, new Socket(url, ['a', 'b']), []));
      attempt('constructs with a wrong URL', () => new Socket('ws://['));
      attempt('constructs without new', () => apply(Socket as never, undefined, [url]));
      attempt('sends with a wrong this', () => apply(send, {}, ['text']));
      attempt('closes with a wrong this', () => apply(close, {}, []));
      talk('second', end, () => {});
    },
    () => {
      if (poisoning.moment === 'after') poisonAll();
    },
  );
}

/** What is poisoned, one thing a page. */
export const POISONS: Readonly<Record<string, Poison>> = {
  Array: (spoil) => {
    spoil('Array', Array);
    spoil('Array.prototype', Array.prototype);
    spoil('iterator', Object.getPrototypeOf([][Symbol.iterator]()) as object);
  },
  'indices of Array.prototype': () => {
    for (let index = 0; index < 50; index++)
      Object.defineProperty(Array.prototype, index, {
        configurable: true,
        get: () => {
          throw new Error('poisoned getter');
        },
        set: () => {
          throw new Error('poisoned setter');
        },
      });
  },
  Object: (spoil) => {
    spoil('Object', Object);
    spoil('Object.prototype', Object.prototype);
  },
  'names on Object.prototype': (spoil) => {
    const names = [
      ...[
        'get',
        'set',
        'value',
        'writable',
        'enumerable',
        'configurable',
        'construct',
        'apply',
        'has',
        'then',
      ],
      ...['ports', 'data', 'origin', 'source', 'bubbles', 'cancelable', 'composed', 'detail', 'lastEventId'],
      ...[
        'capture',
        'once',
        'passive',
        'signal',
        'stack',
        'type',
        'endings',
        'maxByteLength',
        'transfer',
        'cause',
      ],
      ...[
        'toJSON',
        'next',
        'done',
        'return',
        'index',
        'input',
        'groups',
        'flags',
        'deleteProperty',
        'ownKeys',
      ],
      // What the hook's own members are called once it is built (scripts/build/page-script.ts).
      ...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'),
    ];
    const owner: Record<string, unknown> = {};
    for (const name of names) {
      let value: unknown;
      Object.defineProperty(owner, name, {
        configurable: true,
        get: () => value,
        set: (next) => {
          value = next;
        },
      });
    }
    spoil('Object.prototype', owner);
    const all = Object.getOwnPropertyDescriptors(owner);
    // A descriptor must not inherit what is put there.
    for (const name of names) Object.setPrototypeOf(all[name], null);
    for (const name of names) Object.defineProperty(Object.prototype, name, all[name] as PropertyDescriptor);
  },
  'Function.prototype': (spoil) => spoil('Function.prototype', Function.prototype),
  Promise: (spoil) => {
    spoil('Promise', Promise);
    spoil('Promise.prototype', Promise.prototype);
  },
  Reflect: (spoil) => spoil('Reflect', Reflect),
  JSON: (spoil) => spoil('JSON', JSON),
  Math: (spoil) => {
    spoil('Math', Math);
    spoil('Number', Number);
    spoil('Number.prototype', Number.prototype);
  },
  Symbol: (spoil) => {
    spoil('Symbol', Symbol);
    spoil('Symbol.prototype', Symbol.prototype);
  },
  collections: (spoil) => {
    for (const type of [Map, WeakMap, Set, WeakSet, WeakRef, FinalizationRegistry])
      spoil(type.name, type.prototype);
  },
  strings: (spoil) => {
    spoil('String', String);
    spoil('String.prototype', String.prototype);
    spoil('RegExp', RegExp);
    spoil('RegExp.prototype', RegExp.prototype);
  },
  Error: (spoil) => {
    spoil('Error', Error);
    spoil('Error.prototype', Error.prototype);
    spoil('DOMException.prototype', DOMException.prototype);
  },
  'Error.prepareStackTrace': (spoil) => {
    const own = { prepareStackTrace: (error: unknown) => `${error}`, stackTraceLimit: 1 };
    spoil('Error', own);
    Object.assign(Error, own);
  },
  Date: (spoil) => {
    spoil('Date', Date);
    spoil('Date.prototype', Date.prototype);
    spoil('Performance.prototype', Performance.prototype);
    spoil('performance', performance);
  },
  buffers: (spoil) => {
    spoil('ArrayBuffer', ArrayBuffer);
    spoil('ArrayBuffer.prototype', ArrayBuffer.prototype);
    spoil('DataView.prototype', DataView.prototype);
    spoil('TypedArray', Object.getPrototypeOf(Uint8Array) as object);
    spoil('TypedArray.prototype', Object.getPrototypeOf(Uint8Array.prototype) as object);
    spoil('Uint8Array.prototype', Uint8Array.prototype);
  },
  'species of buffers': (spoil) => {
    const species = { [Symbol.species]: () => Array, constructor: Array };
    spoil('species', species);
    for (const type of [ArrayBuffer, Uint8Array, DataView, Blob])
      Object.defineProperty(type.prototype, 'constructor', { configurable: true, get: () => species });
  },
  Blob: (spoil) => {
    spoil('Blob.prototype', Blob.prototype);
    spoil('FileReader.prototype', FileReader.prototype);
  },
  URL: (spoil) => {
    spoil('URL', URL);
    spoil('URL.prototype', URL.prototype);
  },
  EventTarget: (spoil) => spoil('EventTarget.prototype', EventTarget.prototype),
  events: (spoil) => {
    for (const type of [Event, MessageEvent, CloseEvent, ErrorEvent]) spoil(type.name, type.prototype);
  },
  MessagePort: (spoil) => {
    spoil('MessagePort.prototype', MessagePort.prototype);
    spoil('MessageChannel.prototype', MessageChannel.prototype);
  },
  'WebSocket.prototype': (spoil) => spoil('WebSocket.prototype', WebSocket.prototype),
  'constructor of WebSocket.prototype': () => {
    Object.defineProperty(WebSocket.prototype, 'constructor', {
      get: () => {
        throw new Error('poisoned');
      },
    });
    Object.defineProperty(WebSocket, Symbol.hasInstance, {
      value: () => {
        throw new Error('poisoned');
      },
    });
  },
  'all global names': () => {
    const own = globalThis as unknown as Record<string, unknown>;
    const names = [
      ...['WebSocket', 'Array', 'Object', 'Function', 'Promise', 'Reflect', 'JSON', 'Proxy', 'Symbol', 'Map'],
      ...[
        'WeakMap',
        'WeakRef',
        'String',
        'RegExp',
        'Error',
        'TypeError',
        'Math',
        'Number',
        'Date',
        'ArrayBuffer',
      ],
      ...[
        'Uint8Array',
        'Uint32Array',
        'Float64Array',
        'DataView',
        'Blob',
        'FileReader',
        'URL',
        'EventTarget',
      ],
      ...[
        'Event',
        'MessageEvent',
        'CloseEvent',
        'MessagePort',
        'MessageChannel',
        'performance',
        'queueMicrotask',
      ],
      ...['setTimeout', 'structuredClone', 'undefined', 'NaN', 'crypto', 'console', 'fetch', 'postMessage'],
    ];
    for (const name of names) {
      try {
        own[name] = null;
      } catch {
        // it cannot be replaced
      }
    }
  },
  document: (spoil) => {
    spoil('Document.prototype', Document.prototype);
    spoil('Node.prototype', Node.prototype);
  },
  console: (spoil) => spoil('console', console),
  timers: (spoil) => {
    const own = { setTimeout, setInterval, queueMicrotask, requestAnimationFrame, structuredClone };
    spoil('window', own);
    Object.assign(window, own);
  },
};
