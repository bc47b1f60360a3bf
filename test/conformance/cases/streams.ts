import type { Section } from '../kit.ts';

/** https://websockets.spec.whatwg.org/#the-websocketstream-interface and https://streams.spec.whatwg.org/ */
export const streams: Section = {
  title: 'WebSocketStream',
  spoiling: ['asks nothing of what the page has put in place of promises and functions'],
  browsers: ['chromium'],
  cases: {
    'reads and writes texts and bytes in order': async (kit) => {
      const { stream, readable, writable, protocol, extensions } = await kit.openStream('/echo');
      const writer = writable.getWriter();
      const reader = readable.getReader();
      const bytes = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);
      const chunks = [
        ...['', 'text', 'ünïcödé €', 'a\ud800b', 'x'.repeat(70_000)],
        ...[bytes.buffer, bytes.subarray(2, 5), new DataView(bytes.buffer, 1, 3), new ArrayBuffer(0)],
        ...[
          7,
          true,
          null,
          undefined,
          10n,
          [1, [2]],
          new Date(Number.NaN),
          new Blob(['blob']),
          new URL('x:y'),
        ],
      ];
      const seen: unknown[] = [protocol, extensions, Object.keys(await stream.opened)];
      for (const chunk of chunks) {
        seen.push(await writer.write(chunk));
        seen.push(await reader.read());
      }
      await writer.close();
      return kit.show([...seen, await reader.read(), await stream.closed]);
    },
    'makes a string of an object once, when its turn has come': async (kit) => {
      const { readable, writable } = await kit.openStream('/echo');
      const writer = writable.getWriter();
      const reader = readable.getReader();
      const log: string[] = [];
      const chunk = { toString: () => kit.note(log, 'toString', 'string') };
      const written = [writer.write(chunk), writer.write(chunk), writer.write(chunk)];
      log.push('written');
      await Promise.all(written);
      return kit.show([log, await reader.read(), await reader.read()]);
    },
    'settles promises in the same turns': async (kit) => {
      const { stream, readable, writable } = await kit.openStream('/command');
      const writer = writable.getWriter();
      const log: string[] = [];
      const most = 20;
      const turnsOf = async (promise: Promise<unknown>) => {
        let turns = 0;
        let isOver = false;
        const over = promise.then(
          () => {
            isOver = true;
          },
          () => {
            isOver = true;
          },
        );
        for (; !isOver && turns < most; turns++) await undefined;
        await over;
        return turns;
      };
      // A message that is not there yet comes with a later task: then the next one is looked at.
      const whenThere = async (what: string, read: () => Promise<unknown>) => {
        let turns = most;
        while (turns === most) {
          await kit.pause();
          turns = await turnsOf(read());
        }
        log.push(`${what} after ${turns}`);
      };
      await writer.write('burst 500');
      const reader = readable.getReader();
      await whenThere('read', () => reader.read());
      await whenThere('next read', () => reader.read());
      log.push(`write after ${await turnsOf(writer.write('a'))}`);
      log.push(`ready after ${await turnsOf(writer.ready)}`);
      reader.releaseLock();
      const iterator = readable.values({ preventCancel: true });
      await whenThere('iterator', () => iterator.next());
      const order: string[] = [];
      const [written, ready, closing] = [writer.write('b'), writer.ready, writer.close()];
      ready.then(() => order.push('ready'));
      closing.then(() => order.push('close'));
      written.then(() => order.push('write'));
      const closed = writer.closed.then(() => order.push('closed'));
      await Promise.all([closed, stream.closed]);
      return kit.show([log, order]);
    },
    'keeps the order of reads that wait': async (kit) => {
      const { stream, readable, writable } = await kit.openStream('/command');
      const reader = readable.getReader();
      const writer = writable.getWriter();
      const log: unknown[] = [];
      const reads = Array.from({ length: 3 }, (_, index) =>
        reader.read().then(({ value, done }) => log.push([index, value, done])),
      );
      const closed = reader.closed.then(() => log.push('closed'));
      // The server does it all, so that what comes when is not a matter of time.
      for (const order of ['texts a b', 'close 4000 why']) await writer.write(order);
      await Promise.all([...reads, closed]);
      return kit.show([log, await stream.closed]);
    },
    'holds writes back while the server takes none': async (kit) => {
      const { stream, writable } = await kit.openStream('/command');
      const writer = writable.getWriter();
      await writer.write('stop');
      const sizes = [writer.desiredSize];
      const { ready } = writer;
      let settled = 0;
      const chunk = 'x'.repeat(2 ** 20);
      for (let index = 0; index < 40; index++) {
        writer.write(chunk).then(
          () => settled++,
          () => undefined,
        );
        if (index < 3) sizes.push(writer.desiredSize);
      }
      await kit.pause();
      await kit.pause();
      const isHeld = settled < 40 && Number(writer.desiredSize) < 0 && ready !== writer.ready;
      stream.close();
      return kit.show({ sizes, isHeld });
    },
    'holds messages back while nobody reads': async (kit) => {
      const { readable, writable } = await kit.openStream('/command');
      const writer = writable.getWriter();
      const reader = readable.getReader();
      await writer.write('burst 200');
      await kit.pause();
      const first = await reader.read();
      reader.releaseLock();
      await kit.pause();
      // What has not been read is still there for whoever comes next.
      const second = readable.getReader();
      let last: unknown;
      for (let index = 1; index < 200; index++) last = await second.read();
      return kit.show([first, last]);
    },
    'splits into branches that see each message': async (kit) => {
      const { readable, writable } = await kit.openStream('/command');
      const writer = writable.getWriter();
      await writer.write('mixed 4');
      const branches = readable.tee();
      const [left, right] = branches;
      const readers = [left.getReader(), right.getReader()];
      const seen: unknown[] = [];
      const chunks: unknown[][] = [[], []];
      for (const [index, reader] of readers.entries()) {
        for (let count = 0; count < 4; count++) chunks[index]?.push((await reader.read()).value);
      }
      seen.push(chunks, chunks[0]?.[1] === chunks[1]?.[1], Array.isArray(branches), branches.length);
      seen.push(readable.locked, kit.keys(branches));
      readers[0]?.releaseLock();
      const [leaf] = left.tee();
      await writer.write('texts leaf');
      seen.push(await leaf.getReader().read(), await readers[1]?.read());
      return kit.show(seen);
    },
    'is iterated': async (kit) => {
      const { stream, readable, writable } = await kit.openStream('/greet');
      const seen: unknown[] = [];
      const iterator = readable.values({ preventCancel: true });
      seen.push(iterator, readable.locked, await iterator.next(), await iterator.return?.(), readable.locked);
      for await (const chunk of readable) {
        seen.push(chunk);
        if (typeof chunk !== 'string') break;
      }
      const prototype = Object.getPrototypeOf(iterator) as object;
      seen.push(kit.keys(prototype), kit.property(prototype, 'next'), kit.property(prototype, 'return'));
      seen.push(prototype === Object.getPrototypeOf(new ReadableStream().values()));
      seen.push(await kit.settled(() => stream.closed), readable.locked, writable.locked);
      return kit.show(seen);
    },
    'pipes both ways': async (kit) => {
      const { stream, readable, writable } = await kit.openStream('/echo');
      const source = new ReadableStream<unknown>({
        start(controller) {
          for (const chunk of ['a', Uint8Array.of(1), 'b']) controller.enqueue(chunk);
          controller.close();
        },
      });
      const taken: unknown[] = [];
      const piped = source.pipeTo(writable, { preventClose: true });
      const through = readable.pipeThrough(
        new TransformStream<unknown, unknown>({
          transform: (chunk, controller) => controller.enqueue([chunk]),
        }),
      );
      const locked = [readable.locked, writable.locked];
      const reader = through.getReader();
      while (taken.length < 3) taken.push((await reader.read()).value);
      return kit.show([taken, locked, await piped, writable.locked, stream.close(), await stream.closed]);
    },
    'pipes no more than the destination takes': async (kit) => {
      const { readable, writable } = await kit.openStream('/command');
      const writer = writable.getWriter();
      await writer.write('burst 50');
      writer.releaseLock();
      let isFree = () => undefined as unknown;
      const taken: unknown[] = [];
      const slow = new WritableStream<unknown>({
        write(chunk) {
          taken.push(chunk);
          return taken.length === 3 ? new Promise<void>((resolve) => (isFree = () => resolve())) : undefined;
        },
      });
      const piped = kit.settled(() => readable.pipeTo(slow));
      while (taken.length < 3) await kit.pause();
      await kit.pause(); // in which no more may be taken
      const held = taken.length;
      let pulled = 0;
      const source = new ReadableStream<string>(
        {
          pull(controller) {
            controller.enqueue(++pulled > 2 ? 'close' : `texts ${pulled}`);
            if (pulled === 3) controller.close();
          },
        },
        { highWaterMark: 0 },
      );
      isFree();
      while (taken.length < 50) await kit.pause();
      const fed = await kit.settled(() => source.pipeTo(writable, { preventClose: true }));
      writable.getWriter().close();
      return kit.show([held, taken.slice(0, 50), pulled, fed, source.locked, await piped, readable.locked]);
    },
    'ends pipes for the reasons of either side': async (kit) => {
      const seen: unknown[] = [];
      const log: string[] = [];
      const sink = () =>
        new WritableStream<unknown>({
          close: () => kit.note(log, 'close', undefined),
          abort: (reason) => kit.note(log, `abort ${String(reason)}`, undefined),
        });
      const end = async (
        path: string,
        pipe: (opened: Awaited<ReturnType<typeof kit.openStream>>) => Promise<unknown>,
      ) => {
        const opened = await kit.openStream(path);
        seen.push(await kit.settled(() => pipe(opened)), opened.readable.locked, opened.writable.locked);
        opened.stream.close();
        seen.push(await kit.settled(() => opened.stream.closed));
      };
      const failing = () =>
        new WritableStream({ start: (controller) => controller.error(new Error('full')) });
      const aborting = new AbortController();
      await end('/close/4002/server', ({ readable }) => readable.pipeTo(sink()));
      await end('/echo', ({ readable }) => readable.pipeTo(failing()));
      await end('/echo', ({ readable }) => readable.pipeTo(failing(), { preventCancel: true }));
      await end('/echo', ({ readable }) => {
        const piped = readable.pipeTo(sink(), { signal: aborting.signal });
        aborting.abort(new Error('enough'));
        return piped;
      });
      await end('/echo', ({ readable }) => readable.pipeTo(sink(), { signal: aborting.signal }));
      await end('/echo', ({ writable }) =>
        new ReadableStream({ start: (controller) => controller.error(new Error('broken')) }).pipeTo(writable),
      );
      await end('/echo', ({ writable }) =>
        new ReadableStream({ start: (controller) => controller.close() }).pipeTo(writable),
      );
      return kit.show([seen, log]);
    },
    'reads what a pipe is told once and in order': async (kit) => {
      const { stream, readable, writable } = await kit.openStream('/echo');
      const log: string[] = [];
      const watched = <T extends object>(name: string, target: T): T =>
        new Proxy(target, {
          get: (object, key) => kit.note(log, `${name} ${String(key)}`, Reflect.get(object, key) as unknown),
        });
      const refused = kit.settled(() =>
        readable.pipeTo(new WritableStream(), watched('to', { signal: 1 }) as unknown as StreamPipeOptions),
      );
      const locked = [readable.locked];
      const pair = watched('pair', { readable: new ReadableStream(), writable });
      const source = new ReadableStream();
      const through = kit.attempt(() => source.pipeThrough(pair, watched('through', { preventAbort: true })));
      locked.push(source.locked, writable.locked);
      stream.close();
      const other = new ReadableStream().pipeThrough(watched('other', new TransformStream()));
      return kit.show([await refused, locked, through, other.locked, log]);
    },
    'ends with codes and reasons': async (kit) => {
      const { WebSocketError } = kit.streams();
      const error = () => new WebSocketError('enough', { closeCode: 4001, reason: 'why' });
      const seen: unknown[] = [];
      const end = async (
        path: string,
        by: (opened: Awaited<ReturnType<typeof kit.openStream>>) => unknown,
      ) => {
        const opened = await kit.openStream(path);
        const result = await kit.settled(async () => by(opened));
        const reader = opened.readable.locked ? undefined : opened.readable.getReader();
        seen.push(result, await kit.settled(() => opened.stream.closed));
        seen.push(await kit.settled(async () => reader?.read()));
      };
      await end('/echo', ({ stream }) => stream.close({ closeCode: 4000, reason: 'stream' }));
      await end('/echo', ({ stream }) => stream.close());
      await end('/echo', ({ stream }) => [
        kit.attempt(() => stream.close({ closeCode: 999 })),
        kit.attempt(() => stream.close({ closeCode: 4003, reason: 'x'.repeat(124) })),
        stream.close({ reason: 'no code' }),
      ]);
      await end('/echo', ({ writable }) => writable.close());
      await end('/echo', ({ writable }) => writable.abort(error()));
      await end('/echo', ({ writable }) => writable.getWriter().close());
      await end('/echo', ({ writable }) => writable.getWriter().abort(error()));
      await end('/echo', ({ readable }) => readable.cancel(error()));
      await end('/echo', ({ readable }) => readable.getReader().cancel(error()));
      await end('/close/4002/server', () => undefined);
      return kit.show(seen);
    },
    'is aborted during the handshake': async (kit) => {
      const { WebSocketStream } = kit.streams();
      const controller = new AbortController();
      const path = `/held${location.pathname}`;
      const stream = new WebSocketStream(kit.url(path), { signal: controller.signal });
      await kit.pause();
      controller.abort();
      const seen = [await kit.settled(() => stream.opened), await kit.settled(() => stream.closed)];
      await fetch(`/release${path}`);
      const refused = new WebSocketStream(kit.url('/refuse/401'));
      return kit.show([
        ...seen,
        await kit.settled(() => refused.opened),
        await kit.settled(() => refused.closed),
      ]);
    },
    'reports rejections that nobody handles': async (kit) => {
      const log: unknown[] = [];
      window.addEventListener('unhandledrejection', (event) => {
        log.push(String(event.reason), event.promise === writing);
        event.preventDefault();
      });
      const { stream, readable, writable } = await kit.openStream('/command');
      const writer = writable.getWriter();
      const reader = readable.getReader();
      const reading = kit.settled(() => reader.read());
      await writer.write('break');
      const read = await reading;
      const closed = await kit.settled(() => stream.closed);
      const writing: unknown = writer.write('late');
      await kit.pause();
      return kit.show([read, closed, log]);
    },
    'checks locks and brands': async (kit) => {
      const { readable, writable } = await kit.openStream('/echo');
      const reader = readable.getReader();
      const writer = writable.getWriter();
      const readers = ReadableStreamDefaultReader.prototype;
      const writers = WritableStreamDefaultWriter.prototype;
      const Callable = ReadableStreamDefaultReader as unknown as () => unknown;
      const sync = [
        () => readable.getReader(),
        () => readable.values(),
        () => readable.tee(),
        () => readable.pipeThrough(new TransformStream()),
        () => new ReadableStreamDefaultReader(readable),
        () => writable.getWriter(),
        () => new WritableStreamDefaultWriter(writable),
        () => Reflect.apply(ReadableStream.prototype.getReader, writable, []),
        () => Reflect.apply(ReadableStream.prototype.tee, undefined, []),
        () => Reflect.apply(readers.releaseLock, writer, []),
        () => Callable(),
        () => new (ReadableStreamDefaultReader as unknown as new () => unknown)(),
      ];
      const later: (() => Promise<unknown>)[] = [
        () => readable.cancel(),
        () => readable.pipeTo(new WritableStream()),
        () => writable.close(),
        () => Reflect.apply(readers.read, writer, []),
        () => Reflect.apply(readers.read, undefined, []),
        () => Reflect.apply(writers.write, reader, ['x']),
        () => Reflect.apply(writers.close, {}, []),
      ];
      const seen = sync.map((work) => kit.attempt(work));
      for (const work of later) seen.push(await kit.settled(work));
      const pending = kit.settled(() => reader.read());
      reader.releaseLock();
      writer.releaseLock();
      seen.push(await pending, await kit.settled(() => reader.read()));
      seen.push(await kit.settled(() => writer.write('x')), await kit.settled(() => reader.closed));
      const [first] = [readable.getReader()].map((other) => other !== reader);
      return kit.show([seen, first ?? null, kit.attempt(() => readable.getReader({ mode: 'byob' }))]);
    },
    'makes readers and writers by their constructors': async (kit) => {
      class Reader extends ReadableStreamDefaultReader {
        readonly own = 'own';
        async text(): Promise<string> {
          return String((await super.read()).value);
        }
      }
      const { readable, writable } = await kit.openStream('/echo');
      const reader = new Reader(readable);
      const writer = new WritableStreamDefaultWriter(writable);
      await writer.write('text');
      return kit.show([
        ...[await reader.text(), reader.own, reader instanceof ReadableStreamDefaultReader, kit.keys(reader)],
        ...[reader.constructor === Reader, writer.constructor === WritableStreamDefaultWriter],
        ...[writer instanceof WritableStreamDefaultWriter, kit.keys(writer)],
      ]);
    },
    'has the properties of the browser': async (kit) => {
      const { stream, readable, writable } = await kit.openStream('/echo');
      const reader = readable.getReader();
      const writer = writable.getWriter();
      const owners = [
        ReadableStream,
        WritableStream,
        ReadableStreamDefaultReader,
        WritableStreamDefaultWriter,
      ];
      const own = [...owners, kit.streams().WebSocketStream].map(({ prototype }) =>
        kit.keys(prototype).map((key) => [key, kit.property(prototype, key)]),
      );
      const { values } = ReadableStream.prototype;
      const { opened } = stream;
      const info = await opened;
      return kit.show([
        ...[own, owners.map((owner) => kit.property(window, owner.name)), owners.map(kit.keys)],
        ...[values === ReadableStream.prototype[Symbol.asyncIterator], owners.map(({ name }) => name)],
        ...[info.readable === readable, info.writable === writable, stream.opened === opened],
        ...[stream, readable, writable, reader, writer, reader.closed, writer.ready].map(kit.keys),
        ...[reader.read(), writer.write('x')].map((promise) => [
          kit.keys(promise),
          promise instanceof Promise,
        ]),
      ]);
    },
    'leaves other streams alone': async (kit) => {
      await kit.openStream('/echo');
      const log: string[] = [];
      const stream = new ReadableStream<string>(
        {
          pull(controller) {
            log.push(`pull ${controller.desiredSize}`);
            controller.enqueue(`chunk ${log.length}`);
          },
          cancel: (reason) => kit.note(log, `cancel ${reason}`, undefined),
        },
        { highWaterMark: 2 },
      );
      const seen: unknown[] = [await new Response('body').body?.getReader().read()];
      for await (const chunk of stream) if (seen.push(chunk) > 3) break;
      const taken: unknown[] = [];
      await new Response('piped').body?.pipeTo(
        new WritableStream({ write: (chunk) => kit.note(log, 'write', void taken.push(chunk)) }),
      );
      return kit.show([seen, taken, log]);
    },
    'shows the stack of its caller': async (kit) => {
      const { readable } = await kit.openStream('/echo');
      readable.getReader();
      const stacks: unknown[] = [];
      for (const work of [() => readable.getReader(), () => readable.tee(), () => readable.values()]) {
        try {
          work();
        } catch (error) {
          stacks.push(kit.stack(error));
        }
      }
      return kit.show(stacks);
    },
    'asks nothing of what the page has put in place of promises and functions': async (kit) => {
      const log: string[] = [];
      const { then } = Promise.prototype;
      const { getReader } = ReadableStream.prototype;
      const { write } = WritableStreamDefaultWriter.prototype;
      Object.defineProperty(Promise, Symbol.species, { get: () => kit.note(log, 'species', Promise) });
      ReadableStream.prototype.getReader = function (this: ReadableStream, ...args: []) {
        log.push(`getReader ${args.length}`);
        return Reflect.apply(getReader, this, args);
      } as typeof getReader;
      WritableStreamDefaultWriter.prototype.write = function (chunk) {
        log.push(`write ${String(chunk)}`);
        return Reflect.apply(write, this, [chunk]);
      };
      const { readable, writable } = await kit.openStream('/echo');
      Object.defineProperty(Promise.prototype, 'then', {
        value(this: Promise<unknown>, ...args: Parameters<typeof then>) {
          log.push('then');
          return Reflect.apply(then, this, args) as unknown;
        },
      });
      const writer = writable.getWriter();
      const reader = readable.getReader();
      const written = writer.write('text');
      const read = reader.read();
      return kit.show([await written, await read, log]);
    },
    'prints the functions that carry messages': async (kit) => {
      const { stream, readable, writable } = await kit.openStream('/echo');
      const functions = [
        ...[
          stream.constructor,
          stream.close,
          readable.getReader,
          readable.tee,
          readable.values,
          readable.pipeTo,
        ],
        ...[
          readable.pipeThrough,
          writable.getWriter,
          ReadableStreamDefaultReader,
          WritableStreamDefaultWriter,
        ],
        ...[...Object.values(Object.getOwnPropertyDescriptors(ReadableStreamDefaultReader.prototype))].map(
          ({ value }) => value as unknown,
        ),
        ...[...Object.values(Object.getOwnPropertyDescriptors(WritableStreamDefaultWriter.prototype))].map(
          ({ value }) => value as unknown,
        ),
      ];
      return kit.show(functions.map(String));
    },
  },
};
