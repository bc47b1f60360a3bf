import type { CommandPayload } from '../../../protocol/messages.ts';

/**
 * A payload as commands carry it.
 * The copy of bytes has a buffer of its own: a view would take the whole batch with it.
 */
export function commandPayload(payload: string | Uint8Array): CommandPayload {
  return typeof payload === 'string'
    ? { type: 'text', text: payload }
    : { type: 'binary', bytes: payload.slice() };
}
