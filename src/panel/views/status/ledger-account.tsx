import type { JSX } from 'preact';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { droppedLines } from '../../words/words.ts';
import { useModel } from '../context.ts';
import { Fact, Facts } from '../controls/facts.tsx';

/** Every figure of the ledger, and the reasons why frames were dropped. */
export function LedgerAccount(): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const { observed, stored, droppedBy, inFlight } = model.session.totals();
  return (
    <section id="ledger-account" class="ledger-account" aria-label={t('ledgerAccount')}>
      <Facts title={t('ledgerAccount')}>
        <Fact name={t('infoObserved')}>{wholeNumber(observed)}</Fact>
        <Fact name={t('infoStored')}>{wholeNumber(stored)}</Fact>
        <Fact name={t('infoInFlight')}>{wholeNumber(inFlight)}</Fact>
        <Fact name={t('infoDropped')}>
          {droppedLines(droppedBy).join(' · ') || t('ledgerNothingDropped')}
        </Fact>
      </Facts>
      <p class="dim">{t('ledgerRule')}</p>
    </section>
  );
}
