import type { Section } from '../kit.ts';

export const realms: Section = {
  title: 'Web IDL: several realms',
  cases: {
    'each have their own interface': async (kit) => {
      const frame = await kit.frame();
      const socket = new frame.WebSocket(kit.url('/echo'));
      return {
        same: [
          frame.WebSocket === WebSocket,
          frame.WebSocket.prototype === WebSocket.prototype,
          frame.WebSocket.prototype.send === WebSocket.prototype.send,
          frame.WebSocket.prototype.constructor === frame.WebSocket,
        ],
        instance: [
          socket instanceof WebSocket,
          socket instanceof frame.WebSocket,
          socket instanceof frame.EventTarget,
        ],
        functions: [frame.WebSocket instanceof frame.Function, frame.WebSocket instanceof Function],
        parents: [
          Object.getPrototypeOf(frame.WebSocket) === frame.EventTarget,
          Object.getPrototypeOf(frame.WebSocket.prototype.send) === frame.Function.prototype,
        ],
        keys: kit.keys(frame.WebSocket),
      };
    },
    'may use each other’s methods': async (kit) => {
      const frame = await kit.frame();
      const theirs = new frame.WebSocket(kit.url('/echo'));
      await kit.next(theirs, 'open');
      const mine = await kit.open('/echo');
      const seen: unknown[] = [];
      for (const [socket, realm] of [
        [theirs, window],
        [mine, frame],
      ] as const) {
        const answer = kit.next(socket, 'message');
        realm.WebSocket.prototype.send.call(socket, 'text');
        seen.push(((await answer) as MessageEvent).data);
        seen.push(kit.attempt(() => realm.WebSocket.prototype.close.call(socket, 7)));
        const closed = kit.next(socket, 'close');
        realm.WebSocket.prototype.close.call(socket, 4000, 'across');
        seen.push(((await closed) as CloseEvent).code);
      }
      return kit.show(seen);
    },
    'throw errors of the realm of the function': async (kit) => {
      const frame = await kit.frame();
      const theirs = new frame.WebSocket(kit.url('/echo'));
      const mine = new WebSocket('/echo');
      const realmOf = (work: () => unknown) => {
        try {
          return kit.show(work());
        } catch (error) {
          return [
            (error as Error).name,
            error instanceof Error || error instanceof DOMException,
            error instanceof frame.Error || error instanceof frame.DOMException,
          ];
        }
      };
      const strange = { toString: () => ({}) } as unknown as string;
      return [
        realmOf(() => new frame.WebSocket('ws://[')),
        realmOf(() => Reflect.construct(frame.WebSocket, [])),
        realmOf(() => frame.WebSocket.prototype.send.call(mine, 'early')),
        realmOf(() => WebSocket.prototype.send.call(theirs, 'early')),
        realmOf(() => frame.WebSocket.prototype.send.call({} as WebSocket, 'text')),
        realmOf(() => Reflect.apply(frame.WebSocket.prototype.send, mine, [])),
        realmOf(() => frame.WebSocket.prototype.send.call(theirs, strange)),
        realmOf(() => frame.WebSocket.prototype.send.call(theirs, Symbol('s') as unknown as string)),
        realmOf(() => WebSocket.prototype.send.call(theirs, strange)),
        realmOf(() => frame.WebSocket.prototype.close.call(mine, 7)),
        realmOf(() => (frame.WebSocket as unknown as () => void)()),
      ];
    },
    'may mix constructor and new.target': async (kit) => {
      const frame = await kit.frame();
      const foreign = frame.Function() as unknown as typeof WebSocket;
      (foreign as unknown as { prototype: unknown }).prototype = null;
      class Mine extends frame.WebSocket {}
      const made = [
        Reflect.construct(WebSocket, [kit.url('/echo')], frame.WebSocket),
        Reflect.construct(frame.WebSocket, [kit.url('/echo')], WebSocket),
        Reflect.construct(WebSocket, [kit.url('/echo')], foreign),
        Reflect.construct(frame.WebSocket, [kit.url('/echo')], foreign),
        new Mine(kit.url('/echo')),
      ] as WebSocket[];
      return made.map((socket) => {
        const parent: unknown = Object.getPrototypeOf(socket);
        WebSocket.prototype.close.call(socket);
        return [
          parent === WebSocket.prototype,
          parent === frame.WebSocket.prototype,
          parent === Mine.prototype,
        ];
      });
    },
    'resolve relative URLs against their own document': async (kit) => {
      const frame = await kit.frame();
      const seen = [new WebSocket('x'), new frame.WebSocket('x'), new frame.WebSocket('?x')].map((socket) => {
        socket.close();
        return socket.url;
      });
      return seen;
    },
    'without an address of their own work alike': async (kit) => {
      const blank = document.createElement('iframe');
      document.body.append(blank);
      const inner = blank.contentWindow as Window & typeof globalThis;
      const socket = new inner.WebSocket(kit.url('/echo'));
      await kit.next(socket, 'open');
      const answer = kit.next(socket, 'message');
      socket.send('text');
      return kit.show([((await answer) as MessageEvent).data, kit.keys(inner.WebSocket), kit.keys(socket)]);
    },
    'of frames with a javascript: address work alike': async (kit) => {
      const element = document.createElement('iframe');
      element.src = 'javascript:void 0';
      const loaded = kit.next(element, 'load');
      document.body.append(element);
      await loaded;
      const frame = element.contentWindow as Window & typeof globalThis;
      const socket = new frame.WebSocket(kit.url('/echo'), ['a']);
      socket.binaryType = 'arraybuffer';
      await kit.next(socket, 'open');
      const realmOf = (work: () => unknown) => {
        try {
          return kit.show(work());
        } catch (error) {
          const isTheirs = error instanceof frame.Error || error instanceof frame.DOMException;
          return [(error as Error).name, (error as Error).message, isTheirs];
        }
      };
      const { prototype } = frame.WebSocket;
      return kit.show({
        properties: [kit.property(frame, 'WebSocket'), kit.property(prototype, 'send'), kit.keys(prototype)],
        keys: [kit.keys(frame).includes('WebSocket'), kit.keys(frame.WebSocket), kit.keys(socket)],
        sames: [prototype.constructor === frame.WebSocket, socket instanceof frame.WebSocket],
        parents: [
          Object.getPrototypeOf(frame.WebSocket) === frame.EventTarget,
          Object.getPrototypeOf(prototype.send) === frame.Function.prototype,
        ],
        errors: [
          realmOf(() => new frame.WebSocket('ws://[')),
          realmOf(() => new frame.WebSocket('x').send('early')),
          realmOf(() => prototype.send.call({} as WebSocket, 'text')),
          realmOf(() => prototype.close.call(socket, 7)),
          realmOf(() => (frame.WebSocket as unknown as () => void)()),
        ],
        echoes: [
          await kit.echo(socket, 'text'),
          await kit.echo(socket, Uint8Array.of(1, 2)),
          socket.protocol,
        ],
        end: await kit.end(socket, 4000, 'why'),
      });
    },
    'of a javascript: address live on in the page that comes after it': async (kit) => {
      const element = document.createElement('iframe');
      element.src = 'javascript:void 0';
      const load = () => kit.next(element, 'load');
      let loaded = load();
      document.body.append(element);
      await loaded;
      const frame = element.contentWindow as Window & typeof globalThis;
      const { WebSocket: Before } = frame;
      const older = new Before(kit.url('/echo'));
      await kit.next(older, 'open');
      loaded = load();
      element.src = '/blank';
      await loaded;
      await kit.arrived(frame);
      const socket = new frame.WebSocket(kit.url('/echo'));
      await kit.next(socket, 'open');
      const own = [kit.keys(socket), socket instanceof frame.WebSocket, await kit.echo(socket, 'text')];
      loaded = load();
      element.src = `${location.origin.replace('127.0.0.1', 'other').replace('localhost', '127.0.0.1').replace('other', 'localhost')}/blank`;
      await loaded;
      return kit.show([own, older.readyState, kit.attempt(() => new Before(kit.url('/echo')).readyState)]);
    },
    'may be read through same-origin descriptors': async (kit) => {
      const frame = await kit.frame();
      const theirs = new frame.WebSocket(kit.url('/echo'));
      const read = (name: string) =>
        Object.getOwnPropertyDescriptor(WebSocket.prototype, name)?.get?.call(theirs);
      return kit.show([
        read('readyState'),
        read('url'),
        read('onopen'),
        read('binaryType'),
        kit.property(frame, 'WebSocket'),
      ]);
    },
  },
};
