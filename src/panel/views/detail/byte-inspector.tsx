import type { JSX } from 'preact';
import { typedValues } from '../../../decoders/typed-values.ts';
import { wholeNumber } from '../../format.ts';
import { t } from '../../i18n.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { useModel } from '../context.ts';

interface ByteInspectorProps {
  readonly bytes: Uint8Array;
  /** The selected bytes, from the first to one past the last. */
  readonly first: number;
  readonly end: number;
}

/** What the bytes from the cursor on are as numbers and as a character. */
export function ByteInspector({ bytes, first, end }: ByteInspectorProps): JSX.Element {
  const isBig = useModel().settings.of(SETTINGS.readsBigEndian);
  const count = end - first;
  return (
    <footer class="byte-inspector" id="byte-inspector" aria-live="polite">
      <span class="dim">
        {count === 1
          ? t('byteAt', wholeNumber(first), first.toString(16))
          : t('bytesFrom', wholeNumber(count), wholeNumber(first), first.toString(16))}
      </span>
      {typedValues(bytes, first, !isBig.value).map(({ type, value }) => (
        <span key={type}>
          <span class="dim">{type}</span> <bdi class="json-number">{value}</bdi>
        </span>
      ))}
      <label>
        <input
          type="checkbox"
          checked={isBig.value}
          onChange={(event) => {
            isBig.value = event.currentTarget.checked;
          }}
        />
        {t('bigEndian')}
      </label>
    </footer>
  );
}
