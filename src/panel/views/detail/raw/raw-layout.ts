import { envelopeOf } from '../../../../decoders/envelope.ts';
import type { Payload } from '../../../../decoders/payload.ts';
import { mayBePretty } from '../../../../decoders/pretty-payload.ts';
import type { SocketWords } from '../../../../decoders/protocol-signs.ts';
import type { BytesForm } from '../../../settings/schema.ts';

/** UTF-16 units of JSON that are laid out anew at most: more takes too long. */
const MOST_PRETTY = 2 * 1024 * 1024;

/** Whether the Raw tab offers to lay the payload out anew: as text it looks like JSON, or like a packet with some, or its bytes hold values; and it is not too long. */
export function canBePretty(payload: Payload, socket: SocketWords, form: BytesForm): boolean {
  if (payload.length > MOST_PRETTY) return false;
  const isText = typeof payload === 'string' || form === 'utf8';
  return isText ? mayBePretty(payload, socket) : envelopeOf(payload, socket)?.values !== undefined;
}
