import type { Section } from '../kit.ts';

/** https://webidl.spec.whatwg.org/#interface-object and what follows it */
export const interfaceObject: Section = {
  title: 'Web IDL: the interface object and its prototype',
  spoiling: [
    'takes properties of the page',
    'can be frozen, and works on',
    'lets the page replace send and close',
    'lets the page wrap the constructor',
  ],
  cases: {
    'is a property of the global object like any other interface': (kit) => {
      const own = kit.property(globalThis, 'WebSocket');
      return {
        own,
        same: [window.WebSocket === WebSocket, globalThis.WebSocket === self.WebSocket],
        listed: Object.keys(globalThis).includes('WebSocket'),
      };
    },
    'has the own properties of an interface, in order': (kit) =>
      kit.keys(WebSocket).map((key) => [key, kit.property(WebSocket, key)]),
    'has a prototype with the members of the interface, in order': (kit) => ({
      keys: kit.keys(WebSocket.prototype),
      properties: kit
        .keys(WebSocket.prototype)
        .filter((key) => !key.startsWith('Symbol('))
        .map((key) => kit.property(WebSocket.prototype, key)),
      tag: kit.property(WebSocket.prototype, Symbol.toStringTag),
    }),
    'has functions with the properties of functions': (kit) => {
      const functions = [WebSocket, WebSocket.prototype.send, WebSocket.prototype.close];
      return functions.map((fn) => ({
        keys: kit.keys(fn),
        name: kit.property(fn, 'name'),
        length: kit.property(fn, 'length'),
        prototype: kit.property(fn, 'prototype'),
        type: typeof fn,
        tag: Object.prototype.toString.call(fn),
        parent: [Object.getPrototypeOf(fn) === EventTarget, Object.getPrototypeOf(fn) === Function.prototype],
        extensible: [Object.isExtensible(fn), Object.isSealed(fn), Object.isFrozen(fn)],
        constructible: kit.attempt(() => Reflect.construct(Object, [], fn) instanceof Object),
      }));
    },
    'has functions without a caller and arguments': (kit) =>
      [WebSocket, WebSocket.prototype.send, WebSocket.prototype.close].map((fn) => {
        const old = fn as unknown as { readonly caller: unknown; readonly arguments: unknown };
        return [kit.attempt(() => old.caller), kit.attempt(() => old.arguments)];
      }),
    'has members that are the same function each time': (kit) => {
      const socket = new WebSocket('/echo');
      socket.close();
      return [
        WebSocket === WebSocket.prototype.constructor,
        socket.send === WebSocket.prototype.send,
        socket.close === Object.getOwnPropertyDescriptor(WebSocket.prototype, 'close')?.value,
        kit.show([socket.send, socket.close]),
      ];
    },
    'prints functions as native code': () =>
      [WebSocket, WebSocket.prototype.send, WebSocket.prototype.close, WebSocket.bind(null)].flatMap((fn) => [
        String(fn),
        Function.prototype.toString.call(fn),
        `${fn}`.includes('[native code]'),
      ]),
    'has no symbols of its own and those of every function': (kit) => {
      const symbols = [
        Symbol.hasInstance,
        Symbol.species,
        Symbol.toPrimitive,
        Symbol.iterator,
        Symbol.toStringTag,
      ];
      const own = WebSocket as unknown as Record<symbol, unknown>;
      const inherited = WebSocket.prototype as unknown as Record<symbol, unknown>;
      const pretending = Object.create(WebSocket.prototype) as unknown;
      const socket = new WebSocket('/echo');
      socket.close();
      const things = [
        undefined,
        null,
        7,
        {},
        WebSocket,
        WebSocket.prototype,
        pretending,
        socket,
        new Proxy(socket, {}),
      ];
      return kit.show({
        symbols: symbols.map((symbol) => [own[symbol], inherited[symbol]]),
        same: own[Symbol.hasInstance] === Function.prototype[Symbol.hasInstance],
        instances: things.map((thing) => [
          kit.attempt(() => (thing as object) instanceof WebSocket),
          kit.attempt(() => (thing as object) instanceof EventTarget),
          kit.attempt(() => Object.prototype.isPrototypeOf.call(WebSocket.prototype, thing as object)),
        ]),
        printed: [`${socket}`, JSON.stringify({ socket }), kit.attempt(() => +socket)],
      });
    },
    'may be declared anew by scripts': async (kit) => {
      const seen: unknown[] = [];
      for (const texts of [
        ['let WebSocket = 1'],
        ['var WebSocket', 'function WebSocket() {}', 'class WebSocket {}'],
      ]) {
        const frame = await kit.frame();
        const failures: string[] = [];
        frame.onerror = (message) => failures.push(String(message));
        for (const text of [
          ...texts,
          'seen = [typeof WebSocket, typeof window.WebSocket, delete window.WebSocket]',
        ]) {
          const script = frame.document.createElement('script');
          script.textContent = text;
          frame.document.head.append(script);
          seen.push(failures.splice(0), kit.property(frame, 'WebSocket'));
        }
        seen.push((frame as unknown as { seen: unknown[] }).seen.join());
      }
      return kit.show(seen);
    },
    'has constants that cannot be changed': (kit) => {
      const socket = new WebSocket('/echo');
      socket.close();
      return ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'].map((name) => [
        kit.property(WebSocket, name),
        kit.property(WebSocket.prototype, name),
        Reflect.set(WebSocket, name, 7),
        Reflect.set(socket, name, 7),
        Reflect.deleteProperty(WebSocket, name),
        kit.show((socket as unknown as Record<string, unknown>)[name]),
      ]);
    },
    'has attributes that want a socket': (kit) => {
      const names = ['url', 'readyState', 'bufferedAmount', 'onopen', 'extensions', 'protocol', 'binaryType'];
      return names.map((name) => {
        const descriptor = Object.getOwnPropertyDescriptor(WebSocket.prototype, name);
        const others = [undefined, null, {}, WebSocket, WebSocket.prototype, new EventTarget()];
        return others.map((other) => [
          kit.attempt(() => descriptor?.get?.call(other)),
          kit.attempt(() => descriptor?.set?.call(other, 'arraybuffer')),
        ]);
      });
    },
    'has methods that want a socket': (kit) => {
      const { send, close } = WebSocket.prototype;
      const others = [undefined, null, {}, WebSocket, WebSocket.prototype, new EventTarget(), 7, Symbol('s')];
      const pretending = Object.create(WebSocket.prototype) as unknown;
      const wrapped = new Proxy(new WebSocket('/echo'), {});
      return [...others, pretending, wrapped].map((other) => [
        kit.attempt(() => send.call(other as WebSocket, 'text')),
        kit.attempt(() => Reflect.apply(send, other, [])),
        kit.attempt(() => close.call(other as WebSocket)),
        kit.attempt(() => close.call(other as WebSocket, 7)),
      ]);
    },
    'runs no trap of a Proxy around a socket': (kit) => {
      const log: string[] = [];
      const handler = new Proxy(
        {},
        {
          get: (_target, trap) => {
            log.push(String(trap));
            return undefined;
          },
        },
      );
      const wrapped = new Proxy(new WebSocket('/echo'), handler);
      const { send, close } = WebSocket.prototype;
      const seen = [
        kit.attempt(() => send.call(wrapped, 'text')),
        kit.attempt(() => close.call(wrapped)),
        kit.attempt(() => new WebSocket(wrapped as unknown as string)),
      ];
      return { seen, log };
    },
    'can be replaced, deleted and brought back': (kit) => {
      const Native = WebSocket;
      const own = globalThis as unknown as Record<string, unknown>;
      const seen: unknown[] = [];
      own.WebSocket = 7;
      seen.push(typeof WebSocket, kit.property(globalThis, 'WebSocket'));
      seen.push(Reflect.deleteProperty(globalThis, 'WebSocket'), typeof WebSocket, 'WebSocket' in globalThis);
      own.WebSocket = Native;
      seen.push(kit.property(globalThis, 'WebSocket'), new WebSocket('/echo').readyState);
      return kit.show(seen);
    },
    'takes properties of the page': (kit) => {
      const own = WebSocket as unknown as Record<string, unknown>;
      own.mine = 1;
      Object.defineProperty(WebSocket, 'hidden', { value: 2 });
      const socket = new WebSocket('/echo');
      (socket as unknown as Record<string, unknown>).extra = 3;
      (WebSocket.prototype as unknown as Record<string, unknown>).inherited = 4;
      return kit.show({
        keys: kit.keys(WebSocket),
        via: kit.show({ ...socket.constructor }),
        same: (socket.constructor as unknown as Record<string, unknown>).mine,
        own: kit.keys(socket),
        inherited: (socket as unknown as Record<string, unknown>).inherited,
        deleted: [Reflect.deleteProperty(WebSocket, 'mine'), Reflect.deleteProperty(WebSocket, 'hidden')],
        renamed: [Reflect.defineProperty(WebSocket, 'name', { value: 'Renamed' }), WebSocket.name],
        foreign: [
          Reflect.setPrototypeOf(WebSocket, Function.prototype),
          Object.getPrototypeOf(WebSocket).name,
        ],
      });
    },
    'can be frozen, and works on': async (kit) => {
      Object.freeze(WebSocket);
      Object.freeze(WebSocket.prototype);
      const socket = await kit.open('/echo');
      const echoed = await kit.echo(socket, 'text');
      return [
        Object.isFrozen(WebSocket),
        Object.isFrozen(WebSocket.prototype),
        echoed,
        await kit.end(socket),
      ];
    },
    'lets the page replace send and close': async (kit) => {
      const { send, close } = WebSocket.prototype;
      const log: string[] = [];
      WebSocket.prototype.send = function (data) {
        log.push(`send ${data}`);
        send.call(this, `${data}!`);
      };
      WebSocket.prototype.close = function (...args) {
        log.push(`close ${args}`);
        close.apply(this, args);
      };
      const socket = await kit.open('/echo');
      const echoed = await kit.echo(socket, 'text');
      const end = await kit.end(socket, 4001, 'why');
      return { echoed, end, log };
    },
    'lets the page wrap the constructor': async (kit) => {
      const log: string[] = [];
      const Native = WebSocket;
      window.WebSocket = new Proxy(Native, {
        construct(target, args, newTarget) {
          log.push(`construct ${args.length} ${newTarget === window.WebSocket}`);
          return Reflect.construct(target, args, newTarget) as WebSocket;
        },
      });
      const socket = await kit.open('/echo');
      return {
        log,
        instance: [socket instanceof WebSocket, socket instanceof Native, socket.constructor === Native],
        echoed: await kit.echo(socket, 'text'),
        end: await kit.end(socket),
      };
    },
    'is not transferable and not cloneable': (kit) => {
      const socket = new WebSocket('/echo');
      return [socket, WebSocket, WebSocket.prototype, socket.send].flatMap((value) => [
        kit.attempt(() => structuredClone(value)),
        kit.attempt(() => structuredClone(null, { transfer: [value as unknown as ArrayBuffer] })),
        kit.attempt(() => new MessageChannel().port1.postMessage(value)),
        kit.attempt(() => JSON.stringify(value) ?? 'nothing'),
        kit.attempt(() => history.replaceState(value, '')),
      ]);
    },
    'has sockets that print as what they are': (kit) => {
      const socket = new WebSocket('/echo');
      const all: string[] = [];
      for (const name in socket) all.push(name);
      return {
        printed: [String(socket), Object.prototype.toString.call(socket), socket.toLocaleString()],
        tag: kit.show((socket as unknown as Record<symbol, unknown>)[Symbol.toStringTag]),
        enumerable: all,
        assigned: kit.keys(Object.assign({}, socket)),
        spread: kit.keys({ ...socket }),
      };
    },
  },
};

export const subclassing: Section = {
  title: 'Web IDL: subclasses and new.target',
  cases: {
    'with fields, methods, statics and a private name': async (kit) => {
      class Chatty extends WebSocket {
        static greeting = 'hello';
        readonly log: string[] = [];
        readonly early = [this.readyState, this.url];
        #secret = 7;
        override send(data: string): void {
          this.log.push(`send ${data}`);
          super.send(`${data} ${Chatty.greeting}`);
        }
        override close(...args: []): void {
          this.log.push('close');
          super.close(...args);
        }
        get secret() {
          return this.#secret;
        }
      }
      const socket = new Chatty(kit.url('/echo'));
      await kit.next(socket, 'open');
      const echoed = await kit.echo(socket, 'text');
      return kit.show({
        echoed,
        early: socket.early,
        own: kit.keys(socket),
        secret: socket.secret,
        statics: [Chatty.OPEN, Chatty.greeting, Chatty.name, Chatty.length],
        chain: [
          Object.getPrototypeOf(Chatty) === WebSocket,
          Object.getPrototypeOf(Chatty.prototype) === WebSocket.prototype,
          socket instanceof Chatty,
          socket instanceof WebSocket,
          socket.constructor === Chatty,
        ],
        end: await kit.end(socket),
        log: socket.log,
      });
    },
    'of subclasses, with errors passed on': (kit) => {
      const log: string[] = [];
      class One extends WebSocket {
        constructor(url: string) {
          log.push(new.target.name);
          super(url);
          log.push('made');
        }
      }
      class Two extends One {}
      return {
        seen: [
          kit.attempt(() => new Two('/echo').constructor.name),
          kit.attempt(() => new Two('ws://[')),
          kit.attempt(() => (Two as unknown as () => unknown)()),
        ],
        log,
      };
    },
    'made without class syntax': (kit) => {
      interface Old {
        new (url: string): WebSocket;
      }
      const Old = function (this: unknown, url: string) {
        return Reflect.construct(WebSocket, [url], new.target ?? Old);
      } as unknown as Old;
      Object.setPrototypeOf(Old, WebSocket);
      (Old as unknown as { prototype: object }).prototype = Object.create(WebSocket.prototype, {
        constructor: { value: Old },
      });
      const socket = new Old('/echo');
      return [
        socket instanceof Old,
        socket instanceof WebSocket,
        Object.getPrototypeOf(socket) === (Old as unknown as { prototype: object }).prototype,
        kit.attempt(() => WebSocket.call(socket as never, '/echo' as never)),
        kit.keys(socket),
      ];
    },
    'in Reflect.construct with any new.target': (kit) => {
      const plain = function plain() {};
      const without = function without() {};
      without.prototype = undefined as unknown as object;
      const targets: unknown[] = [
        ...[WebSocket, plain, without, plain.bind(null), class extends WebSocket {}, Array, EventTarget],
        ...[new Proxy(WebSocket, {}), new Proxy(plain, {}), () => 0, {}, undefined, WebSocket.prototype.send],
      ];
      return targets.map((target) =>
        kit.attempt(() => {
          const socket = Reflect.construct(WebSocket, ['/echo'], target as typeof WebSocket) as WebSocket;
          const parent: unknown = Object.getPrototypeOf(socket);
          return [
            parent === WebSocket.prototype,
            parent === (target as typeof WebSocket).prototype,
            Object.prototype.toString.call(socket),
          ];
        }),
      );
    },
    'look up the prototype of new.target once and in its place': (kit) => {
      const log: string[] = [];
      const target = new Proxy(class extends WebSocket {}, {
        get(self, key, receiver) {
          log.push(`get ${String(key)}`);
          return Reflect.get(self, key, receiver) as unknown;
        },
        getPrototypeOf(self) {
          log.push('getPrototypeOf');
          return Reflect.getPrototypeOf(self);
        },
        has: (_self, key) => Boolean(log.push(`has ${String(key)}`)),
      });
      const url = { toString: () => kit.note(log, 'url', '/echo') };
      const bad = { toString: () => kit.note(log, 'bad url', 'ws://[') };
      return kit.show({
        made: kit.attempt(() => Reflect.construct(WebSocket, [url], target)),
        failed: kit.attempt(() => Reflect.construct(WebSocket, [bad], target)),
        none: kit.attempt(() => Reflect.construct(WebSocket, [], target)),
        log,
      });
    },
    'whose prototype getter throws': (kit) => {
      const target = Object.defineProperty(function target() {}.bind(null), 'prototype', {
        get() {
          throw new RangeError('from the getter');
        },
      });
      return kit.attempt(() => Reflect.construct(WebSocket, ['/echo'], target));
    },
    'with the prototype replaced afterwards': async (kit) => {
      const { send, close } = WebSocket.prototype;
      const socket = await kit.open('/echo');
      Object.setPrototypeOf(socket, null);
      const answered = new Promise((resolve) => {
        EventTarget.prototype.addEventListener.call(socket, 'message', resolve);
      });
      send.call(socket, 'text');
      const event = (await answered) as MessageEvent;
      const ended = new Promise((resolve) => {
        EventTarget.prototype.addEventListener.call(socket, 'close', resolve);
      });
      close.call(socket, 4000);
      return kit.show({ data: event.data, code: ((await ended) as CloseEvent).code });
    },
  },
};
