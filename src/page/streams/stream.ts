import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { Action, Refusal } from '../../protocol/messages.ts';
import { ReadyState } from '../../protocol/sockets.ts';
import type { Caller } from '../capture/stack.ts';
import type { Tap } from '../capture/tap.ts';
import { apply, bare, NativeProxy, settled, uncurryGetter } from '../natives/natives.ts';
import { type MessagesOfStreams, seeMessages } from './stream-messages.ts';
import type { Tools } from './tools.ts';

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

/** Sockets and streams share one type in the hook; {@link Tap.messages} tells them apart. */
type Stream = WebSocket;
type Method = (this: unknown, ...args: unknown[]) => object;

interface Globals {
  readonly WebSocketStream?: { new (): Stream; readonly prototype: WebSocketStream };
}
/** Undefined where the browser has none; then nothing of this file may be used. */
export const NativeStream = (globalThis as Globals).WebSocketStream as NonNullable<
  Globals['WebSocketStream']
>;
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
 * Observes when WebSocketStreams (Chromium) are created, opened and closed. The functions that carry messages are replaced when the
 * first one is created, so pages without WebSocketStreams keep all functions of streams as they are.
 */
export function patchWebSocketStream(tools: Tools): void {
  const { observer, constructing, contentOf, replaceConstructor } = tools;
  const { taps, outbox } = observer;
  let messages: MessagesOfStreams | undefined;

  function closed(tap: Tap, code: number, reason: string, wasClean: boolean): void {
    messages?.look();
    tap.record.readyState = ReadyState.closed;
    if (!wasClean) observer.happened(tap, FrameKind.error);
    observer.happened(tap, FrameKind.close, { code, reason, wasClean });
  }

  function act(tap: Tap, stream: object, action: Action): Refusal | undefined {
    switch (action.type) {
      case 'send':
        return messages?.send(tap, contentOf(action.payload), FrameFlag.byPanel | action.marks);
      case 'inject':
        return { reason: 'stream-inject' };
      case 'close':
        apply(nativeClose, stream, [bare({ closeCode: action.code, reason: action.reason })]);
        observer.closes(tap, 'panel', action.code, action.reason);
        return undefined;
    }
  }

  function watch(stream: Stream, above: Caller): void {
    messages ??= seeMessages(tools, streamPrototype);
    const { follow, look } = messages;
    const tap = taps.add(stream, false, above, readUrl(stream as never), { look, act });
    outbox.changed(tap);
    settled(readOpened(stream as never), ({ protocol, extensions, readable, writable }: OpenInfo) => {
      follow(tap, readable, writable);
      tap.record.protocol = protocol;
      tap.record.extensions = extensions;
      tap.record.readyState = ReadyState.open;
      observer.happened(tap, FrameKind.open);
    });
    settled(
      readClosed(stream as never),
      ({ closeCode, reason }: CloseInfo) => closed(tap, closeCode, reason, true),
      () => closed(tap, 1006, '', false),
    );
  }

  const proxy: object = new NativeProxy(
    NativeStream,
    constructing(() => proxy, watch),
  );
  replaceConstructor(globalThis, 'WebSocketStream', NativeStream, proxy);
}
