import { joinBytes } from '../../decoders/bytes/bytes.ts';
import { type Envelope, envelopeOf, jsonOf } from '../../decoders/envelope.ts';
import { scanJson } from '../../decoders/json/document.ts';
import { PREVIEW_LIMIT } from '../../decoders/payload.ts';
import type { SocketWords } from '../../decoders/protocol-signs.ts';
import { BYTES_READINGS } from '../../decoders/readings/formats.ts';
import { malformedAt } from '../../decoders/readings/reading.ts';
import { spokenOn } from '../../decoders/spoken.ts';
import type { BytesAnswer, BytesRequest } from './bytes-messages.ts';

/** Puts a binary message together and reads it. */
export class BytesTaker {
  private parts: Uint8Array[] = [];

  /** @returns what it holds, once it is whole */
  take(request: BytesRequest): BytesAnswer | undefined {
    if (request.type === 'part') {
      this.parts.push(request.bytes);
      return undefined;
    }
    const bytes = joinBytes(this.parts);
    this.parts = [];
    const envelope = envelopeOf(bytes, request.socket, PREVIEW_LIMIT);
    return envelope ? read(envelope) : unread(bytes, request.socket);
  }
}

function read(envelope: Envelope): BytesAnswer {
  const json = jsonOf(envelope);
  if (json.length > PREVIEW_LIMIT) return { type: 'too-long' };
  const { protocol, packets, values } = envelope;
  const { table, error } = scanJson(json);
  return {
    type: 'read',
    protocol,
    head: packets[0]?.head ?? '', // a binary message is one packet
    end: packets[0]?.end ?? '',
    json,
    values: values && { reading: values.reading, isCut: values.isCut, remarks: values.remarks },
    scan: { table, error },
  };
}

function unread(bytes: Uint8Array, socket: SocketWords): BytesAnswer {
  const spoken = spokenOn(socket, 'bytes');
  const reading = BYTES_READINGS.find((name) => name === spoken);
  return { type: 'unread', malformedAt: reading ? malformedAt(reading, bytes) : 0 };
}
