import { FrameFlag, FrameKind } from '../protocol/frames.ts';
import type { Refusal } from '../protocol/messages.ts';
import { ReadyState } from '../protocol/sockets.ts';
import {
  apply,
  asyncIteratorKey,
  bare,
  getPrototypeOf,
  NativeProxy,
  settled,
  uncurryGetter,
  uncurryThis,
} from './natives.ts';
import type { Newable } from './patch.ts';
import type { Caller } from './stack.ts';
import { isReadableLocked, NativeReader, passage, readables } from './stream-pipes.ts';
import type { Tap } from './tap.ts';
import type { Tools } from './tools.ts';

/** The readable or the writable of a WebSocketStream; where a readable was split, each branch is one more. */
interface End {
  readonly tap: Tap;
  readonly held: () => object | undefined;
  readonly isWritable: boolean;
  /** The branches of a readable share it. */
  readonly flow: { counted: number; isSplit: boolean };
  /** Messages that have been asked for here. */
  asked: number;
  /** Whoever holds the lock is known: the messages are seen, or a row says that they are not. */
  isLockKnown: boolean;
  /** The last reader, writer or iterator. */
  holder: () => object | undefined;
  next: End | undefined;
}

/** What is done after a native function has done its work. */
type After = (
  /** What the function was called on, if that is known. */
  end: End | undefined,
  result: never,
  args: readonly unknown[],
  above: Caller,
  self: never,
) => void;

/** What a native function is called with in the place of what the page has called it with. */
interface Call {
  readonly self: object;
  readonly args: readonly unknown[];
  /** Called when it has done its work, or refused to. */
  readonly settle?: () => void;
}

type Instead = (self: object, args: readonly unknown[]) => Call | undefined;

/** The messages of all streams of the document. */
export interface MessagesOfStreams {
  /** Follows what a stream has opened. */
  follow(tap: Tap, readable: object, writable: object): void;
  /** Tells of readables and writables that someone holds who was not seen to take them. */
  look(): void;
  /** Writes as the page would: with its writer, or with a passing one where there is none. */
  send(tap: Tap, data: string | Uint8Array, flags: number): Refusal | undefined;
}

const NativeWriter = WritableStreamDefaultWriter as Newable<object> & typeof WritableStreamDefaultWriter;
const writables: WritableStream = WritableStream.prototype;
const isWritableLocked = uncurryGetter(writables, 'locked') as (stream: object) => boolean;
const readDesiredSize = uncurryGetter(NativeWriter.prototype, 'desiredSize') as (writer: object) => unknown;
const getWriter = uncurryThis(writables.getWriter) as (stream: object) => object;
const writeWith = uncurryThis(NativeWriter.prototype.write) as (writer: object, data: unknown) => object;
const releaseLock = uncurryThis(NativeWriter.prototype.releaseLock) as (writer: object) => void;

/**
 * Sees the messages of WebSocketStreams at the functions with which pages read and write, which it replaces. Streams, readers,
 * writers and promises stay the browser's own, and nothing is read or written but by the page: so back-pressure stays its own too.
 * What is given to a worker passes within the browser; a row says so.
 *
 * A read is recorded when its promise is settled, before the page hears of it. A write is recorded when it is made, like a `send()`:
 * who waits for its promise makes a rejection count as handled that nobody handles.
 */
export function seeMessages(tools: Tools, prototypeOfStreams: object): MessagesOfStreams {
  const { observer, constructing, describe, leaveStack, replace, replaceConstructor, tryRead, weakly } =
    tools;
  /** By readable, writable, reader, writer and iterator. */
  const ends = tools.makeWeakMap<object, End>();
  let first: End | undefined;
  let iterators: object | undefined;

  function add(tap: Tap, stream: object, isWritable: boolean, flow: End['flow'], asked: number): void {
    const held = weakly(stream);
    first = { tap, held, isWritable, flow, asked, isLockKnown: false, holder: held, next: first };
    ends.set(stream, first);
  }

  function follow(tap: Tap, readable: object, writable: object): void {
    const flow = { counted: 0, isSplit: false };
    add(tap, readable, false, flow, 0);
    add(tap, writable, true, flow, 0);
  }

  function look(): void {
    let before: End | undefined;
    for (let end = first; end; end = end.next) {
      const { tap, isWritable, isLockKnown } = end;
      const stream = end.held();
      if (!stream || tap.isClosed) {
        if (before) before.next = end.next;
        else first = end.next;
        continue;
      }
      before = end;
      end.isLockKnown = isWritable ? isWritableLocked(stream) : isReadableLocked(stream);
      if (isLockKnown || !end.isLockKnown) continue;
      tap.record.hasUnseen = true;
      observer.happened(tap, isWritable ? FrameKind.unseenSent : FrameKind.unseenReceived);
    }
  }

  function send(tap: Tap, data: string | Uint8Array, flags: number): Refusal | undefined {
    const { readyState } = tap.record;
    if (readyState !== ReadyState.open) return { reason: 'not-open', readyState };
    const written = write(tap, data);
    if (!written) return { reason: 'stream-locked' };
    settled(written);
    sent(tap, data, flags);
    return undefined;
  }

  /**
   * Records what the browser sends of a chunk. It makes a string of an object when the object's turn has come; to do so a second
   * time could be noticed, so that such a message has no payload here.
   */
  function sent(tap: Tap, chunk: unknown, flags: number, above?: Caller): void {
    if (typeof chunk === 'symbol') return;
    const binary = tryRead(tools.blobSize, chunk as Blob) === undefined ? observer.binary(chunk) : undefined;
    observer.sent(tap, binary, isObject(chunk) ? 0 : `${chunk}`, flags, above);
  }

  /** @returns the promise of the write; undefined where someone holds the writable whose writer is not known */
  function write(tap: Tap, data: unknown): object | undefined {
    let end = first;
    while (end && !(end.tap === tap && end.isWritable)) end = end.next;
    const stream = end?.held();
    if (!end || !stream) return undefined;
    if (isWritableLocked(stream)) {
      const writer = end.holder();
      return isWriter(writer) ? writeWith(writer, data) : undefined;
    }
    const writer = getWriter(stream);
    const written = writeWith(writer, data);
    releaseLock(writer);
    return written;
  }

  /** True for a writer that holds its stream's lock and whose stream has not failed. */
  function isWriter(writer: object | undefined): writer is object {
    return typeof tryRead(readDesiredSize, writer as object) === 'number';
  }

  /** @returns whether the function could be replaced */
  function after(owner: object, key: PropertyKey, then: After, instead?: Instead): boolean {
    const native: unknown = describe(owner, key)?.value;
    if (typeof native !== 'function') return false;
    function applyNative(target: Caller, self: never, args: never[]): unknown {
      let call: Call | undefined;
      let result: unknown;
      try {
        call = instead?.(self, args);
        result = call ? apply(target, call.self as never, call.args as never[]) : apply(target, self, args);
      } catch (error) {
        leaveStack(error, args, applyNative);
        throw error;
      } finally {
        call?.settle?.();
      }
      try {
        then(ends.get(self), result as never, args, applyNative, self);
      } catch {
        // something of the page's in place of a stream or of a promise
      }
      return result;
    }
    return replace(owner, key, native, new NativeProxy(native as Caller, bare({ apply: applyNative })));
  }

  /** The same for a constructor of readers or writers. */
  function afterNew(name: string, native: Newable<object> & { readonly prototype: object }): void {
    const proxy: object = new NativeProxy(
      native,
      constructing<object>(
        () => proxy,
        (made, _above, args) => locked(ends.get(args[0] as object), made),
      ),
    );
    replaceConstructor(globalThis, name, native, proxy);
  }

  function locked(end: End | undefined, holder: object): void {
    if (!end) return;
    ends.set(holder, end);
    end.isLockKnown = true;
    end.holder = weakly(holder);
  }

  function isRead(end: End | undefined, promise: object): void {
    // What has failed is left alone: its rejections would count as handled.
    if (!end || hasFailed(end)) return;
    const { tap, flow } = end;
    const index = end.asked++;
    settled(
      promise,
      ({ done, value }: IteratorResult<unknown>) => {
        if (done || index < flow.counted) return;
        flow.counted++;
        observer.received(tap, value, 0);
      },
      () => {
        end.asked--;
      },
    );
  }

  function isWritten(
    end: End | undefined,
    _promise: object,
    args: readonly unknown[],
    above: Caller,
    writer: object,
  ): void {
    if (end) sent(end.tap, args[0], isOpen(end) && isWriter(writer) ? 0 : FrameFlag.discarded, above);
  }

  /**
   * What `pipeTo` or `pipeThrough` is to be called with where messages may pass: a passage in the place of the source. A pipe that
   * leaves its source to others when it ends keeps its own, since a message on its way through a passage would be lost to them.
   */
  function pipe(source: object, args: readonly unknown[], isThrough?: boolean): Call | undefined {
    let target = args[0];
    if (!isObject(target)) return undefined;
    let destination = target;
    if (isThrough) {
      const { readable, writable } = target as ReadableWritablePair;
      target = bare({ readable, writable });
      destination = writable;
    }
    const from = ends.get(source);
    const to = ends.get(destination);
    if (!from && !to) return isThrough ? { self: source, args: [target, args[1]] } : undefined;
    const options = isObject(args[1]) ? optionsOf(args[1]) : undefined;
    const call = { self: source, args: [target, options ?? args[1]] };
    const isFree =
      tryRead(isReadableLocked, source) === false && tryRead(isWritableLocked, destination) === false;
    if (!isFree || options?.preventCancel || hasFailed(from)) return call;
    const { stream, isTaken } = passage(source, {
      reads: (promise) => isRead(from, promise),
      passes: (chunk) => to && sent(to.tap, chunk, isOpen(to) ? 0 : FrameFlag.discarded),
      ends: (unless) => (unless ? options?.[unless] || isEnded(to) : isEnded(from)),
    });
    return {
      self: stream,
      args: call.args,
      settle() {
        if (!isTaken()) return;
        locked(from, stream);
        locked(to, stream);
      },
    };
  }

  function isIterated(end: End | undefined, iterator: object): void {
    if (!end) return;
    const prototype = getPrototypeOf(iterator);
    if (!prototype) return;
    if (prototype !== iterators && !after(prototype, 'next', isRead)) return;
    iterators = prototype;
    locked(end, iterator);
  }

  function isSplit(end: End | undefined, branches: readonly [object, object]): void {
    if (!end) return;
    const { tap, flow, asked } = end;
    add(tap, branches[0], false, flow, asked);
    add(tap, branches[1], false, flow, asked);
    flow.isSplit = true;
    end.isLockKnown = true;
  }

  function isEnded(
    end: End | undefined,
    _result?: unknown,
    _args?: unknown,
    _above?: unknown,
    self?: never,
  ): void {
    const tap = end ? end.tap : observer.taps.of(self as never);
    if (tap && !(end?.flow.isSplit && !end.isWritable)) observer.closes(tap, 'page');
  }

  const readers = NativeReader.prototype;
  const writers = NativeWriter.prototype;
  after(prototypeOfStreams, 'close', isEnded);
  if (after(readers, 'read', isRead)) {
    after(readables, 'getReader', locked);
    afterNew('ReadableStreamDefaultReader', NativeReader);
  }
  if (after(writers, 'write', isWritten)) {
    after(writables, 'getWriter', locked);
    afterNew('WritableStreamDefaultWriter', NativeWriter);
  }
  const { values } = readables;
  if (after(readables, 'values', isIterated)) replace(readables, asyncIteratorKey, values, readables.values);
  after(readables, 'tee', isSplit);
  after(readables, 'pipeTo', look, pipe);
  after(readables, 'pipeThrough', look, (source, args) => pipe(source, args, true));
  after(readers, 'cancel', isEnded);
  after(readers, 'releaseLock', look);
  after(writers, 'close', isEnded);
  after(writers, 'abort', isEnded);
  after(writers, 'releaseLock', look);
  return { follow, look, send };
}

const isOpen = ({ tap }: End) => tap.record.readyState === ReadyState.open;
const hasFailed = (end: End | undefined) => end?.tap.record.close?.wasClean === false;

/** An object, which may also be a function. */
function isObject(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

/** The options of a pipe, read as the browser reads them: once and in this order, as a page may have getters there. */
function optionsOf(options: StreamPipeOptions): StreamPipeOptions {
  try {
    const { preventAbort, preventCancel, preventClose, signal } = options;
    return bare({ preventAbort, preventCancel, preventClose, signal }) as StreamPipeOptions;
  } catch (error) {
    return bare({
      preventCancel: true,
      get preventAbort(): never {
        throw error;
      },
    });
  }
}
