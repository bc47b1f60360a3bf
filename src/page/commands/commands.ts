import { FrameFlag } from '../../protocol/frames.ts';
import type { Action, CommandPayload, Refusal } from '../../protocol/messages.ts';
import { ReadyState } from '../../protocol/sockets.ts';
import type { Observer } from '../capture/observe.ts';
import { copyBytes } from '../capture/payload.ts';
import type { Tap } from '../capture/tap.ts';
import {
  bare,
  dispatch,
  NativeBlob,
  NativeMessageEvent,
  NativeURL,
  nativeClose,
  nativeSend,
  readBinaryType,
  readReadyState,
  readUrl,
  readUrlOrigin,
  sequenceOf,
  viewBuffer,
  viewByteLength,
  viewByteOffset,
} from '../natives/natives.ts';

/**
 * Does what the panel asks for, with nothing but what the page itself could do.
 * @returns why it was not done, or undefined if it was
 */
export function carryOut(action: Action, observer: Observer): Refusal | undefined {
  const tap = observer.taps.withId(action.socket);
  const socket = tap?.socket();
  if (!tap || !socket) return { reason: 'no-such-socket' };
  try {
    if (tap.messages) return tap.messages.act(tap, socket, action);
    const readyState = readReadyState(socket);
    switch (action.type) {
      case 'inject':
        inject(observer, socket, action.payload, action.marks);
        break;
      case 'send':
        if (readyState !== ReadyState.open) return { reason: 'not-open', readyState };
        send(observer, tap, socket, action.payload, action.marks);
        break;
      case 'close':
        if (readyState >= ReadyState.closing) return { reason: 'not-open', readyState };
        close(observer, tap, socket, action.code, action.reason);
    }
    return undefined;
  } catch (error) {
    return { reason: 'browser', message: messageOf(error) };
  }
}

function send(observer: Observer, tap: Tap, socket: WebSocket, payload: CommandPayload, marks: number): void {
  observer.send(tap, socket, contentOf(payload), FrameFlag.byPanel | marks, nativeSend, undefined);
}

/**
 * Dispatches the event that the browser would dispatch for a message from the server; only `isTrusted` tells them apart.
 * https://websockets.spec.whatwg.org/#feedback-from-the-protocol
 */
function inject(observer: Observer, socket: WebSocket, payload: CommandPayload, marks: number): void {
  const data = payload.type === 'text' ? payload.text : received(payload.bytes, readBinaryType(socket));
  const origin = readUrlOrigin(new NativeURL(readUrl(socket)));
  const event = new NativeMessageEvent('message', bare({ data, origin }));
  observer.inject(event, FrameFlag.byPanel | FrameFlag.injected | marks, () => dispatch(socket, event));
}

function close(
  observer: Observer,
  tap: Tap,
  socket: WebSocket,
  code: number | undefined,
  reason: string | undefined,
): void {
  const args = code === undefined ? [] : reason === undefined ? [code] : [code, reason];
  observer.close(tap, socket, args, 'panel', nativeClose);
}

export function contentOf(payload: CommandPayload): string | Uint8Array {
  return payload.type === 'text' ? payload.text : payload.bytes;
}

/** The message's getter is the page's to replace. */
function messageOf(error: unknown): string {
  try {
    return `${(error as Error).message}`;
  } catch {
    return '';
  }
}

/** Binary data in the form in which the socket hands it to the page. */
function received(bytes: Uint8Array, binaryType: string): ArrayBufferLike | Blob {
  const copy = copyBytes(viewBuffer(bytes), viewByteOffset(bytes), viewByteLength(bytes));
  return binaryType === 'arraybuffer' ? viewBuffer(copy) : new NativeBlob(sequenceOf(copy));
}
