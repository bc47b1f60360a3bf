import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type MessageKey, t } from '../../i18n.ts';
import { useModel } from '../context.ts';

/** Examples of all that can be written, and what they are called. */
const EXAMPLES: readonly (readonly [string, MessageKey])[] = [
  ['ping', 'filterHelpText'],
  ['"two words"', 'filterHelpQuoted'],
  ['/p[io]ng/i', 'filterHelpRegex'],
  ['-ack', 'filterHelpExclude'],
  ['a or (b -c)', 'filterHelpOperators'],
  ['dir:sent', 'filterHintDir'],
  ['type:binary', 'filterHintType'],
  ['event:close', 'filterHintEvent'],
  ['len:>1k', 'filterHintLen'],
  ['socket:/feed', 'filterHintSocket'],
  ['state:open', 'filterHintState'],
  ['is:injected', 'filterHintIs'],
  ['time:>12:30:05', 'filterHintTime'],
  ['time:-5m', 'filterHelpAge'],
  ['$.data.price > 100', 'filterHelpCompare'],
  ['$.user.name', 'filterHelpExists'],
  ['$.items[*].id ~ /^a/', 'filterHelpMatches'],
];

interface FilterHelpProps {
  readonly onClose: () => void;
}

/** The filter's language on one sheet; an example that is chosen is added to the filter. */
export function FilterHelp({ onClose }: FilterHelpProps): JSX.Element {
  const { filter } = useModel();
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    sheet.current?.querySelector('button')?.focus();
    const over = new AbortController();
    const onPress = ({ target }: Event) => {
      if (!(target instanceof Node && sheet.current?.parentElement?.contains(target))) onClose();
    };
    addEventListener('mousedown', onPress, { capture: true, signal: over.signal });
    return () => {
      over.abort();
      if (sheet.current?.contains(document.activeElement) && before instanceof HTMLElement) before.focus();
    };
  }, [onClose]);
  return (
    <div
      ref={sheet}
      class="filter-sheet"
      role="dialog"
      aria-label={t('filterHelp')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {EXAMPLES.map(([example, meaning]) => (
        <button
          key={example}
          type="button"
          class="filter-example"
          onClick={() => filter.setText(`${filter.text.value} ${example}`.trim())}
        >
          <code>{example}</code>
          <span>{t(meaning)}</span>
        </button>
      ))}
      <p class="dim">{t('filterHelpNote')}</p>
    </div>
  );
}
