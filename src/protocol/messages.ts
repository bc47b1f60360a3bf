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
      /** `FrameFlag` bits that its frame gets beside those that say where it comes from. */
      readonly marks: number;
    }
  | {
      readonly type: 'inject';
      readonly socket: number;
      readonly payload: CommandPayload;
      /** `FrameFlag` bits that its frame gets beside those that say where it comes from. */
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
  /** Starts a session; a hook of another version is left after its greeting. */
  | {
      readonly type: 'attach';
      readonly session: string;
      readonly version: number;
      /** The first sequence number wanted; 1 asks for all that the page still holds. */
      readonly from: number;
      /** Whether call stacks are to be recorded; they are until a panel says otherwise. */
      readonly stacks: boolean;
      /** Bytes of those that may be under way which the page has to do without; see `ack`. */
      readonly withheld: number;
    }
  /** Takes note of everything up to the counters of the newest {@link PageMessage} seen; of `bytes` some may be withheld. */
  | { readonly type: 'ack'; readonly seq: number; readonly messages: number; readonly bytes: number }
  /** Asks for the records of the sockets whose ready state, buffered amount or binary type has changed. */
  | { readonly type: 'poll' }
  /** Whether call stacks are to be recorded from now on. */
  | { readonly type: 'stacks'; readonly stacks: boolean }
  | { readonly type: 'command'; readonly id: number; readonly action: Action }
  | { readonly type: 'detach' };

/** Why a command was not carried out, as a code that the panel words. */
export type Refusal =
  | { readonly reason: 'no-such-socket' }
  /** Nothing can be put into the readable of a WebSocketStream. */
  | { readonly reason: 'stream-inject' }
  /** The writable of a WebSocketStream is piped to, or was given away. */
  | { readonly reason: 'stream-locked' }
  | { readonly reason: 'not-open'; readonly readyState: number }
  | { readonly reason: 'browser'; readonly message: string };

/** Counters of a session, cumulative. An acknowledgement returns the newest ones seen. */
export interface Credit {
  readonly messages: number;
  /** bytes of payload, roughly */
  readonly bytes: number;
}

/** Page → panel. Everything in it is untrusted. */
export type PageMessage =
  /** Answers `attach`; what arrives before it belongs to an earlier session. */
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
      /** Frames observed by the page in all, including those that have not left yet. */
      readonly observed: number;
    }
  /** A part of the contents of a frame that was `pending`. Parts of a text come in order. */
  | {
      readonly type: 'content';
      readonly credit: Credit;
      readonly seq: number;
      /** Where the part belongs, and the length of the whole, in UTF-16 units or bytes. */
      readonly offset: number;
      readonly total: number;
      /** Undefined if the contents could not be read or were let go: no other part follows. */
      readonly part: string | Uint8Array | undefined;
    }
  | { readonly type: 'result'; readonly id: number; readonly refusal: Refusal | undefined };

/** Content script → panel, on the port beside {@link PageMessage}: the relay's own words. */
export type RelayMessage =
  /** Another panel has taken this document over. */
  | { readonly type: 'replaced' }
  /** The worker does not answer any more: it has ended, which no event tells. */
  | { readonly type: 'ended' }
  /** The browser refused to carry a message of the page, whose credit this is. */
  | { readonly type: 'undeliverable'; readonly message: string; readonly credit: Credit | undefined };
