import { binaryType } from './binary-type.ts';
import { type MessageTypeHints, messageType } from './message-type.ts';

/** What else helps to tell a payload's type. */
export interface PayloadTypeHints extends MessageTypeHints {
  /** Subprotocol of the socket. */
  readonly protocol?: string | undefined;
}

/**
 * The type of a message, of which the beginning is enough.
 * @returns undefined where nothing names it
 */
export function payloadType(payload: string | Uint8Array, hints: PayloadTypeHints): string | undefined {
  return typeof payload === 'string'
    ? messageType(payload, hints)
    : binaryType(payload, hints.protocol ?? '');
}
