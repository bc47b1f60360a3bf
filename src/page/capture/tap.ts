import type { Action, Refusal } from '../../protocol/messages.ts';
import { ReadyState, type SocketRecord } from '../../protocol/sockets.ts';
import {
  bare,
  now,
  readBinaryType,
  readBufferedAmount,
  readExtensions,
  readProtocol,
  readReadyState,
  weakly,
} from '../natives/natives.ts';
import { type Caller, captureStack, formatStack, type StackHolder } from './stack.ts';
import { emptyTally, type RunningTally } from './tally.ts';

/** The interface to WebSocketStreams for code that otherwise only knows sockets. */
export interface StreamMessages {
  /** Reports readables and writables that are locked by a reader or writer that was not observed. */
  look(): void;
  /** Carries out a command of the panel on a stream; returns why it was refused. */
  act(tap: Tap, stream: object, action: Action): Refusal | undefined;
}

/**
 * What the hook knows of one socket. It references the socket weakly, so that a closed socket can be garbage-collected; its record
 * then stays as it last was.
 */
export class Tap {
  readonly socket: () => WebSocket | undefined;
  /** What the panel is told, as of the last {@link refresh}. */
  readonly record: { -readonly [Key in keyof SocketRecord]: SocketRecord[Key] };
  /** Frames observed in total. */
  observed = 0;
  /** {@link observed} as last reported to the panel; negative if it must be reported again. */
  told = 0;
  /** Frames that the ring has dropped. */
  readonly gone: RunningTally = emptyTally();
  /** The latest change has not been reported to the panel. */
  recordChanged = true;
  /** The socket created after this one. */
  later: Tap | undefined;
  readonly #stack: StackHolder | undefined;

  /** @param socket a WebSocket or, where it has `messages`, a WebSocketStream */
  constructor(
    readonly id: number,
    socket: WebSocket,
    adopted: boolean,
    above: Caller | undefined,
    url: string,
    readonly messages: StreamMessages | undefined,
  ) {
    this.socket = weakly(socket);
    // Parts come later, and a page may have put a setter of their name on Object.prototype.
    this.record = bare({
      id,
      url,
      readyState: ReadyState.connecting,
      protocol: '',
      extensions: '',
      binaryType: '',
      bufferedAmount: 0,
      createdAt: now(),
      adopted,
      isStream: !!messages,
    });
    this.#stack = captureStack(above, this.record.createdAt, true);
    this.refresh();
  }

  /** Reads from the socket what changes without an event; true if something did. */
  refresh(): boolean {
    const { record } = this;
    const socket = this.socket();
    if (!socket || this.messages) return false;
    const readyState = readReadyState(socket) as ReadyState;
    const bufferedAmount = readBufferedAmount(socket);
    const binaryType = readBinaryType(socket);
    if (
      readyState === record.readyState &&
      bufferedAmount === record.bufferedAmount &&
      binaryType === record.binaryType
    ) {
      return false;
    }
    record.readyState = readyState;
    record.bufferedAmount = bufferedAmount;
    record.binaryType = binaryType;
    record.protocol = readProtocol(socket);
    record.extensions = readExtensions(socket);
    return true;
  }

  get isClosed(): boolean {
    return this.record.closedAt !== undefined || this.record.readyState === ReadyState.closed;
  }

  /** The record as it is now. */
  describe(): SocketRecord {
    this.refresh();
    this.record.stack = formatStack(this.#stack);
    return this.record;
  }
}
