import { decodeUtf8 } from './bytes/bytes.ts';
import { envelopeOf, type Packet } from './envelope.ts';
import { prettyJson } from './json/pretty.ts';
import type { Payload } from './payload.ts';
import type { SocketWords } from './protocol-signs.ts';

const MAY_BE_JSON = /^\s*[[{]/;
/** Bytes at the beginning that show whether the rest may be JSON. */
const HEAD = 64;

/** A cheap check whether {@link prettyPayload} is worth trying. */
export function mayBePretty(payload: Payload, socket: SocketWords): boolean {
  const head = typeof payload === 'string' ? payload : decodeUtf8(payload.subarray(0, HEAD)).text;
  return MAY_BE_JSON.test(head) || envelopeOf(payload, socket) !== undefined;
}

/** What {@link prettyPayload} may read and write. */
interface PrettyLimits {
  /** Bytes of a binary message up to which its values are read. */
  readonly mostRead?: number;
  /** UTF-16 units that each of its JSON texts may have. */
  readonly longest?: number;
}

/**
 * JSON with one line per value. Whatever a protocol has wrapped around it is kept; the part before it gets lines of its own.
 * @returns undefined if it is not JSON, or too long
 */
export function prettyPayload(
  payload: Payload,
  socket: SocketWords,
  { mostRead, longest }: PrettyLimits = {},
): string | undefined {
  const texts = envelopeOf(payload, socket, mostRead)?.packets.map((packet) => prettyPacket(packet, longest));
  if (texts?.every((text) => text !== undefined)) return texts.join('\n');
  if (typeof payload === 'string') return prettyJson(payload, longest);
  const { text, valid } = decodeUtf8(payload);
  return valid && MAY_BE_JSON.test(text) ? prettyJson(text, longest) : undefined;
}

function prettyPacket({ head, json, end }: Packet, longest: number | undefined): string | undefined {
  const pretty = prettyJson(json, longest);
  if (pretty === undefined) return undefined;
  return `${head}${head === '' || head.endsWith('\n') ? '' : '\n'}${pretty}${end}`;
}
