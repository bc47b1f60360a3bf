import type { JSX } from 'preact';
import { hiddenTypesText, showAllTypes } from '../../model/types/choosing.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

/** Says that messages of some types are not shown, for as long as that is so; a click shows them again. */
export function HiddenTypes(): JSX.Element | null {
  const model = useModel();
  const text = hiddenTypesText(model.settings.of(SETTINGS.shownTypes).value);
  if (text === '') return null;
  return (
    <button type="button" class="hidden-types" onClick={() => showAllTypes(model)}>
      {text} — {t('showAllTypes')}
    </button>
  );
}
