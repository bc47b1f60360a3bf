import type { Section } from '../kit.ts';

/** https://websockets.spec.whatwg.org/#dom-websocket-send */
export const send: Section = {
  title: 'send(data) and bufferedAmount',
  cases: {
    'takes every type of data': async (kit) => {
      const socket = await kit.open('/echo');
      const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 16);
      const { buffer } = bytes;
      const values: unknown[] = [
        ...['', 'text', 'ünïcödé €', '😀', 'a\0b', 'x'.repeat(70_000)],
        ...[
          buffer,
          new ArrayBuffer(0),
          bytes.subarray(3, 7),
          new DataView(buffer, 2, 5),
          new Uint16Array(buffer, 4, 3),
        ],
        ...[
          new Float64Array(buffer),
          new BigInt64Array(buffer),
          new Uint8ClampedArray([300, -1]),
          new Int8Array(0),
        ],
        ...[new Blob(['blob ', bytes]), new Blob([]), new File(['file'], 'name.txt', { type: 'text/plain' })],
        ...[
          undefined,
          null,
          7,
          -0,
          Number.NaN,
          true,
          10n,
          {},
          [],
          [1, [2]],
          () => 1,
          new Date(0),
          /x/g,
          new String('s'),
        ],
        ...[new URL('http://host/'), document.all, document.body, new Proxy(buffer, {})],
      ];
      const seen: unknown[] = [];
      for (const value of values) seen.push(await kit.echo(socket, value));
      return kit.show([...seen, await kit.end(socket)]);
    },
    'replaces lone surrogates': async (kit) => {
      const socket = await kit.open('/echo');
      const seen: unknown[] = [];
      for (const text of ['\ud800', '\udc00', 'a\ud800b', '\udc00\ud800', '\ud83d\ude00', '\ud800'.repeat(3)])
        seen.push(await kit.echo(socket, text), await kit.echo(socket, { toString: () => text }));
      return kit.show(seen);
    },
    'makes a string of an object once, the way the language does': async (kit) => {
      const socket = await kit.open('/echo');
      const log: string[] = [];
      const objects: unknown[] = [
        { toString: () => kit.note(log, 'toString', 'string'), valueOf: () => log.push('valueOf') },
        { toString: undefined, valueOf: () => kit.note(log, 'valueOf', 'value') },
        { [Symbol.toPrimitive]: (hint: string) => kit.note(log, hint, 'primitive') },
        { [Symbol.toPrimitive]: () => 5 },
        Object.assign(() => 1, { toString: () => 'function' }),
      ];
      const seen: unknown[] = [];
      for (const object of objects) seen.push(await kit.echo(socket, object));
      return kit.show({ seen, log });
    },
    'passes on what the conversion throws': async (kit) => {
      const socket = await kit.open('/echo');
      const { send } = WebSocket.prototype;
      const thrower = {
        toString() {
          throw new RangeError('from toString');
        },
      };
      const values: unknown[] = [
        ...[
          thrower,
          Symbol('s'),
          Object(Symbol('s')),
          { toString: () => ({}) },
          { toString: () => Symbol('t') },
        ],
        ...[
          Object.create(null),
          { [Symbol.toPrimitive]: 7 },
          { [Symbol.toPrimitive]: () => ({}) },
          new Proxy(new Uint8Array(1), {}),
        ],
      ];
      const seen = values.map((value) => kit.attempt(() => socket.send(value as string)));
      return kit.show([
        ...seen,
        kit.attempt(() => send.call(socket, thrower as unknown as string)),
        socket.bufferedAmount,
      ]);
    },
    'wants one argument and ignores more': async (kit) => {
      const socket = await kit.open('/echo');
      const answer = kit.messages(socket, 1);
      return kit.show([
        kit.attempt(() => Reflect.apply(socket.send, socket, [])),
        kit.attempt(() => Reflect.apply(socket.send, socket, ['text', Symbol('more')])),
        await answer,
      ]);
    },
    'throws while connecting, and converts first': (kit) => {
      const socket = new WebSocket('/echo');
      const log: string[] = [];
      const values: unknown[] = [
        'text',
        new ArrayBuffer(1),
        new Blob([]),
        { toString: () => kit.note(log, 'x', 'x') },
      ];
      return kit.show({
        seen: values.map((value) => kit.attempt(() => socket.send(value as string))),
        none: kit.attempt(() => Reflect.apply(socket.send, socket, [])),
        symbol: kit.attempt(() => socket.send(Symbol('s') as unknown as string)),
        log,
      });
    },
    'does nothing but count once the socket is closing or closed': async (kit) => {
      const socket = await kit.open('/echo');
      socket.close();
      const seen: unknown[] = [];
      const values: unknown[] = [
        'text',
        'ü',
        '\ud800',
        new ArrayBuffer(3),
        new Blob(['five!']),
        { toString: () => 'x' },
      ];
      const sendAll = () => {
        for (const value of values)
          seen.push(
            kit.attempt(() => socket.send(value as string)),
            socket.bufferedAmount,
          );
      };
      sendAll();
      await kit.next(socket, 'close');
      sendAll();
      return kit.show([seen, socket.readyState]);
    },
    'counts what is not sent yet': async (kit) => {
      const socket = await kit.open('/command');
      socket.send('stop');
      const seen: unknown[] = [socket.bufferedAmount > 0];
      const before = socket.bufferedAmount;
      for (const value of [
        'text',
        'ü€😀',
        '\ud800',
        new ArrayBuffer(100),
        new Uint16Array(7),
        new Blob(['blob']),
      ]) {
        socket.send(value);
        seen.push(socket.bufferedAmount - before);
      }
      return kit.show(seen);
    },
    'counts down as it sends, never within a task': async (kit) => {
      const socket = await kit.open('/echo');
      const amounts: number[] = [];
      const answers = kit.messages(socket, 2);
      socket.send('x'.repeat(1000));
      amounts.push(socket.bufferedAmount);
      await undefined;
      for (const end = performance.now() + 20; performance.now() < end; );
      amounts.push(socket.bufferedAmount);
      socket.send('ü');
      amounts.push(socket.bufferedAmount);
      await answers;
      return kit.show([amounts, socket.bufferedAmount]);
    },
    'sees buffers as they are at that moment': async (kit) => {
      const socket = await kit.open('/echo');
      const bytes = Uint8Array.of(1, 2, 3);
      const answer = kit.messages(socket, 2);
      socket.send(bytes);
      bytes.fill(9);
      socket.send(bytes);
      bytes.fill(0);
      return kit.show([await answer, [...bytes], bytes.buffer.byteLength]);
    },
    'takes buffers that are detached, resizable, shared or of another realm': async (kit) => {
      const socket = await kit.open('/echo');
      const detached = Uint8Array.of(1, 2, 3);
      const view = new DataView(detached.buffer, 1);
      structuredClone(detached.buffer, { transfer: [detached.buffer] });
      const resizable = new ArrayBuffer(2, { maxByteLength: 8 });
      const tracking = new Uint8Array(resizable);
      const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer;
      const frame = await kit.frame();
      const values: unknown[] = [
        ...[detached, detached.buffer, view, resizable, tracking, new DataView(resizable)],
        ...[shared, new Uint8Array(shared, 0, 2), new DataView(shared, 1, 2)],
        ...[
          frame.Uint8Array.of(5),
          new frame.ArrayBuffer(2),
          new frame.Blob(['theirs']),
          frame.Object.create(null),
        ],
      ];
      const seen: unknown[] = [];
      for (const value of values) {
        const sent = kit.attempt(() => socket.send(value as ArrayBuffer));
        seen.push(sent, JSON.stringify(sent).includes('threw') ? '' : await kit.messages(socket, 1));
      }
      return kit.show([...seen, await kit.end(socket)]);
    },
    'looks at no property of what it is given': async (kit) => {
      const socket = await kit.open('/echo');
      const log: string[] = [];
      const bytes = Uint8Array.of(1, 2);
      for (const value of [bytes, bytes.buffer, new Blob(['b'])]) {
        for (const name of [
          'byteLength',
          'byteOffset',
          'buffer',
          'length',
          'size',
          'slice',
          'constructor',
          'then',
          'toString',
        ])
          Object.defineProperty(value, name, { get: () => log.push(name) });
        Object.setPrototypeOf(value, null);
        await kit.echo(socket, value);
      }
      const object = new Proxy({} as Record<PropertyKey, unknown>, {
        get(_target, key) {
          log.push(`get ${String(key)}`);
          return key === 'toString' ? () => 'text' : undefined;
        },
        has: (_target, key) => Boolean(log.push(`has ${String(key)}`)),
        getPrototypeOf: () => kit.note(log, 'getPrototypeOf', null),
        getOwnPropertyDescriptor: () => kit.note(log, 'getOwnPropertyDescriptor', undefined),
      });
      return kit.show([await kit.echo(socket, object), log]);
    },
    'may be called from within a conversion': async (kit) => {
      const socket = await kit.open('/echo');
      const answer = kit.messages(socket, 2);
      socket.send({
        toString: () => {
          socket.send('inner');
          return 'outer';
        },
      } as unknown as string);
      const first = await answer;
      const closing = {
        toString: () => {
          socket.close();
          return 'after close';
        },
      } as unknown as string;
      return kit.show([
        first,
        kit.attempt(() => socket.send(closing)),
        socket.readyState,
        socket.bufferedAmount,
      ]);
    },
    'runs conversions on the stack of the page': async (kit) => {
      const socket = await kit.open('/echo');
      let stack: string[] = [];
      const object = {
        toString: function conversion() {
          stack = kit.stack(new Error('here'));
          return 'text';
        },
      };
      (function caller() {
        socket.send(object as unknown as string);
      })();
      return { found: ['conversion', 'caller'].map((name) => stack.some((line) => line.includes(name))) };
    },
    'keeps order between texts, buffers and Blobs': async (kit) => {
      const socket = await kit.open('/echo');
      const answer = kit.messages(socket, 6);
      socket.send(new Blob(['b'.repeat(2000)]));
      socket.send('text');
      socket.send(Uint8Array.of(1));
      socket.send(new Blob(['small']));
      socket.send('last');
      socket.send(new Blob([]));
      return (await answer).map((seen) => JSON.stringify(seen).length);
    },
    'sends what was given before close': async (kit) => {
      const socket = await kit.open('/echo');
      const answer = kit.messages(socket, 2);
      socket.send('one');
      socket.send(new Blob(['two']));
      const ended = kit.end(socket, 4000, 'after');
      const seen = await Promise.race([answer, ended.then(() => 'ended first')]);
      return kit.show([seen, await ended]);
    },
    'throws with a stack of the page': (kit) => {
      const socket = new WebSocket('/echo');
      const works = [
        () => socket.send('early'),
        () => Reflect.apply(socket.send, socket, []),
        () => Reflect.apply(socket.send, {}, ['text']),
        () => socket.close(7),
        () => socket.close(4000, 'x'.repeat(124)),
      ];
      return works.map((work) => {
        try {
          work();
          return 'nothing thrown';
        } catch (error) {
          return [
            (error as Error).name,
            kit.keys(error as Error),
            kit.stack(error).some((line) => line.includes('/program/')),
          ];
        }
      });
    },
  },
};
