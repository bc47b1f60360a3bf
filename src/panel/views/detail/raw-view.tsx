import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { toBase64 } from '../../../decoders/bytes.ts';
import { byteCount, wholeNumber } from '../../format.ts';
import { t } from '../../i18n.ts';
import { breakable } from './breakable.tsx';

/** Characters that are drawn; the copy button takes all. */
const SHOWN = 500_000;
/** Bytes of which the base64 form is drawn. */
const SHOWN_BYTES = 300_000;

interface RawViewProps {
  readonly payload: string | Uint8Array;
  /** Offset to point at, in UTF-16 units. */
  readonly mark?: number | undefined;
  /** Whether long lines go on in the next row. */
  readonly wraps?: boolean;
}

/** Text exactly as it went over the wire; bytes as base64. */
export function RawView({ payload, mark, wraps = true }: RawViewProps): JSX.Element {
  const text = useMemo(() => shownText(payload), [payload]);
  const isCut = typeof payload === 'string' ? payload.length > SHOWN : payload.length > SHOWN_BYTES;
  return (
    <>
      {isCut && <p class="dim pad">{t('rawCut', wholeNumber(text.length), byteCount(payload.length))}</p>}
      {typeof payload !== 'string' && <p class="dim pad">{t('rawBase64')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable text must be reachable by keyboard */}
      <pre class={wraps ? 'raw' : 'raw is-unwrapped'} tabIndex={0}>
        {mark === undefined || mark >= text.length ? (
          breakable(text)
        ) : (
          <>
            {breakable(text.slice(0, mark))}
            <mark>{text.slice(mark, mark + 1)}</mark>
            {breakable(text.slice(mark + 1))}
          </>
        )}
      </pre>
    </>
  );
}

function shownText(payload: string | Uint8Array): string {
  return typeof payload === 'string' ? payload.slice(0, SHOWN) : toBase64(payload.subarray(0, SHOWN_BYTES));
}
