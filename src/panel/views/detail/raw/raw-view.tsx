import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { decodeUtf8, toBase64 } from '../../../../decoders/bytes/bytes.ts';
import { hexPairs } from '../../../../decoders/bytes/hex.ts';
import type { BytesForm } from '../../../settings/schema.ts';
import { byteCount, wholeNumber } from '../../../words/format.ts';
import { type MessageKey, t } from '../../../words/i18n.ts';
import { RawText } from './raw-text.tsx';

/** Characters that are drawn; the copy button takes all. */
const SHOWN = 500_000;
/** Bytes that are drawn. */
const SHOWN_BYTES: Readonly<Record<BytesForm, number>> = { base64: 300_000, utf8: SHOWN, hex: 160_000 };

interface RawViewProps {
  readonly payload: string | Uint8Array;
  /** Offset to point at, in UTF-16 units. */
  readonly mark?: number | undefined;
  /** Whether long lines go on in the next row. */
  readonly wraps?: boolean;
  /** How bytes are written. */
  readonly form?: BytesForm;
}

/** Text exactly as it went over the wire; bytes in one of their forms. */
export function RawView({ payload, mark, wraps = true, form = 'base64' }: RawViewProps): JSX.Element {
  const { text, note } = useMemo(() => shownText(payload, form), [payload, form]);
  const isCut = payload.length > (typeof payload === 'string' ? SHOWN : SHOWN_BYTES[form]);
  return (
    <>
      {isCut && <p class="dim pad">{t('rawCut', wholeNumber(text.length), byteCount(payload.length))}</p>}
      {note && <p class="dim pad">{t(note)}</p>}
      <RawText text={text} mark={mark} wraps={wraps} />
    </>
  );
}

interface ShownText {
  readonly text: string;
  /** What the text is, where it is not what went over the wire. */
  readonly note?: MessageKey;
}

function shownText(payload: string | Uint8Array, form: BytesForm): ShownText {
  if (typeof payload === 'string') return { text: payload.slice(0, SHOWN) };
  const bytes = payload.subarray(0, SHOWN_BYTES[form]);
  switch (form) {
    case 'base64':
      return { text: toBase64(bytes), note: 'rawBase64' };
    case 'hex':
      return { text: hexPairs(bytes).join(' '), note: 'rawHex' };
    case 'utf8': {
      const { text } = decodeUtf8(bytes);
      // A character may be cut off where the part that is drawn ends.
      const whole = bytes.length < payload.length ? text.replace(/\ufffd{1,3}$/, '') : text;
      return { text: whole, note: whole.includes('\ufffd') ? 'rawNotUtf8' : 'rawUtf8' };
    }
  }
}
