import { FrameFlag } from '../protocol/frames.ts';
import type { Action, CommandPayload, Refusal } from '../protocol/messages.ts';
import { ReadyState } from '../protocol/sockets.ts';
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
} from './natives.ts';
import type { Observer } from './observe.ts';
import { copyBytes } from './payload.ts';
import { actOnStream } from './stream.ts';
import type { Tap } from './tap.ts';
import type { Taps } from './taps.ts';

/** Does what the panel asks for, with nothing but what the page itself could do. */
export class Commands {
  readonly #taps: Taps;
  readonly #observer: Observer;

  constructor(taps: Taps, observer: Observer) {
    this.#taps = taps;
    this.#observer = observer;
  }

  /** @returns why it was not done, or undefined if it was */
  run(action: Action): Refusal | undefined {
    const tap = this.#taps.withId(action.socket);
    const socket = tap?.socket();
    if (!tap || !socket) return { reason: 'no-such-socket' };
    try {
      if (tap.record.isStream) return actOnStream(this.#observer, tap, socket, action);
      switch (action.type) {
        case 'send':
          return this.#send(tap, socket, action.payload, action.replayed);
        case 'inject':
          return this.#inject(socket, action.payload, action.replayed);
        case 'close':
          return this.#close(tap, socket, action.code, action.reason);
      }
    } catch (error) {
      return { reason: 'browser', message: messageOf(error) };
    }
  }

  #send(tap: Tap, socket: WebSocket, payload: CommandPayload, replayed: boolean): Refusal | undefined {
    const readyState = readReadyState(socket);
    if (readyState !== ReadyState.open) return { reason: 'not-open', readyState };
    const data = payload.type === 'text' ? payload.text : payload.bytes;
    this.#observer.send(tap, socket, data, marks(FrameFlag.byPanel, replayed), nativeSend, undefined);
    return undefined;
  }

  /**
   * Dispatches the event that the browser would dispatch for a message from the server; only `isTrusted` tells them apart.
   * https://websockets.spec.whatwg.org/#feedback-from-the-protocol
   */
  #inject(socket: WebSocket, payload: CommandPayload, replayed: boolean): Refusal | undefined {
    const data = payload.type === 'text' ? payload.text : received(payload.bytes, readBinaryType(socket));
    const origin = readUrlOrigin(new NativeURL(readUrl(socket)));
    const event = new NativeMessageEvent('message', bare({ data, origin }));
    this.#observer.inject(event, marks(FrameFlag.byPanel | FrameFlag.injected, replayed), () =>
      dispatch(socket, event),
    );
    return undefined;
  }

  #close(
    tap: Tap,
    socket: WebSocket,
    code: number | undefined,
    reason: string | undefined,
  ): Refusal | undefined {
    const readyState = readReadyState(socket);
    if (readyState >= ReadyState.closing) {
      return { reason: 'not-open', readyState };
    }
    const args = code === undefined ? [] : reason === undefined ? [code] : [code, reason];
    this.#observer.close(tap, socket, args, 'panel', nativeClose);
    return undefined;
  }
}

/** The message's getter is the page's to replace. */
function messageOf(error: unknown): string {
  try {
    return `${(error as Error).message}`;
  } catch {
    return '';
  }
}

function marks(flags: number, replayed: boolean): number {
  return replayed ? flags | FrameFlag.replayed : flags;
}

/** Binary data in the form in which the socket hands it to the page. */
function received(bytes: Uint8Array, binaryType: string): ArrayBufferLike | Blob {
  const copy = copyBytes(viewBuffer(bytes), viewByteOffset(bytes), viewByteLength(bytes));
  return binaryType === 'arraybuffer' ? viewBuffer(copy) : new NativeBlob(sequenceOf(copy));
}
