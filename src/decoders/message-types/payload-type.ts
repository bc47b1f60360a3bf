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

/** bytes from which on a message may have been cut off for whoever looks at its beginning */
const CUT = 4096;

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
  const values = beginningOf(bytes, bytes.length < CUT ? bytes.length : Number.POSITIVE_INFINITY, {
    url,
    protocol,
    reading,
  });
  return values && messageType(values, { members });
}
