import type { ReadingChoice } from '../protocol-signs.ts';
import { beginningOf } from '../readings/beginning.ts';
import { binaryType } from './binary-type.ts';
import { type MessageTypeHints, messageType } from './message-type.ts';

/** What else helps to tell a payload's type. */
export interface PayloadTypeHints extends MessageTypeHints {
  /** Subprotocol of the socket. */
  readonly protocol?: string | undefined;
  /** As what its binary messages are to be read. */
  readonly reading?: ReadingChoice | undefined;
}

/** bytes from which on a message is taken for the beginning of a longer one: most callers have no more of it */
const CUT = 4096;
/** bytes; larger than any message */
const UNKNOWN_SIZE = Number.MAX_SAFE_INTEGER;

/**
 * The type of a message, of which the beginning is enough.
 * @returns undefined where nothing names it
 */
export function payloadType(payload: string | Uint8Array, hints: PayloadTypeHints): string | undefined {
  if (typeof payload === 'string') return messageType(payload, hints);
  return binaryType(payload, hints.protocol ?? '') ?? typeOfValues(payload, hints);
}

function typeOfValues(bytes: Uint8Array, hints: PayloadTypeHints): string | undefined {
  const { url = '', protocol = '', reading, members } = hints;
  const socket = { url, protocol, reading };
  // Of a message that is at hand as a whole no more is read either: it must have the same type, and its last value would not be cut off.
  const values =
    bytes.length < CUT
      ? beginningOf(bytes, bytes.length, socket)
      : beginningOf(bytes.subarray(0, CUT - 1), UNKNOWN_SIZE, socket);
  return values && messageType(values, { members });
}
