import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { PANE_SIZES, SETTINGS } from '../../settings/schema.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

type Size = keyof typeof SETTINGS.paneSizes.usual;

/** What can be as wide, and as high, as people want; which of the two holds depends on how the panes stand. */
const PANES: readonly { readonly label: MessageKey; readonly width: Size; readonly height: Size }[] = [
  { label: 'paneSockets', width: 'sockets', height: 'sockets-height' },
  { label: 'paneDetail', width: 'side', height: 'side-height' },
  { label: 'composer', width: 'composer-width', height: 'composer' },
];

/** How large the panes are, as with the bars between them. */
export function PaneFields(): JSX.Element {
  const sizes = useModel().settings.of(SETTINGS.paneSizes);
  const { usual } = SETTINGS.paneSizes;
  const areUsual = Object.entries(usual).every(([name, size]) => sizes.value[name as Size] === size);
  return (
    <fieldset class="pane-fields">
      <legend>{t('paneSizes')}</legend>
      <span />
      <span class="dim">{t('paneWidth')}</span>
      <span class="dim">{t('paneHeight')}</span>
      {PANES.map(({ label, width, height }) => (
        <>
          <span>{t(label)}</span>
          <SizeField size={width} label={t('paneSizeOf', t(label), t('paneWidth'))} />
          <SizeField size={height} label={t('paneSizeOf', t(label), t('paneHeight'))} />
        </>
      ))}
      <button
        type="button"
        class="link"
        disabled={areUsual}
        onClick={() => {
          sizes.value = usual;
        }}
      >
        {t('paneSizesReset')}
      </button>
    </fieldset>
  );
}

interface SizeFieldProps {
  readonly size: Size;
  readonly label: string;
}

function SizeField({ size, label }: SizeFieldProps): JSX.Element {
  const sizes = useModel().settings.of(SETTINGS.paneSizes);
  const field = useRef<HTMLInputElement>(null);
  const { least, most } = PANE_SIZES;
  const take = (typed: number) => {
    // An empty field goes back to what is in force.
    if (Number.isFinite(typed)) {
      sizes.value = { ...sizes.value, [size]: Math.round(Math.min(most, Math.max(least, typed))) };
    }
    if (field.current) field.current.value = String(sizes.value[size]);
  };
  return (
    <input
      ref={field}
      type="number"
      aria-label={label}
      min={least}
      max={most}
      value={sizes.value[size]}
      onChange={(event) => take(event.currentTarget.valueAsNumber)}
    />
  );
}
