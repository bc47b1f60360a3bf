import type { Section } from '../kit.ts';

/** https://websockets.spec.whatwg.org/#dom-websocket-websocket */
export const construction: Section = {
  title: 'The constructor: new WebSocket(url, protocols)',
  spoiling: ['is refused by the Content Security Policy'],
  cases: {
    'parses its URL against the document': async (kit) => {
      const { host } = location;
      const urls = [
        ...['/echo', 'echo', '?query', '', '//', '/a b/ä', '/%', '/..//x', '\\echo', ' /echo\n', '/a\tb'],
        ...[
          `ws://${host}/echo`,
          `WS://${host}/echo`,
          `http://${host}/echo`,
          `//${host}/echo`,
          `ws:${host}/x`,
        ],
        ...[`ws://${host}/echo?a=b c&d=ü`, `ws://user:secret@${host}/echo`, `ws://${host}/\ud800`],
        ...[`ws://${host}/echo#fragment`, `ws://${host}/echo#`, `http://${host}/#`],
        ...['ftp://host/', 'mailto:a@b', 'about:blank', 'data:,x', 'file:///x', 'javascript:0', 'blob:x'],
        ...[
          'ws:',
          'ws://',
          'ws://[::1',
          'ws://host:99999/',
          'ws://ho st/',
          'ws://%/',
          'https://host:x/',
          'wss:///',
        ],
      ];
      const ends: Promise<Event>[] = [];
      const seen = urls.map((url) => [
        url,
        kit.attempt(() => {
          const socket = new WebSocket(url);
          ends.push(kit.next(socket, 'close'));
          socket.close();
          return [socket.url, socket.readyState];
        }),
      ]);
      // Until then Firefox has more to say on the console, and no other page has sockets of these URLs.
      await Promise.all(ends);
      return seen;
    },
    'makes a string of whatever its URL is': (kit) => {
      const log: string[] = [];
      const url = {
        [Symbol.toPrimitive]: (hint: string) => {
          log.push(hint);
          return '/echo';
        },
      };
      const strange = [
        ...[
          undefined,
          null,
          7,
          true,
          [],
          ['/a', '/b'],
          {},
          Symbol('s'),
          10n,
          new URL('/echo', location.href),
        ],
        ...[url, { toString: () => '/x' }, { toString: 0, valueOf: () => '/v' }, { toString: () => ({}) }],
        ...[() => '/f', Object.create(null), { toString: () => Symbol('t') }],
      ];
      const seen = strange.map((value) =>
        kit.attempt(() => {
          const socket = new WebSocket(value as string);
          socket.close();
          return socket.url;
        }),
      );
      return { seen, log };
    },
    'passes on what the conversion of its arguments throws, and converts in order': (kit) => {
      const log: string[] = [];
      const bad = (name: string) => ({
        toString() {
          log.push(name);
          throw new RangeError(`from ${name}`);
        },
      });
      const noted = (name: string, text: string) => ({
        toString() {
          log.push(name);
          return text;
        },
      });
      const attempts: [unknown, unknown][] = [
        [bad('url'), bad('protocol')],
        [noted('url', '/echo'), bad('protocol')],
        [noted('url', 'mailto:x'), bad('protocol')],
        [noted('url', 'mailto:x'), [noted('first', 'a'), noted('second', 'a')]],
        [noted('url', '/echo'), [noted('first', 'a'), bad('second')]],
      ];
      const seen = attempts.map(([url, protocols]) =>
        kit.attempt(() => new WebSocket(url as string, protocols as string)),
      );
      return { seen, log };
    },
    'wants at least one argument and ignores more than two': (kit) => [
      kit.attempt(() => Reflect.construct(WebSocket, [])),
      kit.attempt(() => {
        const socket = Reflect.construct(WebSocket, ['/echo', [], 'third', Symbol('fourth')]) as WebSocket;
        socket.close();
        return socket.url;
      }),
    ],
    'checks its subprotocols': (kit) => {
      const offers: unknown[] = [
        ...['', 'a b', 'a,b', 'ä', 'a\n', '"', 'a/b', '(', 'chat', 'a!#$%', '\u007f', '\ud800'],
        ...[
          [''],
          ['a', 'a'],
          ['a', 'A'],
          ['a', 'b', 'a'],
          ['a', ' '],
          [1, '1'],
          [1, 2],
          [],
          [[]],
          [undefined],
        ],
        ...[undefined, null, {}, 7, true, new Set(['a', 'b']), new String('text'), { length: 1, 0: 'a' }],
        ...[Symbol('s'), [Symbol('s')], { [Symbol.iterator]: 7 }, { [Symbol.iterator]: null }, () => 'f'],
      ];
      return offers.map((offer) =>
        kit.attempt(() => {
          const socket = new WebSocket('/echo', offer as string);
          socket.close();
          return [socket.protocol, socket.readyState];
        }),
      );
    },
    'iterates its subprotocols once': (kit) => {
      const log: string[] = [];
      const offer = {
        get [Symbol.iterator]() {
          log.push('get @@iterator');
          return function* () {
            try {
              log.push('start');
              yield 'a';
              log.push('after a');
              yield 'b';
            } finally {
              log.push('over');
            }
          };
        },
        get [Symbol.toPrimitive]() {
          log.push('get @@toPrimitive');
          return undefined;
        },
      };
      const seen = kit.attempt(() => new WebSocket('/echo', offer as unknown as string[]).close());
      const throwing = {
        // biome-ignore lint/correctness/useYield: it throws before it could
        *[Symbol.iterator]() {
          throw new Error('from the iterator');
        },
      };
      return {
        seen,
        log,
        thrown: kit.attempt(() => new WebSocket('/echo', throwing as unknown as string[])),
      };
    },
    'does not work without new': (kit) => {
      const call = WebSocket as unknown as (...args: unknown[]) => unknown;
      return [
        kit.attempt(() => call('/echo')),
        kit.attempt(() => call()),
        kit.attempt(() => call.call(Object.create(WebSocket.prototype), '/echo')),
        kit.attempt(() => call.call(new WebSocket('/echo'), '/echo')),
        kit.attempt(() => Reflect.apply(call, undefined, ['/echo'])),
        kit.attempt(() => call.bind(null)('/echo')),
      ];
    },
    'gives a socket that connects': (kit) => {
      const socket = new WebSocket('/echo', ['a', 'b']);
      const { url, readyState, bufferedAmount, extensions, protocol, binaryType } = socket;
      return {
        ...{ url, readyState, bufferedAmount, extensions, protocol, binaryType },
        handlers: kit.show([socket.onopen, socket.onmessage, socket.onerror, socket.onclose]),
        own: kit.keys(socket),
        extensible: Object.isExtensible(socket),
        prototype: Object.getPrototypeOf(socket) === WebSocket.prototype,
        constructor: socket.constructor === WebSocket,
        instance: [socket instanceof WebSocket, socket instanceof EventTarget],
      };
    },
    'works through its prototype, bound, and in Reflect.construct': (kit) => {
      const Again = WebSocket.prototype.constructor as typeof WebSocket;
      const Bound = WebSocket.bind(null, '/bound');
      const bound = new Bound();
      const seen = [
        new Again('/echo'),
        bound,
        Reflect.construct(WebSocket, ['/echo']) as WebSocket,
        Reflect.construct(WebSocket, ['/echo'], Again) as WebSocket,
      ].map((socket) => [
        kit.show(socket),
        socket.url,
        socket.constructor === WebSocket,
        socket instanceof Bound,
      ]);
      return [Again === WebSocket, Bound.name, Bound.length, ...seen];
    },
    'throws errors of this realm with the line of the page on their stack': (kit) => {
      const stacks = [
        () => new WebSocket('ws://[::1'),
        () => new WebSocket('/echo', ['a', 'a']),
        () => Reflect.construct(WebSocket, []),
        () => (WebSocket as unknown as () => unknown)(),
      ].map((work) => {
        try {
          return work();
        } catch (error) {
          const own = Object.getOwnPropertyDescriptor(error as Error, 'stack');
          return {
            page: kit.stack(error).some((line) => line.includes('/program/')),
            realm: error instanceof Error || error instanceof DOMException,
            own: own ? Object.keys(own).map((key) => `${key} ${typeof own[key as 'value']}`) : 'none',
          };
        }
      });
      return kit.show(stacks);
    },
    'is refused by the Content Security Policy': async (kit) => {
      const policy = document.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = "connect-src 'none'";
      document.head.append(policy);
      const violated = kit.next(document, 'securitypolicyviolation');
      let socket: WebSocket | undefined;
      const made = kit.attempt(() => {
        socket = new WebSocket('/echo');
        return socket.readyState;
      });
      const failed = socket && kit.next(socket, 'error');
      const violation = (await violated) as SecurityPolicyViolationEvent;
      const { blockedURI, effectiveDirective, disposition, violatedDirective } = violation;
      return {
        made,
        violation: { blockedURI, effectiveDirective, disposition, violatedDirective },
        failed: failed ? kit.show(await failed) : 'no socket',
        state: socket?.readyState ?? 'no socket',
      };
    },
    'works in a document that is gone': async (kit) => {
      const frame = await kit.frame();
      const Theirs = frame.WebSocket;
      frame.frameElement?.remove();
      return kit.attempt(() => {
        const socket = new Theirs(kit.url('/echo'));
        return [socket.readyState, socket.url];
      });
    },
  },
};
