import { computed, signal } from '@preact/signals';
import { encodeUtf8, parseBase64, parseHex, toBase64, utf8Length } from '../../decoders/bytes.ts';
import { type JsonError, looksLikeJson, parseJson } from '../../decoders/json.ts';
import type { CommandPayload } from '../../protocol/messages.ts';

/** `text` covers JSON, which is text that is checked. */
export type ComposerFormat = 'text' | 'base64' | 'hex';

/** What the draft is at this moment. `size` is in bytes on the wire. */
export type DraftState =
  | { readonly type: 'empty' }
  | { readonly type: 'text'; readonly size: number }
  | { readonly type: 'json'; readonly size: number }
  /** Can be sent all the same: the server may want just that. */
  | { readonly type: 'broken-json'; readonly size: number; readonly error: JsonError }
  | { readonly type: 'bytes'; readonly size: number }
  | { readonly type: 'not-bytes'; readonly format: 'base64' | 'hex'; readonly offset: number };

/** Above this a draft is not checked while it is typed. */
const CHECK_LIMIT = 1_000_000;

/** The message being written. */
export class Composer {
  readonly text = signal('');
  readonly format = signal<ComposerFormat>('text');
  /** Raised when the text box is to take the keyboard. */
  readonly focusRequests = signal(0);
  readonly state = computed<DraftState>(() => stateOf(this.text.value, this.format.value));

  /** What would be sent; undefined while the draft is not what its format asks for. */
  payload(): CommandPayload | undefined {
    const text = this.text.value;
    switch (this.format.value) {
      case 'text':
        return { type: 'text', text };
      case 'base64':
        return binary(parseBase64(text));
      case 'hex':
        return binary(parseHex(text));
    }
  }

  /** Takes a frame's payload as the draft. */
  edit(payload: string | Uint8Array): void {
    this.format.value = typeof payload === 'string' ? 'text' : 'base64';
    this.text.value = typeof payload === 'string' ? payload : toBase64(payload);
    this.focusRequests.value++;
  }
}

type Parsed = ReturnType<typeof parseHex> | ReturnType<typeof parseBase64>;

function binary(parsed: Parsed): CommandPayload | undefined {
  return parsed.ok ? { type: 'binary', bytes: parsed.bytes } : undefined;
}

function stateOf(text: string, format: ComposerFormat): DraftState {
  if (format === 'text') return textState(text);
  const parsed = format === 'hex' ? parseHex(text) : parseBase64(text);
  if (!parsed.ok) return { type: 'not-bytes', format, offset: parsed.offset };
  return { type: 'bytes', size: parsed.bytes.length };
}

function textState(text: string): DraftState {
  if (text === '') return { type: 'empty' };
  if (text.length > CHECK_LIMIT) return { type: 'text', size: encodeUtf8(text).length };
  const size = utf8Length(text);
  if (!looksLikeJson(text)) return { type: 'text', size };
  const { error } = parseJson(text);
  return error ? { type: 'broken-json', size, error } : { type: 'json', size };
}
