import { envelopeIn } from '../../../decoders/envelope.ts';
import type { Payload } from '../../../decoders/payload.ts';
import { type ReadingChoice, SIGNALR_SEPARATOR } from '../../../decoders/protocol-signs.ts';
import { type SpokenProtocol, spokenOn } from '../../../decoders/spoken.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import { MAX_DECODED_BYTES, readUtf8 } from './row-text.ts';
import type { FrameSource } from './source.ts';

const QUOTE = 0x22;
const UPPER_A = 0x41;
const OPEN_BRACKET = 0x5b;
const LOWER_Z = 0x7a;
const OPEN_BRACE = 0x7b;

/** Whether the first characters of a message show that its JSON has no envelope except what `JsonPathScan` skips, as in most messages. */
export function isBareJson(payload: Payload): payload is string {
  if (typeof payload !== 'string') return false;
  const first = payload.charCodeAt(0);
  if (first === OPEN_BRACKET) return payload.charCodeAt(1) !== QUOTE;
  return !(first >= UPPER_A && first <= LOWER_Z);
}

/**
 * The text in which paths are searched: the JSON within the envelope of the protocol, or the payload itself. With several
 * messages in one payload, each is followed by a separator, as SignalR writes them.
 */
export function jsonText(payload: Payload, spoken: SpokenProtocol | undefined): string {
  if (isBareJson(payload)) return payload;
  if (typeof payload === 'string') return unpacked(payload, spoken) ?? payload;
  const bytes = payload.subarray(0, MAX_DECODED_BYTES);
  return (bytes[0] === OPEN_BRACE ? undefined : unpacked(bytes, spoken)) ?? readUtf8(bytes);
}

function unpacked(payload: Payload, spoken: SpokenProtocol | undefined): string | undefined {
  const packets = envelopeIn(payload, spoken)?.packets;
  if (!packets) return undefined;
  const [only] = packets;
  if (only && packets.length === 1) return only.json;
  return packets.map(({ json }) => json + SIGNALR_SEPARATOR).join('');
}

/** The protocols of rows' sockets; adjacent rows often belong to the same socket. */
export class SpokenByRows {
  private url = '';
  private protocol = '';
  private reading: ReadingChoice | undefined;
  private inTexts: SpokenProtocol | undefined;
  private inBytes: SpokenProtocol | undefined;

  of(source: FrameSource, row: number): SpokenProtocol | undefined {
    const url = source.url(row);
    const protocol = source.protocol(row);
    const reading = source.reading(row);
    if (url !== this.url || protocol !== this.protocol || reading !== this.reading) {
      this.url = url;
      this.protocol = protocol;
      this.reading = reading;
      this.inTexts = spokenOn({ url, protocol }, 'text');
      this.inBytes = spokenOn({ url, protocol, reading }, 'bytes');
    }
    const kind = source.kind(row);
    const isBytes = kind === FrameKind.sentBinary || kind === FrameKind.receivedBinary;
    return isBytes ? this.inBytes : this.inTexts;
  }
}
