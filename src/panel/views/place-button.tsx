import type { JSX } from 'preact';
import { t } from '../i18n.ts';
import { SETTINGS } from '../settings/schema.ts';
import { useModel } from './context.ts';
import { BelowIcon, BesideIcon } from './icons.tsx';

/** Moves the detail below the list of frames and back; a narrow panel has no place beside it. */
export function PlaceButton(): JSX.Element {
  const place = useModel().settings.of(SETTINGS.detailPlace);
  const isBelow = place.value === 'below';
  return (
    <button
      type="button"
      class="tool place-button"
      aria-pressed={isBelow}
      aria-label={t('detailBelow')}
      title={isBelow ? t('detailBesideTip') : t('detailBelowTip')}
      onClick={() => {
        place.value = isBelow ? 'beside' : 'below';
      }}
    >
      {isBelow ? <BesideIcon /> : <BelowIcon />}
    </button>
  );
}
