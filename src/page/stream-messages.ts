import { FrameFlag, FrameKind } from '../protocol/frames.ts';
import type { Refusal } from '../protocol/messages.ts';
import { ReadyState } from '../protocol/sockets.ts';
import {
  apply,
  asyncIteratorKey,
  bare,
  blobSize,
  describe,
  getPrototypeOf,
  makeWeakMap,
  settled,
  uncurryGetter,
  uncurryThis,
  weakly,
} from './natives.ts';
import type { Observer } from './observe.ts';
import { constructing, type Newable, replace, replaceConstructor } from './patch.ts';
import { type Caller, leaveStack } from './stack.ts';
import type { Tap } from './tap.ts';

/** The readable or the writable of a WebSocketStream; where a readable was split, each branch is one more. */
interface End {
  readonly tap: Tap;
  readonly stream: () => object | undefined;
  readonly isWritable: boolean;
  /** The branches of a readable share it. */
  readonly flow: { recorded: number; isSplit: boolean };
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

/** The messages of all streams of the document. */
export interface MessagesOfStreams {
  /** Follows what a stream has opened. */
  follow(tap: Tap, readable: object, writable: object): void;
  /** Tells of readables and writables that someone holds who was not seen to take them. */
  look(): void;
  /** Writes as the page would: with its writer, or with a passing one where there is none. */
  send(tap: Tap, data: string | Uint8Array, flags: number): Refusal | undefined;
}

// Those of all browsers are there; TypeScript's own types ask for more than is needed.
const NativeReader = ReadableStreamDefaultReader as Newable<object> & { readonly prototype: object };
const NativeWriter = WritableStreamDefaultWriter as Newable<object> & typeof WritableStreamDefaultWriter;
const readables: ReadableStream = ReadableStream.prototype;
const writables: WritableStream = WritableStream.prototype;
const isReadableLocked = uncurryGetter(readables, 'locked') as (stream: object) => boolean;
const isWritableLocked = uncurryGetter(writables, 'locked') as (stream: object) => boolean;
const readDesiredSize = uncurryGetter(NativeWriter.prototype, 'desiredSize') as (writer: object) => unknown;
const getWriter = uncurryThis(writables.getWriter) as (stream: object) => object;
const writeWith = uncurryThis(NativeWriter.prototype.write) as (writer: object, data: unknown) => object;
const releaseLock = uncurryThis(NativeWriter.prototype.releaseLock) as (writer: object) => void;

/**
 * Sees the messages of WebSocketStreams at the functions with which pages read and write, which it replaces. Streams, readers,
 * writers and promises stay the browser's own, and nothing is read or written but by the page: so back-pressure stays its own too.
 * What is piped, or given to a worker, passes within the browser; a row says so.
 *
 * A read is recorded when its promise is settled, before the page hears of it. A write is recorded when it is made, like a `send()`:
 * who waits for its promise makes a rejection count as handled that nobody handles.
 */
export function seeMessages(observer: Observer, prototypeOfStreams: object): MessagesOfStreams {
  /** By readable, writable, reader, writer and iterator. */
  const ends = makeWeakMap<object, End>();
  let first: End | undefined;
  let iterators: object | undefined;

  function add(tap: Tap, stream: object, isWritable: boolean, flow: End['flow'], asked: number): void {
    const held = weakly(stream);
    first = { tap, stream: held, isWritable, flow, asked, isLockKnown: false, holder: held, next: first };
    ends.set(stream, first);
  }

  function follow(tap: Tap, readable: object, writable: object): void {
    const flow = { recorded: 0, isSplit: false };
    add(tap, readable, false, flow, 0);
    add(tap, writable, true, flow, 0);
  }

  function look(): void {
    let before: End | undefined;
    for (let end = first; end; end = end.next) {
      const { tap, isWritable, isLockKnown } = end;
      const stream = end.stream();
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
    settled(written, () => undefined);
    sent(tap, data, flags, undefined);
    return undefined;
  }

  /**
   * Records what the browser sends of a chunk. It makes a string of an object when the object's turn has come; to do so a second
   * time could be noticed, so that such a message has no payload here.
   */
  function sent(tap: Tap, chunk: unknown, flags: number, above: Caller | undefined): void {
    const isObject = typeof chunk === 'function' || (typeof chunk === 'object' && chunk !== null);
    const isBuffer = isObject && !isBlob(chunk);
    const binary = isBuffer ? observer.binary(chunk) : undefined;
    observer.sent(tap, binary, isObject ? 0 : `${chunk}`, flags, above);
  }

  /** @returns the promise of the write; undefined where someone holds the writable whose writer is not known */
  function write(tap: Tap, data: unknown): object | undefined {
    let end = first;
    while (end && !(end.tap === tap && end.isWritable)) end = end.next;
    const stream = end?.stream();
    if (!end || !stream) return undefined;
    if (isWritableLocked(stream)) {
      const writer = end.holder();
      return writer && isWriter(writer) ? writeWith(writer, data) : undefined;
    }
    const writer = getWriter(stream);
    const written = writeWith(writer, data);
    releaseLock(writer);
    return written;
  }

  /** @returns whether the function could be replaced */
  function after(owner: object, key: PropertyKey, then: After): boolean {
    const native: unknown = describe(owner, key)?.value;
    if (typeof native !== 'function') return false;
    function applyNative(target: Caller, self: never, args: never[]): unknown {
      let result: unknown;
      try {
        result = apply(target, self, args);
      } catch (error) {
        leaveStack(error, args, applyNative);
        throw error;
      }
      try {
        then(ends.get(self), result as never, args, applyNative, self);
      } catch {
        // something of the page's in place of a stream or of a promise
      }
      return result;
    }
    return replace(owner, key, native, new Proxy(native as Caller, bare({ apply: applyNative })));
  }

  /** The same for a constructor of readers or writers. */
  function afterNew(name: string, native: Newable<object> & { readonly prototype: object }): void {
    const proxy: object = new Proxy(
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
    if (!end || end.tap.record.close?.wasClean === false) return;
    const { tap, flow } = end;
    const index = end.asked++;
    settled(
      promise,
      ({ done, value }: IteratorResult<unknown>) => {
        if (done || index < flow.recorded) return;
        flow.recorded++;
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
    if (!end || typeof args[0] === 'symbol') return;
    const { tap } = end;
    const isTaken = tap.record.readyState === ReadyState.open && isWriter(writer);
    sent(tap, args[0], isTaken ? 0 : FrameFlag.discarded, above);
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
    _result: unknown,
    _args: unknown,
    _above: unknown,
    self: never,
  ): void {
    const tap = end ? end.tap : observer.taps.of(self);
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
  after(readables, 'pipeTo', look);
  after(readables, 'pipeThrough', look);
  after(readers, 'cancel', isEnded);
  after(readers, 'releaseLock', look);
  after(writers, 'close', isEnded);
  after(writers, 'abort', isEnded);
  after(writers, 'releaseLock', look);
  return { follow, look, send };
}

/** True for a writer that holds its stream's lock and whose stream has not failed. */
function isWriter(writer: object): boolean {
  try {
    return readDesiredSize(writer) !== null;
  } catch {
    return false;
  }
}

function isBlob(value: unknown): boolean {
  try {
    blobSize(value as Blob);
    return true;
  } catch {
    return false;
  }
}
