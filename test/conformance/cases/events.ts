import type { Section } from '../kit.ts';

/** https://websockets.spec.whatwg.org/#feedback-from-the-protocol and https://dom.spec.whatwg.org/#interface-eventtarget */
export const events: Section = {
  title: 'Feedback from the protocol: events',
  spoiling: [
    'that listeners throw for are reported as ever',
    'that no listener can take, or that all throw for, are reported as ever',
  ],
  cases: {
    'of a whole connection, in order': async (kit) => {
      const socket = new WebSocket(kit.url('/echo'));
      const seen: unknown[] = [socket.readyState];
      const note = (event: Event) => {
        seen.push([socket.readyState, kit.show(event)]);
      };
      for (const type of ['open', 'message', 'error', 'close']) socket.addEventListener(type, note);
      socket.onopen = note;
      socket.onclose = note;
      await kit.next(socket, 'open');
      await kit.echo(socket, 'text');
      await kit.echo(socket, Uint8Array.of(1));
      await kit.end(socket, 4000, 'done');
      return kit.show(seen);
    },
    'of a failed handshake': async (kit) => {
      const seen: unknown[] = [];
      for (const path of ['/refuse/401', '/refuse/404', '/refuse/200', '/protocol/wrong']) {
        const socket = new WebSocket(kit.url(path), ['one']);
        const note = (event: Event) => seen.push([socket.readyState, kit.show(event)]);
        for (const type of ['open', 'error', 'close']) socket.addEventListener(type, note);
        await kit.next(socket, 'close');
      }
      return kit.show(seen);
    },
    'of subprotocols agreed or not': async (kit) => {
      const seen: unknown[] = [];
      for (const path of ['/protocol/first', '/protocol/last', '/protocol/none', '/protocol/wrong']) {
        const socket = new WebSocket(kit.url(path), ['one', 'two', 'three']);
        const note = (event: Event) => seen.push([event.type, socket.protocol, socket.extensions]);
        for (const type of ['open', 'error', 'close']) socket.addEventListener(type, note);
        const closed = kit.next(socket, 'close');
        socket.addEventListener('open', () => socket.close());
        seen.push(kit.show(await closed));
      }
      return kit.show(seen);
    },
    'of a server that closes': async (kit) => {
      const seen: unknown[] = [];
      for (const path of ['/close', '/close/1000', '/close/1001/bye', `/close/4999/${'ü'.repeat(61)}`]) {
        const socket = new WebSocket(kit.url(path));
        const note = (event: Event) => seen.push([socket.readyState, kit.show(event)]);
        for (const type of ['open', 'error', 'close']) socket.addEventListener(type, note);
        await kit.next(socket, 'close');
      }
      return kit.show(seen);
    },
    'of a connection that breaks, or talks nonsense': async (kit) => {
      const seen: unknown[] = [];
      for (const verb of ['break', 'garbage']) {
        const socket = await kit.open('/command');
        const note = (event: Event) => seen.push([socket.readyState, kit.show(event)]);
        for (const type of ['message', 'error', 'close']) socket.addEventListener(type, note);
        const closed = kit.next(socket, 'close');
        socket.send(verb);
        await closed;
      }
      return kit.show(seen);
    },
    'of messages that come with the handshake': async (kit) => {
      const socket = new WebSocket(kit.url('/greet'));
      socket.binaryType = 'arraybuffer';
      const seen: unknown[] = [];
      for (const type of ['open', 'message'])
        socket.addEventListener(type, (event) => seen.push([type, kit.show((event as MessageEvent).data)]));
      await kit.messages(socket, 3);
      return kit.show(seen);
    },
    'reach listeners and handlers in the order in which they were set': async (kit) => {
      const socket = new WebSocket(kit.url('/echo'));
      const log: string[] = [];
      const note = (name: string) => () => log.push(name);
      socket.addEventListener('open', note('first'));
      socket.onopen = note('replaced handler');
      socket.addEventListener('open', note('second'));
      socket.onopen = note('handler');
      socket.addEventListener('open', note('capturing'), true);
      socket.onopen = null;
      socket.addEventListener('open', note('third'));
      socket.onopen = note('handler again');
      const twice = note('twice');
      socket.addEventListener('open', twice);
      socket.addEventListener('open', twice);
      socket.addEventListener('open', twice, { capture: true });
      const removed = note('removed');
      socket.addEventListener('open', removed);
      socket.removeEventListener('open', removed);
      await kit.next(socket, 'open');
      return log;
    },
    'obey once, signal, passive and handleEvent': async (kit) => {
      const socket = await kit.open('/echo');
      const log: string[] = [];
      const controller = new AbortController();
      socket.addEventListener('message', () => log.push('once'), { once: true });
      socket.addEventListener('message', () => log.push('until aborted'), { signal: controller.signal });
      socket.addEventListener('message', () => log.push('never'), { signal: AbortSignal.abort() });
      socket.addEventListener('message', (event) => event.preventDefault(), { passive: true });
      const object = {
        handleEvent(event: Event) {
          log.push(`object ${this === object} ${event.type}`);
        },
      };
      socket.addEventListener('message', object);
      EventTarget.prototype.addEventListener.call(socket, 'message', null);
      await kit.echo(socket, 'one');
      object.handleEvent = () => log.push('changed object');
      controller.abort();
      await kit.echo(socket, 'two');
      return log;
    },
    'have this, arguments and a path': async (kit) => {
      const socket = await kit.open('/echo');
      const seen: unknown[] = [];
      socket.addEventListener('message', function (this: WebSocket, ...args) {
        const [event] = args;
        const path = event.composedPath();
        seen.push(this === socket, args.length, path.length, path[0] === socket, event.eventPhase);
        seen.push(window.event === event, event.target === socket, event.currentTarget === socket);
        seen.push(event.srcElement === socket, event.defaultPrevented, event.timeStamp > 0);
      });
      socket.onmessage = function (...args) {
        seen.push(this === socket, args.length);
      };
      const next = kit.next(socket, 'message') as Promise<MessageEvent>;
      socket.send('text');
      const event = await next;
      const later = [
        event.currentTarget,
        event.eventPhase,
        event.composedPath().length,
        event.target === socket,
      ];
      return kit.show([...seen, later, kit.keys(event)]);
    },
    'stop where a listener says so': async (kit) => {
      const socket = await kit.open('/echo');
      const log: string[] = [];
      socket.addEventListener('message', () => log.push('before'));
      const stopped = new Promise<void>((resolve) => {
        socket.addEventListener('message', (event) => {
          log.push('stops');
          event.stopImmediatePropagation();
          resolve();
        });
      });
      socket.addEventListener('message', () => log.push('not reached'));
      socket.onmessage = () => log.push('not reached either');
      socket.send('text');
      await stopped;
      await kit.end(socket);
      return log;
    },
    'may add and remove listeners while they are under way': async (kit) => {
      const socket = await kit.open('/echo');
      const log: string[] = [];
      const late = () => log.push('added by another');
      const gone = () => log.push('removed by another');
      socket.addEventListener('message', () => {
        log.push('first');
        socket.addEventListener('message', late);
        socket.removeEventListener('message', gone);
      });
      socket.addEventListener('message', gone);
      await kit.echo(socket, 'one');
      await kit.echo(socket, 'two');
      return log;
    },
    'run promise jobs between listeners': async (kit) => {
      const socket = new WebSocket(kit.url('/echo'));
      const log: string[] = [];
      const note = (name: string) => () => {
        log.push(name);
        queueMicrotask(() => log.push(`job of ${name}`));
        Promise.resolve().then(() => log.push(`promise of ${name}`));
      };
      socket.addEventListener('open', note('first'));
      socket.onopen = note('handler');
      socket.addEventListener('open', note('second'));
      await kit.next(socket, 'open');
      socket.addEventListener('message', note('message'));
      await kit.echo(socket, 'text');
      return log;
    },
    'that listeners throw for are reported as ever': async (kit) => {
      const socket = await kit.open('/echo');
      const seen: unknown[] = [];
      window.onerror = (message, source, line, column, error) => {
        seen.push([
          message,
          (source ?? '').includes('/program/'),
          typeof line,
          typeof column,
          kit.show(error),
        ]);
        return true;
      };
      window.addEventListener('error', (event) => seen.push([event.type, kit.show(event.error)]));
      socket.addEventListener('message', () => {
        throw new RangeError('from a listener');
      });
      socket.onmessage = () => {
        throw 'a string';
      };
      await kit.echo(socket, 'text');
      return kit.show(seen);
    },
    'that no listener can take, or that all throw for, are reported as ever': async (kit) => {
      const socket = new WebSocket(kit.url('/echo'));
      const seen: unknown[] = [];
      window.onerror = (message) => Boolean(seen.push(message));
      const throwing = {
        get handleEvent(): () => void {
          throw new RangeError('from the getter');
        },
      };
      for (const type of ['open', 'message', 'close']) {
        socket.addEventListener(type, throwing);
        for (const handleEvent of [undefined, 7, null])
          socket.addEventListener(type, { handleEvent } as unknown as EventListenerObject);
        socket.addEventListener(type, () => {
          throw new RangeError(`from ${type}`);
        });
        socket.addEventListener(type, ({ defaultPrevented }) =>
          seen.push([type, socket.readyState, defaultPrevented]),
        );
      }
      socket.onopen = () => false;
      await kit.next(socket, 'open');
      await kit.echo(socket, 'text');
      await kit.end(socket);
      return kit.show(seen);
    },
    'have stacks with the listener alone': async (kit) => {
      const socket = new WebSocket(kit.url('/echo'));
      const stacks: unknown[] = [];
      const note = function listener() {
        stacks.push(kit.stack(new Error('here')).map((line) => line.replace(/[:(].*/, '')));
      };
      for (const type of ['open', 'message', 'close']) socket.addEventListener(type, note);
      await kit.next(socket, 'open');
      await kit.echo(socket, 'text');
      await kit.end(socket);
      return kit.show(stacks);
    },
    'may be dispatched by the page': (kit) => {
      const socket = new WebSocket('/echo');
      const seen: unknown[] = [];
      for (const type of ['open', 'message', 'error', 'close', 'other'])
        socket.addEventListener(type, (event) => seen.push(kit.show(event)));
      const given = [
        new Event('open', { cancelable: true }),
        new MessageEvent('message', { data: { a: [1] }, origin: 'x' }),
        new Event('message'),
        new CustomEvent('message', { detail: 7 }),
        new Event('close'),
        new CloseEvent('close', { code: 7, reason: 'r' }),
        new ErrorEvent('error', { message: 'm' }),
        new Event('other', { bubbles: true }),
      ].map((event) => socket.dispatchEvent(event));
      const odd = [
        kit.attempt(() => socket.dispatchEvent({} as Event)),
        kit.attempt(() => (socket.dispatchEvent as () => boolean)()),
      ];
      return kit.show({ seen, given, odd, state: socket.readyState });
    },
    'run no getter that the page put on an event of its own': (kit) => {
      const socket = new WebSocket('/echo');
      const log: string[] = [];
      for (const [type, event] of [
        ['message', new MessageEvent('message', { data: 1 })],
        ['close', new CloseEvent('close')],
      ] as const) {
        for (const name of ['data', 'code', 'reason', 'wasClean', 'type', 'isTrusted', 'target'])
          kit.attempt(() => Object.defineProperty(event, name, { get: () => log.push(`${type} ${name}`) }));
        socket.dispatchEvent(event);
      }
      return { log, done: true };
    },
    'have handlers that are functions, objects or null': (kit) => {
      const socket = new WebSocket('/echo');
      return (['onopen', 'onmessage', 'onerror', 'onclose'] as const).map((name) => {
        const own = socket as unknown as Record<string, unknown>;
        return [undefined, 7, 'text', {}, () => 1, Symbol('s'), null].map((value) => {
          own[name] = value;
          return [kit.show(own[name]), own[name] === value, kit.property(socket, name)];
        });
      });
    },
    'come in bursts, whole and in order': async (kit) => {
      const socket = await kit.open('/command');
      const messages = kit.messages(socket, 500);
      socket.send('burst 500');
      const seen = await messages;
      return { count: seen.length, ordered: seen.every((text, index) => text === `message ${index}`) };
    },
    'know where they come from': async (kit) => {
      const socket = await kit.open('/echo?query');
      const next = kit.next(socket, 'message');
      socket.send('text');
      const { origin, source, lastEventId, ports } = (await next) as MessageEvent;
      return kit.show([origin, source, lastEventId, ports, Object.isFrozen(ports)]);
    },
  },
};
