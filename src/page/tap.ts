import type { CloseDetail } from '../protocol/frames.ts';
import { type ClosingRequest, ReadyState, type SocketRecord } from '../protocol/sockets.ts';
import {
  now,
  readBinaryType,
  readBufferedAmount,
  readExtensions,
  readProtocol,
  readReadyState,
  weakly,
} from './natives.ts';
import { formatStack, type StackHolder } from './stack.ts';
import { emptyTally, type RunningTally } from './tally.ts';

/**
 * What the page side knows of one socket. It holds the socket weakly: a closed socket that the page has let go is free to be
 * collected, and its record stays as it last was.
 */
export class Tap {
  readonly id: number;
  readonly socket: () => WebSocket | undefined;
  readonly isStream: boolean;
  /** Frames that the ring has let go of. */
  readonly gone: RunningTally = emptyTally();
  closing: ClosingRequest | undefined = undefined;
  openedAt: number | undefined = undefined;
  closedAt: number | undefined = undefined;
  close: CloseDetail | undefined = undefined;
  /** The panel has not been told of the latest change. */
  recordChanged = true;
  /** The panel has not been told of the latest loss. */
  goneChanged = false;
  /** The socket created after this one. */
  next: Tap | undefined = undefined;
  private readonly createdAt = now();
  private readonly adopted: boolean;
  private readonly stack: StackHolder | undefined;
  private last: Pick<SocketRecord, 'readyState' | 'bufferedAmount' | 'binaryType'>;
  private readonly url: string;
  protocol = '';
  extensions = '';

  /** @param socket a WebSocket or, as `isStream` says, a WebSocketStream */
  constructor(
    id: number,
    socket: WebSocket,
    adopted: boolean,
    stack: StackHolder | undefined,
    url: string,
    isStream: boolean,
  ) {
    this.id = id;
    this.socket = weakly(socket);
    this.adopted = adopted;
    this.stack = stack;
    this.url = url;
    this.isStream = isStream;
    this.last = { readyState: ReadyState.connecting, bufferedAmount: 0, binaryType: '' };
    this.refresh();
  }

  /** Reads from the socket what changes without an event; true if something did. */
  refresh(): boolean {
    const socket = this.socket();
    if (!socket || this.isStream) return false;
    const readyState = readReadyState(socket) as ReadyState;
    const bufferedAmount = readBufferedAmount(socket);
    const binaryType = readBinaryType(socket);
    const { last } = this;
    if (
      readyState === last.readyState &&
      bufferedAmount === last.bufferedAmount &&
      binaryType === last.binaryType
    ) {
      return false;
    }
    this.last = { readyState, bufferedAmount, binaryType };
    this.protocol = readProtocol(socket);
    this.extensions = readExtensions(socket);
    return true;
  }

  /** Of a stream, which has no such properties: it has been opened, or is being closed, or is closed. */
  turn(readyState: ReadyState): void {
    this.last = { ...this.last, readyState };
  }

  get isClosed(): boolean {
    return this.closedAt !== undefined || this.last.readyState === ReadyState.closed;
  }

  record(): SocketRecord {
    this.refresh();
    const {
      id,
      url,
      protocol,
      extensions,
      createdAt,
      openedAt,
      closedAt,
      close,
      closing,
      adopted,
      isStream,
    } = this;
    const stack = formatStack(this.stack);
    return {
      ...this.last,
      id,
      url,
      protocol,
      extensions,
      createdAt,
      openedAt,
      closedAt,
      close,
      closing,
      adopted,
      stack,
      isStream,
    };
  }
}
