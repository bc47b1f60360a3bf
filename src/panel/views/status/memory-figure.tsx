import type { JSX } from 'preact';
import { byteCount } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

/** Id of the popover that the figure opens. */
export const MEMORY_POPOVER = 'memory-limits';

/** The memory that payloads take, and its limit. It opens the settings of how much this panel may keep. */
export function MemoryFigure({
  onKeyDown,
}: {
  readonly onKeyDown: (event: KeyboardEvent) => void;
}): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const { session } = model;
  const { bytes, diskBytes } = session.totals();
  const disk = diskBytes > 0 ? ` · ${t('ledgerDisk', byteCount(diskBytes))}` : '';
  const figure = t('ledgerMemory', byteCount(bytes), byteCount(session.limits.bytes)) + disk;
  return (
    <button
      type="button"
      class="memory"
      popovertarget={MEMORY_POPOVER}
      title={`${figure}\n${t('limitsTip')}`}
      onKeyDown={onKeyDown}
    >
      {figure}
    </button>
  );
}
