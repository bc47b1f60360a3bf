import { FrameKind } from '../protocol/frames.ts';
import { ReadyState } from '../protocol/sockets.ts';
import { apply, bare, settled, uncurryGetter } from './natives.ts';
import type { Observer } from './observe.ts';
import { constructing, replaceConstructor } from './patch.ts';
import type { StackHolder } from './stack.ts';
import { type FollowedMessages, seeMessages } from './stream-messages.ts';
import type { Tap } from './tap.ts';

/** What the `opened` promise gives. https://websockets.spec.whatwg.org/#dictdef-websocketopeninfo */
interface OpenInfo {
  readonly readable: object;
  readonly writable: object;
  readonly protocol: string;
  readonly extensions: string;
}

interface CloseInfo {
  readonly closeCode: number;
  readonly reason: string;
}

/** The page side knows sockets and streams by the same type; {@link Tap.messages} tells. */
type Stream = WebSocket;
type Method = (this: unknown, ...args: unknown[]) => object;

interface Globals {
  readonly WebSocketStream?: { new (): Stream; readonly prototype: WebSocketStream };
}
const NativeStream = (globalThis as Globals).WebSocketStream;
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

/**
 * Watches when WebSocketStreams (Chromium) are created, opened and closed. Whoever makes none keeps all of the browser's streams
 * as they are: the functions that carry messages are replaced with the first one.
 */
export function patchWebSocketStream(observer: Observer): void {
  if (!NativeStream) return;
  const { taps, outbox } = observer;
  let messages: FollowedMessages | undefined;

  function closed(tap: Tap, code: number, reason: string, wasClean: boolean): void {
    tap.messages?.look();
    tap.record.readyState = ReadyState.closed;
    if (!wasClean) observer.happened(tap, FrameKind.error);
    observer.happened(tap, FrameKind.close, { code, reason, wasClean });
  }

  function watch(stream: Stream, stack: StackHolder | undefined): void {
    const own = stream as never;
    messages ??= seeMessages(observer, streamPrototype);
    const { follow } = messages;
    const tap = taps.add(stream, false, stack, readUrl(own), messages);
    outbox.changed(tap);
    settled(readOpened(own), ({ protocol, extensions, readable, writable }: OpenInfo) => {
      follow(tap, readable, writable);
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

/** Closes a WebSocketStream as its page would. */
export function closeStream(stream: Stream, code: number | undefined, reason: string | undefined): void {
  apply(nativeClose, stream, [bare({ closeCode: code, reason })]);
}
