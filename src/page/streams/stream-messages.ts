import { FrameFlag } from '../../protocol/frames.ts';
import type { Refusal } from '../../protocol/messages.ts';
import { ReadyState } from '../../protocol/sockets.ts';
import type { Caller } from '../capture/stack.ts';
import type { Tap } from '../capture/tap.ts';
import { apply, asyncIteratorKey, bare, getPrototypeOf, NativeProxy, settled } from '../natives/natives.ts';
import type { Newable } from '../patch/patch.ts';
import { isObject, optionsOf } from './pipe-options.ts';
import { type End, makeEnds } from './stream-ends.ts';
import { passage } from './stream-pipes.ts';
import { isReadableLocked, NativeReader, readables, readers } from './stream-readers.ts';
import { isWritableLocked, isWriter, NativeWriter, writables, writers, writeTo } from './stream-writers.ts';
import type { Tools } from './tools.ts';

/** Called after a native function has returned. */
type After = (
  /** The end that the function was called on, if it is one of a WebSocketStream. */
  end: End | undefined,
  result: never,
  args: readonly unknown[],
  above: Caller,
  self: never,
) => void;

/** Receiver and arguments that a native function is called with instead of the page's. */
interface Call {
  readonly receiver: object;
  readonly args: readonly unknown[];
  /** Called when the native function has returned or thrown. */
  readonly settle?: () => void;
}

type Instead = (self: object, args: readonly unknown[]) => Call | undefined;

/** The messages of all streams of the document. */
export interface MessagesOfStreams {
  /** Follows what a stream has opened. */
  follow(tap: Tap, readable: object, writable: object): void;
  /** Reports readables and writables that are locked by a reader or writer that was not observed. */
  look(): void;
  /** Writes as the page would: with its writer, or with a passing one where there is none. */
  send(tap: Tap, data: string | Uint8Array, flags: number): Refusal | undefined;
}

/**
 * Observes the messages of WebSocketStreams by replacing the functions with which pages read and write. Streams, readers,
 * writers and promises stay the browser's own, and nothing is read or written but by the page: so back-pressure stays its own too.
 * What is given to a worker passes within the browser; a row says so.
 *
 * A read is recorded when its promise is settled, before the page hears of it. A write is recorded when it is made, like a `send()`:
 * to wait for its promise would mark a rejection as handled that the page does not handle.
 */
export function seeMessages(tools: Tools, prototypeOfStreams: object): MessagesOfStreams {
  const { observer, constructing, describe, leaveStack, replace, replaceConstructor, tryRead } = tools;
  const { follow, endOf, hold, look, fork, writableOf } = makeEnds(tools);
  let iterators: object | undefined;

  function send(tap: Tap, data: string | Uint8Array, flags: number): Refusal | undefined {
    const { readyState } = tap.record;
    if (readyState !== ReadyState.open) return { reason: 'not-open', readyState };
    const end = writableOf(tap);
    const written = writeTo(end?.held(), end?.holder(), data, tryRead);
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
    const binary = tryRead(tools.blobSize, chunk as Blob) === undefined ? observer.copied(chunk) : undefined;
    observer.sent(tap, binary, isObject(chunk) ? 0 : `${chunk}`, flags, above);
  }

  /** @returns whether the function could be replaced */
  function after(owner: object, key: PropertyKey, then: After, instead?: Instead): boolean {
    const native: unknown = describe(owner, key)?.value;
    if (typeof native !== 'function') return false;
    function applyNative(target: Caller, self: never, args: never[]): unknown {
      let call: Call | undefined;
      let result: unknown;
      try {
        call = instead?.(self, args) ?? bare({ receiver: self, args });
        result = apply(target, call.receiver as never, call.args as never[]);
      } catch (error) {
        leaveStack(error, args, applyNative);
        throw error;
      } finally {
        call?.settle?.();
      }
      try {
        then(endOf(self), result as never, args, applyNative, self);
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
        (made, _above, args) => hold(endOf(args[0] as object), made),
      ),
    );
    replaceConstructor(globalThis, name, native, proxy);
  }

  function isRead(end: End | undefined, promise: object): void {
    // A failed stream is left alone: its rejections would count as handled.
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
    if (end)
      sent(end.tap, args[0], isOpen(end) && isWriter(writer, tryRead) ? 0 : FrameFlag.discarded, above);
  }

  /**
   * The call of `pipeTo` or `pipeThrough` with which messages can be observed: with a passage instead of the source. With `preventCancel`
   * the source stays as it is, because whoever reads on from it would miss a message that is still in the passage.
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
    const from = endOf(source);
    const to = endOf(destination);
    const isOurs = from || to;
    const options = isOurs && optionsOf(args[1]);
    const given = [target, options ?? args[1]];
    const isFree =
      isOurs &&
      tryRead(isReadableLocked, source) === false &&
      tryRead(isWritableLocked, destination) === false;
    if (!isFree || options?.preventCancel || hasFailed(from)) return bare({ receiver: source, args: given });
    const way = passage(source, {
      reads: (promise) => isRead(from, promise),
      passes: (chunk) => to && sent(to.tap, chunk, isOpen(to) ? 0 : FrameFlag.discarded),
      ends: (unless) => (unless ? options?.[unless] || isEnded(to) : isEnded(from)),
      taken(stream) {
        hold(from, stream);
        hold(to, stream);
      },
    });
    return { ...way, args: given };
  }

  function isIterated(end: End | undefined, iterator: object): void {
    if (!end) return;
    const prototype = getPrototypeOf(iterator) as object; // the browser has just made it
    if (prototype !== iterators && !after(prototype, 'next', isRead)) return;
    iterators = prototype;
    hold(end, iterator);
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

  after(prototypeOfStreams, 'close', isEnded);
  if (after(readers, 'read', isRead)) {
    after(readables, 'getReader', hold);
    afterNew('ReadableStreamDefaultReader', NativeReader);
  }
  if (after(writers, 'write', isWritten)) {
    after(writables, 'getWriter', hold);
    afterNew('WritableStreamDefaultWriter', NativeWriter);
  }
  const { values } = readables;
  if (after(readables, 'values', isIterated)) replace(readables, asyncIteratorKey, values, readables.values);
  after(readables, 'tee', fork);
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
