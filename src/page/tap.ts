import type { Action, Refusal } from '../protocol/messages.ts';
import { ReadyState, type SocketRecord } from '../protocol/sockets.ts';
import {
  now,
  readBinaryType,
  readBufferedAmount,
  readExtensions,
  readProtocol,
  readReadyState,
  weakly,
} from './natives.ts';
import { type Caller, captureStack, formatStack, type StackHolder } from './stack.ts';
import { emptyTally, type RunningTally } from './tally.ts';

/** What can be asked of the messages of WebSocketStreams, by what does not know more of them. */
export interface StreamMessages {
  /** Tells of readables and writables that someone holds who was not seen to take them. */
  look(): void;
  /** Does with a stream what the panel asks for; returns why it was not done. */
  act(tap: Tap, stream: object, action: Action): Refusal | undefined;
}

/**
 * What the page side knows of one socket. It holds the socket weakly: a closed socket that the page has let go is free to be
 * collected, and its record stays as it last was.
 */
export class Tap {
  readonly socket: () => WebSocket | undefined;
  /** What the panel is told, as it last was. */
  readonly record: { -readonly [Key in keyof SocketRecord]: SocketRecord[Key] };
  /** Frames in all. */
  observed = 0;
  /** {@link observed} as the panel was told; negative if it has to be told again. */
  told = 0;
  /** Frames that the ring has let go of. */
  readonly gone: RunningTally = emptyTally();
  /** The panel has not been told of the latest change. */
  recordChanged = true;
  /** The socket created after this one. */
  next: Tap | undefined = undefined;
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
    this.record = {
      id,
      url,
      readyState: ReadyState.connecting,
      protocol: '',
      extensions: '',
      binaryType: '',
      bufferedAmount: 0,
      createdAt: now(),
      adopted,
      isStream: messages !== undefined,
    };
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
