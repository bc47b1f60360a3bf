import type { SocketWords } from '../protocol-signs.ts';
import { spokenOn } from '../spoken.ts';
import { guessReading, readAs } from './reading.ts';

/**
 * The values that a binary message holds, as JSON, as far as its beginning goes.
 * @param size bytes of the whole message
 * @returns undefined where it holds none, or what it holds is packets of a protocol
 */
export function beginningOf(bytes: Uint8Array, size: number, socket: SocketWords): string | undefined {
  const spoken = spokenOn(socket, 'bytes');
  switch (spoken) {
    case 'MessagePack':
    case 'CBOR':
    case 'Protobuf': {
      const values = readAs(spoken, bytes, size);
      return 'json' in values ? values.json : undefined;
    }
    case undefined:
      return guessReading(bytes, size)?.json;
    default:
      return undefined;
  }
}
