import type { Section } from '../kit.ts';

/** https://websockets.spec.whatwg.org/#dom-websocket-close */
export const close: Section = {
  title: 'close(code, reason)',
  cases: {
    'checks its code': (kit) => {
      const codes: unknown[] = [
        ...[
          0,
          999,
          1000,
          1001,
          1005,
          1006,
          1015,
          2999,
          3000,
          4999,
          5000,
          65_535,
          65_536,
          65_536 + 1000,
          -1,
          1000.9,
        ],
        ...[
          undefined,
          null,
          '1000',
          '',
          'x',
          Number.NaN,
          Number.POSITIVE_INFINITY,
          true,
          {},
          [3000],
          10n,
          Symbol('s'),
        ],
      ];
      return codes.map((code) => {
        const socket = new WebSocket('/echo');
        const seen = kit.attempt(() => socket.close(code as number));
        const state = socket.readyState;
        socket.close();
        return [seen, state];
      });
    },
    'checks the length of its reason in UTF-8': (kit) => {
      const reasons: unknown[] = [
        ...[
          '',
          'x'.repeat(123),
          'x'.repeat(124),
          'ü'.repeat(61),
          'ü'.repeat(62),
          '€'.repeat(41),
          '€'.repeat(42),
        ],
        ...[
          '😀'.repeat(30),
          '😀'.repeat(31),
          '\ud800'.repeat(41),
          '\ud800'.repeat(42),
          null,
          undefined,
          7,
          Symbol('s'),
        ],
      ];
      return reasons.map((reason) => {
        const socket = new WebSocket('/echo');
        const seen = kit.attempt(() => socket.close(4000, reason as string));
        const state = socket.readyState;
        socket.close();
        return [seen, state];
      });
    },
    'converts its arguments in order, and before it checks them': (kit) => {
      const socket = new WebSocket('/echo');
      const log: string[] = [];
      const code = (value: number) =>
        ({ valueOf: () => kit.note(log, `code ${value}`, value) }) as unknown as number;
      const reason = { toString: () => kit.note(log, 'reason', 'why') } as unknown as string;
      const bad = {
        toString() {
          log.push('bad');
          throw new RangeError('from reason');
        },
      } as unknown as string;
      return kit.show({
        seen: [
          kit.attempt(() => socket.close(code(7), bad)),
          kit.attempt(() => socket.close(code(7), reason)),
          kit.attempt(() => socket.close(code(4000), reason)),
          kit.attempt(() => socket.close(code(4001), reason)),
        ],
        log,
      });
    },
    'in every state': async (kit) => {
      const log: unknown[] = [];
      // The request may never leave, and what is released after that would not be held in the next page.
      const held = `/held${location.pathname}`;
      const connecting = new WebSocket(kit.url(held));
      for (const type of ['open', 'error', 'close'])
        connecting.addEventListener(type, (event) => log.push(kit.show(event)));
      const closed = kit.next(connecting, 'close');
      log.push(
        kit.attempt(() => connecting.close(4000, 'early')),
        connecting.readyState,
      );
      log.push(
        kit.attempt(() => connecting.close()),
        kit.attempt(() => connecting.close(7)),
      );
      await closed;
      await fetch(`/release${held}`);
      const socket = await kit.open('/echo');
      log.push(
        kit.attempt(() => socket.close(4000, 'first')),
        socket.readyState,
      );
      log.push(
        kit.attempt(() => socket.close(4001, 'second')),
        socket.readyState,
      );
      log.push(kit.show(await kit.next(socket, 'close')), socket.readyState);
      log.push(
        kit.attempt(() => socket.close(4002)),
        kit.attempt(() => socket.close(7)),
        socket.readyState,
      );
      return kit.show(log);
    },
    'carries code and reason to the server and back': async (kit) => {
      const seen: unknown[] = [];
      const all: [number?, string?][] = [
        ...([[], [1000], [3000, ''], [4999, 'reason'], [4000, 'ü€😀'], [4000, 'x'.repeat(123)]] as [
          number?,
          string?,
        ][]),
        ...([
          [4000, '\ud800'],
          [1000, undefined],
        ] as [number?, string?][]),
      ];
      for (const args of all) {
        const socket = await kit.open('/echo');
        seen.push(await kit.end(socket, ...(args as [number, string])));
      }
      return kit.show(seen);
    },
    'takes more arguments than it knows': async (kit) => {
      const socket = await kit.open('/echo');
      const closed = kit.next(socket, 'close');
      const seen = kit.attempt(() => Reflect.apply(socket.close, socket, [4000, 'why', Symbol('more')]));
      return kit.show([seen, await closed]);
    },
    'from within each event': async (kit) => {
      const seen: unknown[] = [];
      for (const type of ['open', 'message', 'close']) {
        const socket = new WebSocket(kit.url('/greet'));
        const note = (event: Event) => seen.push([type, event.type, socket.readyState]);
        for (const name of ['open', 'close']) socket.addEventListener(name, note);
        socket.addEventListener(type, () => socket.close(4000), { once: true });
        const closed = kit.next(socket, 'close');
        if (type === 'close') socket.addEventListener('open', () => socket.close());
        seen.push(kit.show(await closed));
      }
      return kit.show(seen);
    },
    'from within a conversion': async (kit) => {
      const socket = await kit.open('/echo');
      const closed = kit.next(socket, 'close');
      const code = {
        valueOf: () => {
          socket.close(4001, 'inner');
          return 4000;
        },
      } as unknown as number;
      const seen = kit.attempt(() => socket.close(code, 'outer'));
      return kit.show([seen, socket.readyState, await closed]);
    },
    'is done by the browser when the frame goes away': async (kit) => {
      const frame = await kit.frame();
      const socket = new frame.WebSocket(kit.url('/echo'));
      const log: string[] = [];
      for (const type of ['open', 'error', 'close']) socket.addEventListener(type, () => log.push(type));
      await kit.next(socket, 'open');
      frame.frameElement?.remove();
      return { log, state: socket.readyState, sent: kit.attempt(() => socket.send('text')), url: socket.url };
    },
  },
};
