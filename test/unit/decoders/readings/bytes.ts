import type { BytesReading } from '../../../../src/decoders/readings/formats.ts';
import { readAs } from '../../../../src/decoders/readings/reading.ts';

export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** What bytes hold, as JSON; undefined where they are not what they should be. */
export function jsonOf(reading: BytesReading, bytes: Uint8Array): string | undefined {
  const read = readAs(reading, bytes);
  return 'json' in read ? read.json : undefined;
}
