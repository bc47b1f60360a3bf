import { encodeUtf8, utf8Length } from '../../../decoders/bytes/bytes.ts';
import { parseBase64, parseHex } from '../../../decoders/bytes/parse.ts';
import { type JsonError, looksLikeJson, parseJson } from '../../../decoders/json/document.ts';
import type { CommandPayload } from '../../../protocol/messages.ts';
import type { Draft } from './composer.ts';

/** What a draft is. `size` is in bytes on the wire, `offset` in UTF-16 units of the draft. */
export type DraftState =
  | { readonly type: 'empty' }
  | { readonly type: 'text'; readonly size: number }
  | { readonly type: 'json'; readonly size: number }
  /** Plain text can be sent nevertheless: the server may want just that. */
  | {
      readonly type: 'broken-json';
      readonly size: number;
      readonly error: JsonError;
      readonly isRefused: boolean;
    }
  | { readonly type: 'bytes'; readonly size: number }
  | { readonly type: 'not-bytes'; readonly format: 'base64' | 'hex'; readonly offset: number };

/** UTF-16 units above which a text is not checked while it is typed. */
const CHECK_LIMIT = 1_000_000;

/** The state of a draft, checked as it is typed. */
export function draftState({ text, format }: Draft): DraftState {
  switch (format) {
    case 'text':
      return textState(text);
    case 'json':
      return jsonState(text, utf8Length(text), true);
    case 'base64':
    case 'hex': {
      const parsed = format === 'hex' ? parseHex(text) : parseBase64(text);
      if (!parsed.ok) return { type: 'not-bytes', format, offset: parsed.offset };
      return { type: 'bytes', size: parsed.bytes.length };
    }
  }
}

/** The payload that would be sent; undefined if the draft does not match its format. */
export function draftPayload({ text, format }: Draft): CommandPayload | undefined {
  switch (format) {
    case 'text':
      return { type: 'text', text };
    case 'json':
      return parseJson(text).ok ? { type: 'text', text } : undefined;
    case 'base64':
      return binary(parseBase64(text));
    case 'hex':
      return binary(parseHex(text));
  }
}

type Parsed = ReturnType<typeof parseHex> | ReturnType<typeof parseBase64>;

function binary(parsed: Parsed): CommandPayload | undefined {
  return parsed.ok ? { type: 'binary', bytes: parsed.bytes } : undefined;
}

function textState(text: string): DraftState {
  if (text === '') return { type: 'empty' };
  if (text.length > CHECK_LIMIT) return { type: 'text', size: encodeUtf8(text).length };
  const size = utf8Length(text);
  return looksLikeJson(text) ? jsonState(text, size, false) : { type: 'text', size };
}

function jsonState(text: string, size: number, isRefused: boolean): DraftState {
  const { error } = parseJson(text);
  return error ? { type: 'broken-json', size, error, isRefused } : { type: 'json', size };
}
