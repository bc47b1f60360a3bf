import type { CloseDetail, FrameKind, Tally } from './frames.ts';

/** https://websockets.spec.whatwg.org/#dom-websocket-readystate */
export const ReadyState = { connecting: 0, open: 1, closing: 2, closed: 3 } as const;
export type ReadyState = (typeof ReadyState)[keyof typeof ReadyState];

/** Who asked for the closing handshake, where script did. */
export interface ClosingRequest {
  readonly by: 'page' | 'panel';
  /** ms since the epoch */
  readonly at: number;
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
}

/** Everything that a page knows of one of its sockets, as it stands at the time of sending. */
export interface SocketRecord {
  /** Unique within its document, from 1 in order of creation. */
  readonly id: number;
  readonly url: string;
  readonly readyState: ReadyState;
  /** Subprotocol that the server chose; empty if none. */
  readonly protocol: string;
  /** Extensions that the server chose, as in `Sec-WebSocket-Extensions`; empty if none. */
  readonly extensions: string;
  readonly binaryType: string;
  /** Bytes given to `send()` that have not left yet. */
  readonly bufferedAmount: number;
  /** ms since the epoch; for an adopted socket the time of its adoption */
  readonly createdAt: number;
  /** ms since the epoch */
  readonly openedAt?: number | undefined;
  /** ms since the epoch */
  readonly closedAt?: number | undefined;
  readonly close?: CloseDetail | undefined;
  readonly closing?: ClosingRequest | undefined;
  /** It existed before Framescope: what happened before its first `send()` was not seen. */
  readonly adopted: boolean;
  /** It is a WebSocketStream. */
  readonly isStream?: boolean | undefined;
  /** Some of its messages passed where they are not seen: see {@link FrameKind.unseenSent}. */
  readonly hasUnseen?: boolean | undefined;
  /** Call stack of the constructor call, as the browser words it. */
  readonly stack?: string | undefined;
}

/**
 * How many frames of a socket there were, counted from its first one on, so that each has a number without one being sent. The page
 * says it when some wait to be sent, when some are lost, and when it is asked.
 */
export interface SocketCount {
  readonly socket: number;
  /** All that the page has observed, those that have not left yet included. */
  readonly observed: number;
  /** Those that the page no longer holds: the oldest. */
  readonly gone: Tally;
}
