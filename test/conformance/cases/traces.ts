import type { Section } from '../kit.ts';

/** What the page could notice without any socket. */
export const traces: Section = {
  title: 'Traces in the page',
  spoiling: ['nothing on the console from script', 'a policy violation that names the page’s script'],
  cases: {
    'no new globals': (kit) => ({
      names: Object.getOwnPropertyNames(globalThis).sort(),
      symbols: Object.getOwnPropertySymbols(globalThis).map(String),
      enumerable: Object.keys(globalThis).sort(),
      chain: [Window.prototype, EventTarget.prototype, Object.prototype, Function.prototype].map(kit.keys),
    }),
    'the order of globals': () => Object.getOwnPropertyNames(globalThis).join(' '),
    'no new lexical names': (kit) => {
      const names = [
        'start',
        'hook',
        'tap',
        'taps',
        'Observer',
        'Outbox',
        'proxy',
        'e',
        't',
        'n',
        'r',
        'browser',
      ];
      return names.map((name) => [name, kit.attempt(() => new Function(`return typeof ${name}`)())]);
    },
    'what RegExp remembers while a frame is added': () => {
      const frame = document.createElement('iframe');
      /(a)/.exec('xay');
      document.body.append(frame);
      const seen = [RegExp.$1, RegExp.lastMatch];
      frame.remove();
      return seen;
    },
    'built-ins as they were': (kit) => {
      const prototypes: object[] = [
        ...[
          Array,
          Object,
          Function,
          Promise,
          Map,
          WeakMap,
          WeakRef,
          RegExp,
          String,
          Error,
          ArrayBuffer,
        ].flatMap((type) => [type, type.prototype as object]),
        ...[
          EventTarget,
          Event,
          MessageEvent,
          CloseEvent,
          MessagePort,
          MessageChannel,
          Blob,
          FileReader,
        ].flatMap((type) => [type, type.prototype as object]),
        ...[Reflect, JSON, Math, performance, document, navigator, location, history],
      ];
      return prototypes.map((object) => [kit.keys(object), Object.isExtensible(object)]);
    },
    'no change to the document': () => ({
      html: document.documentElement.outerHTML.length,
      head: document.head.innerHTML,
      nodes: document.querySelectorAll('*').length,
      scripts: document.scripts.length,
      sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
      attributes: document.documentElement.getAttributeNames(),
      cookies: document.cookie,
      storage: [localStorage.length, sessionStorage.length],
      frames: frames.length,
    }),
    'no event on window or document, not even for a socket': async (kit) => {
      const seen: string[] = [];
      const types = [
        'message',
        'messageerror',
        'error',
        'unhandledrejection',
        'rejectionhandled',
        'framescope-handover',
      ];
      for (const target of [window, document])
        for (const type of types)
          target.addEventListener(type, ({ type: name }) => seen.push(name), { capture: true });
      const socket = await kit.open('/echo');
      const echoed = await kit.echo(socket, 'text');
      await kit.end(socket);
      return { seen, echoed };
    },
    'no change and no event of any type while sockets are used': async (kit) => {
      const changes: string[] = [];
      const observer = new MutationObserver((records) => {
        for (const { type, target } of records) changes.push(`${type} of ${target.nodeName}`);
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      const events: string[] = [];
      for (const target of [window, document]) {
        for (
          let owner: object = target;
          owner !== EventTarget.prototype;
          owner = Object.getPrototypeOf(owner)
        )
          // Not those of sensors, of what a person does, and of what a browser does with each page when it likes.
          for (const key of kit.keys(owner))
            if (
              key.startsWith('on') &&
              !/^on(device|page|pointer|mouse|focus|blur|orient|resize|scroll|visib|load)/.test(key)
            )
              target.addEventListener(key.slice(2), ({ type }) => events.push(type), true);
      }
      const socket = await kit.open('/echo');
      const echoed = [await kit.echo(socket, 'text'), await kit.echo(socket, Uint8Array.of(1))];
      const refused = new WebSocket(kit.url('/refuse/404'));
      await kit.next(refused, 'close');
      await kit.end(socket);
      await kit.pause();
      observer.disconnect();
      return kit.show({ changes, events, echoed });
    },
    'nothing on the console from script': async (kit) => {
      const seen: string[] = [];
      for (const name of ['log', 'info', 'debug', 'warn', 'error', 'trace', 'assert'] as const)
        console[name] = () => seen.push(name);
      const socket = await kit.open('/echo');
      await kit.echo(socket, 'text');
      kit.attempt(() => socket.close(7));
      await kit.end(socket);
      return { seen, done: true };
    },
    'no entry in the performance timeline': () => ({
      resources: performance.getEntriesByType('resource').map(({ name }) => name),
      marks: performance.getEntriesByType('mark').length + performance.getEntriesByType('measure').length,
      scripts: performance.getEntries().filter(({ name }) => name.includes('extension')).length,
    }),
    'the stack limit and its hooks untouched': (kit) => {
      const own = Error as unknown as { stackTraceLimit?: number; prepareStackTrace?: unknown };
      return kit.show([own.stackTraceLimit, own.prepareStackTrace, kit.keys(Error)]);
    },
    'a stack overflow that ends like any other': (kit) => {
      const socket = new WebSocket('/echo');
      const dive = (): void => {
        socket.close(4000);
        dive();
      };
      return kit.show([kit.attempt(dive), socket.readyState]);
    },
    'the whole stack of errors that sockets throw': (kit) => {
      const socket = new WebSocket('/echo');
      const works = {
        constructing: () => new WebSocket('ws://['),
        sending: () => socket.send('early'),
        closing: () => socket.close(7),
        'sending by a foreign this': () => WebSocket.prototype.send.call({} as WebSocket, 'text'),
        'calling without new': () => (WebSocket as unknown as () => void)(),
      };
      return Object.fromEntries(
        Object.entries(works).map(([name, work]) => {
          try {
            work();
            return [name, 'nothing thrown'];
          } catch (error) {
            const lines = kit
              .stack(error)
              .map((line) => line.replace(/(chrome|moz)-extension:.*/, 'extension'));
            return [name, lines.map((line) => line.replace(/:\d+:\d+\)?$/, '').trim())];
          }
        }),
      );
    },
    'the whole stack of errors where the page’s own code may have thrown': (kit) => {
      const socket = new WebSocket('/echo');
      class Sub extends WebSocket {}
      const works = {
        'constructing with a list': () => new WebSocket('/echo', ['a', 'a']),
        'constructing a subclass': () => new Sub('ws://['),
        'sending an object': () => socket.send({} as Blob),
        'sending bytes': () => socket.send(Uint8Array.of(1)),
      };
      return Object.fromEntries(
        Object.entries(works).map(([name, work]) => {
          try {
            work();
            return [name, 'nothing thrown'];
          } catch (error) {
            const lines = kit
              .stack(error)
              .map((line) => line.replace(/(chrome|moz)-extension:.*/, 'extension'));
            return [name, lines.map((line) => line.replace(/:\d+:\d+\)?$/, '').trim())];
          }
        }),
      );
    },
    'errors of the page’s own that keep their stack': (kit) => {
      const socket = new WebSocket('/echo');
      const made: [Error, string | undefined][] = [];
      const fail = (): never => {
        const error = new RangeError('the page’s own');
        made.push([error, error.stack]);
        throw error;
      };
      const strange = { toString: fail, valueOf: fail } as unknown as string;
      const target = Object.defineProperty(function target() {}.bind(null), 'prototype', { get: fail });
      const works = [
        () => new WebSocket(strange),
        () => new WebSocket('/echo', strange),
        () => new WebSocket('/echo', { [Symbol.iterator]: fail } as unknown as string[]),
        () => Reflect.construct(WebSocket, ['/echo'], target),
        () => socket.send(strange),
        () => socket.close(strange as unknown as number),
        () => socket.close(4000, strange),
        () => WebSocket.prototype.send.call(socket, strange),
      ];
      return works.map((work, index) => {
        try {
          work();
          return 'nothing thrown';
        } catch (error) {
          const [own, stack] = made[index] ?? [];
          return [error === own, (error as Error).stack === stack, kit.keys(error as Error)];
        }
      });
    },
    'the whole stack of a conversion': async (kit) => {
      const socket = await kit.open('/echo');
      const stacks: unknown[] = [];
      const object = {
        toString: function conversion() {
          stacks.push(
            kit.stack(new Error('here')).map((line) =>
              line
                .replace(/(chrome|moz)-extension:.*/, 'extension')
                .replace(/:\d+:\d+\)?$/, '')
                .trim(),
            ),
          );
          return 'ws://[';
        },
      } as unknown as string;
      kit.attempt(() => new WebSocket(object));
      socket.send(object);
      socket.close(4000, object);
      return kit.show(stacks);
    },
    'a policy violation that names the page’s script': async (kit) => {
      const policy = document.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = "connect-src 'none'";
      document.head.append(policy);
      const violated = kit.next(document, 'securitypolicyviolation');
      kit.attempt(() => new WebSocket('/echo'));
      const { sourceFile, lineNumber, columnNumber } = (await violated) as SecurityPolicyViolationEvent;
      return [sourceFile, lineNumber > 0, columnNumber > 0];
    },
    'properties of errors that name a script': (kit) => {
      const errors: unknown[] = [];
      const works = [() => new WebSocket('ws://['), () => Reflect.construct(WebSocket, [])];
      for (const work of works)
        kit.attempt(() => {
          try {
            work();
          } catch (error) {
            const { fileName, filename, lineNumber } = error as Record<string, unknown>;
            errors.push([fileName ?? filename ?? 'none', typeof lineNumber, kit.keys(error as Error)]);
          }
        });
      return kit.show(errors);
    },
    'errors reported to window with the page’s position': async (kit) => {
      const reported = kit.next(window, 'error');
      setTimeout(() => new WebSocket('ws://['), 0);
      const { filename, message, lineno, colno } = (await reported) as ErrorEvent;
      return [filename, message, lineno > 0, colno > 0];
    },
  },
};
