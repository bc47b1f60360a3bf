import type { Envelope } from '../../decoders/envelope.ts';
import { JsonDocument } from '../../decoders/json/document.ts';
import type { SocketWords } from '../../decoders/protocol-signs.ts';
import { askWorker, type LargeTaskHelpers, partsOf } from './ask-worker.ts';
import type { BytesAnswer, BytesRequest } from './bytes-messages.ts';
import { BytesTaker } from './bytes-taker.ts';

/** What a large binary message holds. */
export type ReadMessage =
  | { readonly type: 'read'; readonly envelope: Envelope; readonly document: JsonDocument }
  | Exclude<BytesAnswer, { readonly type: 'read' }>;

/**
 * Reads a large binary message in a worker, which ends with it or with the signal. Where there is no worker it is read here: later is better
 * than not at all.
 * @returns undefined once the signal is aborted
 */
export async function readBytes(
  bytes: Uint8Array,
  socket: SocketWords,
  helpers: LargeTaskHelpers<BytesRequest, BytesAnswer>,
  signal: AbortSignal,
): Promise<ReadMessage | undefined> {
  const words = { url: socket.url, protocol: socket.protocol, reading: socket.reading };
  try {
    return messageOf(await askWorker(requestsFor(bytes, words), helpers, signal));
  } catch {
    return signal.aborted ? undefined : messageOf(readHere(bytes, words));
  }
}

function* requestsFor(whole: Uint8Array, socket: SocketWords): Generator<BytesRequest> {
  for (const bytes of partsOf(whole)) yield { type: 'part', bytes };
  yield { type: 'end', socket };
}

function readHere(bytes: Uint8Array, socket: SocketWords): BytesAnswer | undefined {
  const taker = new BytesTaker();
  taker.take({ type: 'part', bytes });
  return taker.take({ type: 'end', socket });
}

function messageOf(answer: BytesAnswer | undefined): ReadMessage | undefined {
  if (answer?.type !== 'read') return answer;
  const { protocol, head, end, json, values, scan } = answer;
  return {
    type: 'read',
    envelope: { protocol, packets: [{ head, json, end }], ...(values && { values: { ...values, json } }) },
    document: new JsonDocument({ source: json, ...scan }),
  };
}
