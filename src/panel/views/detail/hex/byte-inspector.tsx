import type { JSX } from 'preact';
import { hexPairs } from '../../../../decoders/bytes/hex.ts';
import { typedValues } from '../../../../decoders/bytes/typed-values.ts';
import { SETTINGS } from '../../../settings/schema.ts';
import { wholeNumber } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { useModel } from '../../context.ts';
import { CheckBox } from '../../controls/check-box.tsx';

/** Bytes that are read out. */
const MOST_READ = 16;

interface ByteInspectorProps {
  readonly bytes: Uint8Array;
  /** The selected bytes, from the first to one past the last. */
  readonly first: number;
  readonly end: number;
}

/** The bytes from the cursor on, read as numbers and as a character. */
export function ByteInspector({ bytes, first, end }: ByteInspectorProps): JSX.Element {
  const isBig = useModel().settings.of(SETTINGS.readsBigEndian);
  const count = end - first;
  return (
    <footer class="byte-inspector">
      {/* Read out as the cursor moves; what else it could be is there to be read. */}
      <span id="byte-place" class="dim" aria-live="polite" aria-atomic="true">
        {count === 1
          ? t('byteAt', wholeNumber(first), first.toString(16))
          : t('bytesFrom', wholeNumber(count), wholeNumber(first), first.toString(16))}
        <span class="for-readers">{`: ${hexPairs(bytes.subarray(first, Math.min(end, first + MOST_READ))).join(' ')}`}</span>
      </span>
      {typedValues(bytes, first, !isBig.value).map(({ type, value }) => (
        <span key={type}>
          <span class="dim">{type}</span> <bdi class="json-number">{value}</bdi>
        </span>
      ))}
      <CheckBox
        isChecked={isBig.value}
        onChange={(isChecked) => {
          isBig.value = isChecked;
        }}
      >
        {t('bigEndian')}
      </CheckBox>
    </footer>
  );
}
