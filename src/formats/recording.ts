import type { CloseDetail, FrameKind } from '../protocol/frames.ts';
import type { SocketRecord } from '../protocol/sockets.ts';
import type { Gap } from '../store/frame-store.ts';
import type { Remark } from '../store/rows/remarks.ts';
import type { Handshake } from './handshake.ts';

/** What files can keep of a socket. How much is still to be sent is over by the time that anybody reads it. */
export interface RecordedSocket {
  /** Unique within the file, from 1. */
  readonly number: number;
  /** Address of the document or worker that it was opened by; empty where nobody knows. */
  readonly documentUrl: string;
  readonly record: Omit<SocketRecord, 'id' | 'bufferedAmount'>;
  readonly handshake: Handshake | undefined;
}

/** One row as files keep it. */
export interface RecordedFrame {
  /** {@link RecordedSocket.number}; 0 for a gap that belongs to none. */
  readonly socket: number;
  readonly kind: FrameKind;
  /** {@link FrameFlag} bits, without `wide` */
  readonly flags: number;
  /** ms since the epoch, with fractions */
  readonly time: number;
  /** bytes on the wire */
  readonly size: number;
  /** undefined for events, gaps and where it is pending or gone */
  readonly payload: string | Uint8Array | undefined;
  readonly stack?: string | undefined;
  readonly close?: CloseDetail | undefined;
  readonly gap?: Gap | undefined;
  /** The user's star and note. */
  readonly remark?: Remark | undefined;
}

/** Takes what a file holds, in its order: a socket comes before its frames. */
export interface RecordingSink {
  socket(socket: RecordedSocket): void;
  frame(frame: RecordedFrame): void;
  problem(problem: FileProblem): void;
}

/** A place of a file that could not be read, and why. */
export interface FileProblem {
  /** From 1. */
  readonly line: number;
  readonly reason: FileProblemReason;
}

export type FileProblemReason =
  /** Not JSON, from this UTF-16 unit of the line on, counted from 1. */
  | { readonly code: 'not-json'; readonly column: number }
  | { readonly code: 'not-an-object' }
  /** A field is not there, or not what it has to be. */
  | { readonly code: 'bad-field'; readonly field: string }
  | { readonly code: 'unknown-type'; readonly type: string }
  | { readonly code: 'unknown-socket'; readonly socket: number }
  /** The file ends in the middle of something. */
  | { readonly code: 'cut-off' }
  /** Written by a later version of this program: what is new in it is not understood. */
  | { readonly code: 'newer-version'; readonly version: number }
  | { readonly code: 'no-sockets' }
  /** From this line on some bytes are no text. */
  | { readonly code: 'not-utf8' }
  | { readonly code: 'unknown-format' };
