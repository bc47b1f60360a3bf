import { FrameKind } from '../protocol/frames.ts';
import type { Action, Refusal } from '../protocol/messages.ts';
import { ReadyState } from '../protocol/sockets.ts';
import { apply, bare, define, deleteProperty, now, uncurryGetter, uncurryThis } from './natives.ts';
import type { Observer } from './observe.ts';
import { constructing, replaceConstructor } from './patch.ts';
import type { StackHolder } from './stack.ts';
import type { Tap } from './tap.ts';

/** What the `opened` promise gives. https://websockets.spec.whatwg.org/#dictdef-websocketopeninfo */
interface OpenInfo {
  readonly protocol: string;
  readonly extensions: string;
}

interface CloseInfo {
  readonly closeCode: number;
  readonly reason: string;
}

/** The page side knows sockets and streams by the same type; {@link Tap.isStream} tells. */
type Stream = WebSocket;
type Method = (this: unknown, ...args: unknown[]) => object;

const { WebSocketStream: NativeStream } = globalThis as {
  readonly WebSocketStream?: { new (): Stream; readonly prototype: WebSocketStream };
};
interface WebSocketStream {
  readonly url: string;
  readonly opened: object;
  readonly closed: object;
  readonly close: Method;
}
const streamPrototype = NativeStream ? NativeStream.prototype : ({} as WebSocketStream);
const readUrl = uncurryGetter(streamPrototype, 'url');
const readOpened = uncurryGetter(streamPrototype, 'opened');
const readClosed = uncurryGetter(streamPrototype, 'closed');
const nativeClose = streamPrototype.close;
const then = uncurryThis(
  Promise.prototype.then as (done: (value: never) => void, failed: () => void) => object,
);

/**
 * Watches when WebSocketStreams (Chromium) are created, opened and closed. What their readers and writers carry is not touched:
 * it passes within the browser as soon as the page pipes it, and there is no way to see it that would not change it.
 */
export function patchWebSocketStream(observer: Observer): void {
  if (!NativeStream) return;
  const { taps, outbox } = observer;

  function closed(tap: Tap, code: number, reason: string, wasClean: boolean): void {
    tap.record.readyState = ReadyState.closed;
    if (!wasClean) observer.happened(tap, FrameKind.error);
    observer.happened(tap, FrameKind.close, { code, reason, wasClean });
  }

  function watch(stream: Stream, stack: StackHolder | undefined): void {
    const own = stream as never;
    const tap = taps.add(stream, false, stack, readUrl(own), true);
    outbox.changed(tap);
    settled(readOpened(own), ({ protocol, extensions }: OpenInfo) => {
      tap.record.protocol = protocol;
      tap.record.extensions = extensions;
      tap.record.readyState = ReadyState.open;
      observer.happened(tap, FrameKind.open);
    });
    settled(
      readClosed(own),
      ({ closeCode, reason }: CloseInfo) => closed(tap, closeCode, reason, true),
      () => closed(tap, 1006, '', false),
    );
  }

  const proxy: object = new Proxy(
    NativeStream,
    constructing(() => proxy, watch),
  );
  replaceConstructor(globalThis, 'WebSocketStream', NativeStream, proxy);
}

/** Closes, which is all that is left: reading and writing are the page's, whose locks are on the streams. */
export function actOnStream(
  observer: Observer,
  tap: Tap,
  stream: Stream,
  action: Action,
): Refusal | undefined {
  if (action.type !== 'close') return { reason: 'stream' };
  const { code, reason } = action;
  apply(nativeClose, stream, [bare({ closeCode: code, reason })]);
  tap.record.readyState = ReadyState.closing;
  tap.record.closing = { by: 'panel', at: now(), code, reason };
  observer.outbox.changed(tap);
  return undefined;
}

/**
 * Calls one of two functions when a promise is settled, before whoever gets the promise next. `then` would ask the promise's
 * `constructor`, which a page may have replaced, what to make; an own one of `undefined` stands for the browser's.
 */
function settled(promise: object, done: (value: never) => void, failed: () => void = () => {}): void {
  define(promise, 'constructor', { value: undefined, configurable: true });
  then(promise, done, failed);
  deleteProperty(promise, 'constructor');
}
