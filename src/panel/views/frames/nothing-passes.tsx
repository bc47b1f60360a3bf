import type { JSX } from 'preact';
import { counted, wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { EmptyBox } from '../controls/empty-box.tsx';
import { HiddenTypes } from '../types/hidden-types.tsx';

/** Why the list is empty although there are frames. */
export function NothingPasses(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const total = model.store.endRow - model.store.firstRow;
  if (!model.filter.isCurrent) {
    return (
      <EmptyBox>
        <strong>{t('searchingTitle')}</strong>
        <p>{t('searchingText', wholeNumber(total))}</p>
      </EmptyBox>
    );
  }
  return (
    <EmptyBox>
      <strong>{t('nothingPassesTitle')}</strong>
      <p>{`${counted(total, 'oneFrameThere', 'framesThere')} ${t('nothingPassesText')}`}</p>
      <HiddenTypes />
    </EmptyBox>
  );
}
