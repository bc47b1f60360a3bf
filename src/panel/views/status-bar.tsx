import type { JSX } from 'preact';
import { byteCount, wholeNumber } from '../format.ts';
import { t } from '../i18n.ts';
import { gapReason } from '../words.ts';
import { useModel } from './context.ts';

/** The ledger in figures. A live region that spoke each change would never be silent, so it is read on demand. */
export function StatusBar(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const { stored, dropped, droppedBy, bytes } = model.session.totals();
  const inFlight = model.session.inFlight();
  const reasons = [...droppedBy].map(([reason, frames]) => `${wholeNumber(frames)} ${gapReason(reason)}`);
  const notice = model.notice.value;
  return (
    <footer class="status-bar">
      <div class="ledger" role="status" aria-label={t('ledger')} aria-live="off">
        <span>{t('ledgerFrames', wholeNumber(stored))}</span>
        <span class={dropped > 0 ? 'is-dropped' : ''} title={reasons.join('\n')}>
          {t('ledgerDropped', wholeNumber(dropped))}
        </span>
        <span>{t('ledgerInFlight', wholeNumber(inFlight))}</span>
        <span>{t('ledgerMemory', byteCount(bytes))}</span>
      </div>
      <div class={`notice ${notice ? `is-${notice.tone}` : ''}`} aria-live="polite">
        {notice?.text}
      </div>
    </footer>
  );
}
