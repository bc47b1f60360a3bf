import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { droppedLines } from '../../words/words.ts';
import { useModel } from '../context.ts';
import { lazily } from '../lazily.tsx';
import { MEMORY_POPOVER, MemoryFigure } from './memory-figure.tsx';
import { NoticeLine } from './notice.tsx';

const LedgerAccount = lazily(async () => (await import('./ledger-account.tsx')).LedgerAccount);
const HiddenTypes = lazily(async () => (await import('../types/hidden-types.tsx')).HiddenTypes);
const MemoryLimits = lazily(async () => (await import('../settings/memory-limits.tsx')).MemoryLimits);

/** The ledger in figures. A live region that spoke each change would never be silent, so it is read on demand. */
export function StatusBar(): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const [isOpen, setOpen] = useState(false);
  const { observed, stored, dropped, droppedBy, inFlight } = model.session.totals();
  const reasons = droppedLines(droppedBy);
  const limits = useRef<HTMLDivElement>(null);
  const [hasLimits, setHasLimits] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !(isOpen || hasLimits)) return;
    event.preventDefault();
    event.stopPropagation(); // DevTools open their drawer on Escape
    setOpen(false);
    if (hasLimits) limits.current?.hidePopover();
  };
  return (
    <footer class="status-bar">
      <div class="ledger" role="status" aria-label={t('ledger')} aria-live="off">
        <button
          type="button"
          class="ledger-figures"
          aria-expanded={isOpen}
          aria-controls="ledger-account"
          title={[`${t('infoObserved')}: ${wholeNumber(observed)}`, ...reasons].join('\n')}
          onClick={() => setOpen(!isOpen)}
          onKeyDown={onKeyDown}
        >
          <span>{t('ledgerFrames', wholeNumber(stored))}</span>
          <span class={dropped > 0 ? 'is-dropped' : ''}>{t('ledgerDropped', wholeNumber(dropped))}</span>
          <span>{t('ledgerInFlight', wholeNumber(inFlight))}</span>
        </button>
        <MemoryFigure onKeyDown={onKeyDown} />
      </div>
      <HiddenTypes />
      <div
        ref={limits}
        id={MEMORY_POPOVER}
        class="limits"
        popover="auto"
        role="dialog"
        aria-label={t('limits')}
        onKeyDown={onKeyDown}
        onBeforeToggle={(event) => setHasLimits(event.newState === 'open')}
      >
        {hasLimits && <MemoryLimits />}
      </div>
      {isOpen && <LedgerAccount />}
      <NoticeLine />
    </footer>
  );
}
