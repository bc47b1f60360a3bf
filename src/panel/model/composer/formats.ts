import { decodeUtf8, encodeUtf8, toBase64, toSpacedHex } from '../../../decoders/bytes/bytes.ts';
import { parseBase64, parseHex } from '../../../decoders/bytes/parse.ts';
import type { ComposerFormat, Draft, FormatChange } from './composer.ts';

/** Most bytes of a frame that are edited as hex; more are base64, which is less than half as long. */
const MOST_HEX = 256 * 1024;

/**
 * The payload of a frame as a draft: bytes become hex, unless there are many or the current format is base64.
 * @param format the one in use
 */
export function draftOf(payload: string | Uint8Array, format: ComposerFormat): Draft {
  if (typeof payload === 'string') return { text: payload, format: 'text' };
  const wanted = format === 'base64' || payload.length > MOST_HEX ? 'base64' : 'hex';
  return { text: written(payload, wanted), format: wanted };
}

/** A draft in another format, and the effect of the change. */
export interface ChangedDraft {
  readonly draft: Draft;
  readonly change: FormatChange | undefined;
}

/** The same message in another format if nothing is lost by that; otherwise the text stays as typed. */
export function inFormat({ text, format }: Draft, wanted: ComposerFormat): ChangedDraft {
  const left: ChangedDraft = { draft: { text, format: wanted }, change: undefined };
  const impossible = (reason: Extract<FormatChange, { type: 'impossible' }>['reason']): ChangedDraft => ({
    ...left,
    change: { type: 'impossible', reason },
  });
  if (text === '' || format === wanted) return left;
  if (isText(format) && isText(wanted)) return left;
  if (isText(format)) {
    if (!text.isWellFormed()) return impossible('lone-surrogate');
    const converted = written(encodeUtf8(text), wanted);
    // If the user has typed digits and then chooses their format, they are meant as they are.
    return parsed(text, wanted).ok
      ? { ...left, change: { type: 'as-typed', other: converted } }
      : { draft: { text: converted, format: wanted }, change: { type: 'converted', other: text } };
  }
  const read = parsed(text, format);
  if (!read.ok) return impossible('not-bytes');
  if (!isText(wanted)) {
    const converted = written(read.bytes, wanted);
    return { draft: { text: converted, format: wanted }, change: { type: 'converted', other: text } };
  }
  const decoded = decodeUtf8(read.bytes);
  if (!decoded.valid) return impossible('not-utf8');
  return { draft: { text: decoded.text, format: wanted }, change: { type: 'converted', other: text } };
}

function isText(format: ComposerFormat): boolean {
  return format === 'text' || format === 'json';
}

function parsed(text: string, format: ComposerFormat) {
  return format === 'hex' ? parseHex(text) : parseBase64(text);
}

function written(bytes: Uint8Array, format: ComposerFormat): string {
  return format === 'hex' ? toSpacedHex(bytes) : toBase64(bytes);
}
