import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Envelope, envelopeOf, jsonOf } from '../../../../decoders/envelope.ts';
import type { JsonDocument } from '../../../../decoders/json/document.ts';
import { type Payload, PREVIEW_LIMIT } from '../../../../decoders/payload.ts';
import type { SocketWords } from '../../../../decoders/protocol-signs.ts';
import { BYTES_READINGS, type BytesReading } from '../../../../decoders/readings/formats.ts';
import { LONGEST_READ, malformedAt } from '../../../../decoders/readings/reading.ts';
import { spokenOn } from '../../../../decoders/spoken.ts';
import type { ReadMessage } from '../../../worker/read-bytes.ts';
import { useModel } from '../../context.ts';
import { useJson } from './large-json.ts';

/** Why a binary message is not shown as the values that it is said to hold. */
export type ReadingTrouble =
  | { readonly type: 'malformed'; readonly reading: BytesReading; readonly at: number }
  | { readonly type: 'too-long' };

/** What a message holds, as far as it has been read. */
interface Message {
  /** The JSON in what a protocol puts around it, or the values of bytes. */
  readonly envelope: Envelope | undefined;
  /** That JSON. */
  readonly document: JsonDocument | undefined;
  readonly isReading: boolean;
  readonly trouble: ReadingTrouble | undefined;
}

/** Reads a message. A large one comes later; it is not read any more when another one is wanted. */
export function useMessage(payload: Payload, socket: SocketWords): Message {
  const isLarge = isLargeBytes(payload, socket);
  const small = useSmall(payload, socket, isLarge);
  const large = useLarge(isLarge ? payload : undefined, socket);
  if (!isLarge) return small;
  if (large?.type !== 'read') {
    const trouble = large && troubleOf(large, socket);
    return { envelope: undefined, document: undefined, isReading: !large, trouble };
  }
  return { envelope: large.envelope, document: large.document, isReading: false, trouble: undefined };
}

function useSmall(payload: Payload, socket: SocketWords, isLarge: boolean): Message {
  const envelope = useMemo(
    () => (!isLarge && payload.length <= PREVIEW_LIMIT ? envelopeOf(payload, socket) : undefined),
    [payload, socket.url, socket.protocol, socket.reading],
  );
  const json = useMemo(() => envelope && jsonOf(envelope), [envelope]);
  const document = useJson(json);
  const trouble = useMemo(
    () => (isLarge || envelope ? undefined : troubleOfSmall(payload, socket)),
    [envelope, payload, socket.reading],
  );
  return { envelope, document, isReading: envelope !== undefined && !document, trouble };
}

function useLarge(bytes: Uint8Array | undefined, socket: SocketWords): ReadMessage | undefined {
  const model = useModel();
  const { url, protocol, reading } = socket;
  const wanted = useMemo(() => ({ bytes }), [bytes, url, protocol, reading]);
  const [found, setFound] = useState<{ readonly of: object; readonly message: ReadMessage }>();
  useEffect(() => {
    if (!wanted.bytes) return undefined;
    const leaving = new AbortController();
    void model.largePayloads
      .readBytes(wanted.bytes, { url, protocol, reading }, leaving.signal)
      .then((message) => {
        if (message) setFound({ of: wanted, message });
      });
    return () => leaving.abort();
  }, [model, wanted]);
  return found?.of === wanted ? found.message : undefined;
}

/** Bytes that a worker has to read, because that would hold up the panel. */
function isLargeBytes(payload: Payload, socket: SocketWords): payload is Uint8Array {
  const isSo =
    typeof payload !== 'string' && payload.length > LONGEST_READ && payload.length <= PREVIEW_LIMIT;
  return isSo && spokenOn(socket, 'bytes') !== 'bytes';
}

function troubleOfSmall(payload: Payload, socket: SocketWords): ReadingTrouble | undefined {
  const reading = readingOf(socket);
  if (typeof payload === 'string' || payload.length > LONGEST_READ || !reading) return undefined;
  return { type: 'malformed', reading, at: malformedAt(reading, payload) };
}

function troubleOf(
  message: Exclude<ReadMessage, { readonly type: 'read' }>,
  socket: SocketWords,
): ReadingTrouble | undefined {
  if (message.type === 'too-long') return message;
  const reading = readingOf(socket);
  return reading && { type: 'malformed', reading, at: message.malformedAt };
}

/** The format in which a socket's binary messages are said to be. */
function readingOf(socket: SocketWords): BytesReading | undefined {
  const spoken = spokenOn(socket, 'bytes');
  return BYTES_READINGS.find((name) => name === spoken);
}
