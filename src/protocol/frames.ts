/**
 * What one row stands for. "Frame" is the name people use; script sees whole messages, so a message that crossed the wire in
 * several frames of RFC 6455 is one row.
 */
export const FrameKind = {
  sentText: 0,
  sentBinary: 1,
  receivedText: 2,
  receivedBinary: 3,
  open: 4,
  error: 5,
  close: 6,
  /** Frames that are known to have existed and are not in the store. Made by the panel, never sent by a page. */
  gap: 7,
  /**
   * Of a WebSocketStream: messages sent from here on are not seen, because the page has transferred the stream, or pipes it in a way
   * that cannot be observed.
   */
  unseenSent: 8,
  /** The same for received messages. */
  unseenReceived: 9,
} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** Bits of a frame's flags. */
export const FrameFlag = {
  /** The text stands in the batch's `wide` pool: it holds characters above U+00FF. */
  wide: 1,
  /** The user sent it from the panel. */
  byPanel: 2,
  /** The user injected it: the server never sent it. */
  injected: 4,
  /** `send()` was called on a closing or closed socket; the browser discarded it. */
  discarded: 8,
  /** The contents follow in messages of their own: a Blob, or a payload of more than {@link INLINE_PAYLOAD}. */
  pending: 16,
  /** The payload is not there: over {@link MAX_PAYLOAD}, dropped to save memory, or unreadable. Its length is still true. */
  payloadGone: 32,
  /** Part of a replay. */
  replayed: 64,
  /** The user edited it in the composer before it was sent again. */
  edited: 128,
} as const;

/**
 * Largest payload that is carried to the panel, in UTF-16 units or bytes; of a longer one the row and its length are kept. It equals
 * what a page may hold for a panel in total; engines limit strings to about twice as much.
 */
export const MAX_PAYLOAD = 256 * 1024 * 1024;

/** Largest payload, in UTF-16 units or bytes, that travels within a batch; of a longer one the row comes first and the contents follow. */
export const INLINE_PAYLOAD = 1024 * 1024;

/** How many frames (and bytes on the wire) of each sort one socket has seen. */
export interface Tally {
  readonly sent: number;
  readonly sentBytes: number;
  readonly received: number;
  readonly receivedBytes: number;
  /** Everything that is not a message: open, error, close. */
  readonly events: number;
}

/** What only few frames have; it is kept outside of the columns of a batch. */
export interface FrameDetail {
  /** Index of the frame within its batch. */
  readonly row: number;
  /** Call stack of the `send()`, as text in the browser's format. */
  readonly stack?: string | undefined;
  /** Of a close: its code (RFC 6455 section 7.4), reason and whether the closing handshake was completed. */
  readonly close?: CloseDetail | undefined;
}

export interface CloseDetail {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/**
 * Frames of one document in the order in which its page saw them, as columns. Frame `i` is described by index `i` of each
 * column; its payload is the next `lengths[i]` units of the pool it belongs to: `wide` if flagged so, else `text` for text
 * frames (UTF-16 code units) and `bytes` for binary ones (bytes).
 */
export interface FrameBatch {
  /** Sequence number within the document of the first frame; the following ones count up without holes. From 1. */
  readonly firstSeq: number;
  /** {@link FrameKind} */
  readonly kinds: Uint8Array;
  /** {@link FrameFlag} bits */
  readonly flags: Uint8Array;
  /** {@link SocketRecord.id} */
  readonly sockets: Uint32Array;
  /** ms since the epoch, with fractions */
  readonly times: Float64Array;
  /**
   * Units taken from the pool; 0 for events, a payload that is pending and one that is gone.
   */
  readonly lengths: Uint32Array;
  /** Payload size in bytes on the wire, whether or not it is in a pool; 0 for events. */
  readonly sizes: Float64Array;
  readonly text: string;
  readonly wide: string;
  readonly bytes: Uint8Array;
  readonly details: readonly FrameDetail[];
}
