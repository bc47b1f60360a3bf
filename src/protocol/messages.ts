import type { FrameBatch } from './frames.ts';
import type { SocketCount, SocketRecord } from './sockets.ts';

/** Payload of a command: text, or bytes. */
export type CommandPayload =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'binary'; readonly bytes: Uint8Array };

/** What the user can do to a socket. The page could do each of these itself. */
export type Action =
  | {
      readonly type: 'send';
      readonly socket: number;
      readonly payload: CommandPayload;
      /** `FrameFlag` bits to set on its frame, in addition to those that say where it comes from. */
      readonly marks: number;
    }
  | {
      readonly type: 'inject';
      readonly socket: number;
      readonly payload: CommandPayload;
      /** Of the socket's URL. The panel says it, so that pages need not save what reads a URL. */
      readonly origin: string;
      /** `FrameFlag` bits to set on its frame, in addition to those that say where it comes from. */
      readonly marks: number;
    }
  | {
      readonly type: 'close';
      readonly socket: number;
      readonly code?: number | undefined;
      readonly reason?: string | undefined;
    };

/** Panel → page. */
export type PanelMessage =
  /** Starts a session. The panel ends it after `hello` if the hook has another protocol version. */
  | {
      readonly type: 'attach';
      readonly session: string;
      readonly version: number;
      /** The first sequence number wanted; 1 asks for all that the page still holds. */
      readonly from: number;
      /** Whether call stacks are to be recorded; they are until a panel says otherwise. */
      readonly stacks: boolean;
      /** Bytes of the credit that the page must leave unused; see `ack`. */
      readonly withheld: number;
    }
  /** Acknowledges everything up to the counters of the newest {@link PageMessage} received; `bytes` may be less, to withhold credit. */
  | { readonly type: 'ack'; readonly seq: number; readonly messages: number; readonly bytes: number }
  /** Requests the records of sockets whose ready state, buffered amount or binary type has changed. */
  | { readonly type: 'poll' }
  /** Whether call stacks are to be recorded from now on. */
  | { readonly type: 'stacks'; readonly stacks: boolean }
  | { readonly type: 'command'; readonly id: number; readonly action: Action }
  | { readonly type: 'detach' };

/** Why a command was not carried out, as a code that the panel translates. */
export type Refusal =
  | { readonly reason: 'no-such-socket' }
  /** A message cannot be injected into a WebSocketStream. */
  | { readonly reason: 'stream-inject' }
  /** The writable of a WebSocketStream is being piped to, or was transferred. */
  | { readonly reason: 'stream-locked' }
  | { readonly reason: 'not-open'; readonly readyState: number }
  | { readonly reason: 'browser'; readonly message: string };

/** Counters of a session, cumulative. An acknowledgement returns the newest ones received. */
export interface Credit {
  readonly messages: number;
  /** bytes of payload, approximately */
  readonly bytes: number;
}

/** Page → panel. Everything in it is untrusted. */
export type PageMessage =
  /** Answers `attach`. Whatever arrives before it belongs to an earlier session. */
  | {
      readonly type: 'hello';
      readonly session: string;
      readonly version: number;
    }
  /** `sockets` and what `counts` says is gone come before `frames` in time. */
  | {
      readonly type: 'batch';
      readonly credit: Credit;
      readonly sockets: readonly SocketRecord[];
      readonly counts: readonly SocketCount[];
      readonly frames: FrameBatch | undefined;
      /** Frames observed by the page in total, including those that have not been posted yet. */
      readonly observed: number;
    }
  /** A part of the contents of a frame that was `pending`. Parts of a text come in order. */
  | {
      readonly type: 'content';
      readonly credit: Credit;
      readonly seq: number;
      /** Offset of the part, and length of the whole payload, in UTF-16 units or bytes. */
      readonly offset: number;
      readonly total: number;
      /** Undefined if the contents could not be read or were dropped; no other part follows. */
      readonly part: string | Uint8Array | undefined;
    }
  | { readonly type: 'result'; readonly id: number; readonly refusal: Refusal | undefined };

/** Content script → panel, on the same port as {@link PageMessage}: messages of the relay itself. */
export type RelayMessage =
  /** Another panel has taken this document over. */
  | { readonly type: 'replaced' }
  /** The worker no longer answers, so it has ended; there is no event for that. */
  | { readonly type: 'ended' }
  /** The browser refused to carry a message of the page, whose credit this is. */
  | { readonly type: 'undeliverable'; readonly message: string; readonly credit: Credit | undefined };
