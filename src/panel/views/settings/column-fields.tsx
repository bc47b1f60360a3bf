import type { JSX } from 'preact';
import { showColumn } from '../../model/columns/column-changes.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

/** Which columns are seen, in their order; where they stand and how wide they are is chosen in the list itself. */
export function ColumnFields(): JSX.Element {
  const { columns } = useModel();
  const { all } = columns;
  const isLast = all.filter(({ isShown }) => isShown).length === 1;
  return (
    <fieldset class="column-fields">
      <legend>{t('columns')}</legend>
      {all.map(({ id, label, isShown }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={isShown}
            disabled={isShown && isLast}
            onChange={(event) => showColumn(columns, id, event.currentTarget.checked)}
          />
          {t(label)}
        </label>
      ))}
      <button type="button" class="link" disabled={columns.areUsual} onClick={() => columns.reset()}>
        {t('columnsReset')}
      </button>
    </fieldset>
  );
}
