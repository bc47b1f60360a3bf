import { decodeUtf8 } from './bytes/bytes.ts';
import { type JsonDocument, looksLikeJson, parseJson } from './json/document.ts';

/** A message as script sees it: a text frame's string or a binary frame's bytes. */
export type Payload = string | Uint8Array;

/** How a payload can be shown beside Raw and Hex. */
export type PayloadView =
  | { readonly view: 'json'; readonly document: JsonDocument }
  /** Looks like JSON but is malformed: the document holds the error and the tree up to it. */
  | { readonly view: 'broken-json'; readonly document: JsonDocument }
  | { readonly view: 'text' }
  | { readonly view: 'bytes'; readonly hint: BytesHint }
  /** Not decoded. Lengths are in UTF-16 units for text, in bytes for binary data. */
  | { readonly view: 'too-large'; readonly length: number; readonly limit: number };

/** What bytes could be read as: UTF-8 that starts like JSON, UTF-8 text without controls, or nothing known. */
export type BytesHint = 'json' | 'text' | 'none';

/** One way to read payloads. */
export interface Decoder {
  readonly id: string;
  /** A cheap check whether `decode` is worth trying. */
  matches(payload: Payload): boolean;
  /** The decoded view, or undefined if the payload is something else after all. Never throws. */
  decode(payload: Payload): PayloadView | undefined;
}

/**
 * Largest payload that gets a preview, in UTF-16 units or bytes. At worst, with nothing but brackets, the tree of a text takes
 * 24 bytes a unit: 400 MB, and half as much again for a moment while it grows.
 */
export const PREVIEW_LIMIT = 16 * 1024 * 1024;

const jsonDecoder: Decoder = {
  id: 'json',
  matches: mayBeJson,
  decode: (payload) => (typeof payload === 'string' ? viewOfJson(parseJson(payload)) : undefined),
};

/** A cheap check whether a payload is worth parsing as JSON. */
export function mayBeJson(payload: Payload): payload is string {
  return typeof payload === 'string' && /^[ \t\r\n]*[[{"\-\dtfn]/.test(payload);
}

/** How to show a text that was parsed as JSON; undefined if it was not meant as JSON. */
export function viewOfJson(document: JsonDocument): PayloadView | undefined {
  if (document.ok) return { view: 'json', document };
  return looksLikeJson(document.source) ? { view: 'broken-json', document } : undefined;
}

const textDecoder: Decoder = {
  id: 'text',
  matches: (payload) => typeof payload === 'string',
  decode: () => ({ view: 'text' }),
};

const bytesDecoder: Decoder = {
  id: 'bytes',
  matches: (payload) => typeof payload !== 'string',
  decode: (payload) =>
    typeof payload === 'string' ? undefined : { view: 'bytes', hint: bytesHint(payload) },
};

/** In order of preference. The last two accept everything. */
const DECODERS: readonly Decoder[] = [jsonDecoder, textDecoder, bytesDecoder];

/** How to show a payload: the view of the first decoder that accepts it. Never throws. */
export function classify(payload: Payload): PayloadView {
  if (payload.length > PREVIEW_LIMIT)
    return { view: 'too-large', length: payload.length, limit: PREVIEW_LIMIT };
  for (const decoder of DECODERS) {
    const decoded = decoder.matches(payload) ? decoder.decode(payload) : undefined;
    if (decoded !== undefined) return decoded;
  }
  return { view: 'text' };
}

function bytesHint(bytes: Uint8Array): BytesHint {
  if (bytes.length === 0) return 'none';
  const { text, valid } = decodeUtf8(bytes);
  if (!valid) return 'none';
  if (looksLikeJson(text)) return 'json';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text.
  return /[\0-\x08\x0e-\x1f\x7f]/.test(text) ? 'none' : 'text';
}
