import { FrameFlag } from '../../protocol/frames.ts';
import type { Action, CommandPayload, Refusal } from '../../protocol/messages.ts';
import { ReadyState } from '../../protocol/sockets.ts';
import type { Observer } from '../capture/observe.ts';
import { copyBytes } from '../capture/payload.ts';
import {
  bare,
  NativeBlob,
  NativeMessageEvent,
  nativeClose,
  nativeSend,
  readBinaryType,
  readReadyState,
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
        inject(observer, socket, action);
        break;
      case 'send':
        if (readyState !== ReadyState.open) return { reason: 'not-open', readyState };
        observer.send(
          tap,
          socket,
          contentOf(action.payload),
          FrameFlag.byPanel | action.marks,
          nativeSend,
          undefined,
        );
        break;
      case 'close':
        if (readyState >= ReadyState.closing) return { reason: 'not-open', readyState };
        // An argument that is undefined counts as left out.
        observer.close(tap, socket, [action.code, action.reason], 'panel', nativeClose);
    }
    return undefined;
  } catch (error) {
    return { reason: 'browser', message: messageOf(error) };
  }
}

/**
 * Dispatches the event that the browser would dispatch for a message from the server; only `isTrusted` tells them apart.
 * https://websockets.spec.whatwg.org/#feedback-from-the-protocol
 */
function inject(
  observer: Observer,
  socket: WebSocket,
  { payload, origin, marks }: Extract<Action, { type: 'inject' }>,
): void {
  const data = payload.type === 'text' ? payload.text : received(payload.bytes, readBinaryType(socket));
  const event = new NativeMessageEvent('message', bare({ data, origin }));
  observer.inject(socket, event, FrameFlag.byPanel | FrameFlag.injected | marks);
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
