import type { JSX } from 'preact';
import { type MessageKey, t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { Sheet } from './sheet.tsx';

/** Examples of everything that a filter can express, with their names. */
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
  ['note:later', 'filterHintNote'],
  ['time:>12:30:05', 'filterHintTime'],
  ['time:-5m', 'filterHelpAge'],
  ['$.data.price > 100', 'filterHelpCompare'],
  ['$.user.name', 'filterHelpExists'],
  ['$.items[*].id ~ /^a/', 'filterHelpMatches'],
];

interface FilterHelpProps {
  readonly onClose: () => void;
}

/** The filter language on one sheet. Choosing an example adds it to the filter. */
export function FilterHelp({ onClose }: FilterHelpProps): JSX.Element {
  const { filter } = useModel();
  return (
    <Sheet label={t('filterHelp')} onClose={onClose}>
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
      <p class="dim">{t('filterHelpJson')}</p>
      <p class="dim">{t('filterHelpNote')}</p>
    </Sheet>
  );
}
