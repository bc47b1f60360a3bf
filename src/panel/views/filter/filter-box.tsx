import type { JSX } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import type { PanelModel } from '../../model/panel-model.ts';
import { wholeNumber } from '../../words/format.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { useViewAction } from '../commands/use-view-action.ts';
import { useModel } from '../context.ts';
import { SearchIcon } from '../controls/icons.tsx';
import { onEscape } from '../controls/on-escape.ts';
import { lazily } from '../lazily.tsx';
import { spanWords } from '../timeline/span-words.ts';

const FilterTrouble = lazily(async () => (await import('./filter-trouble.tsx')).FilterTrouble);

const FilterSuggestions = lazily(async () => (await import('./filter-suggestions.tsx')).FilterSuggestions);
const SavedFilters = lazily(async () => (await import('./saved-filters.tsx')).SavedFilters);
const FilterHelp = lazily(async () => (await import('./filter-help.tsx')).FilterHelp);

export function FilterBox(): JSX.Element {
  const model = useModel();
  const { filter } = model;
  void model.revision.value;
  const field = useRef<HTMLInputElement>(null);
  useViewAction('focus-filter', () => field.current?.select());
  const isWrong = filter.problem.value !== undefined;
  return (
    <div class={`filter ${isWrong || filter.stop.value ? 'is-wrong' : ''}`}>
      <SearchIcon />
      <div class="filter-field">
        <input
          ref={field}
          type="search"
          spellcheck={false}
          aria-label={t('filterFrames')}
          placeholder={t('filterPlaceholder')}
          title={t('filterTip')}
          value={filter.text.value}
          aria-invalid={isWrong}
          aria-describedby="filter-problem"
          onInput={(event) => filter.setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || filter.text.value === '') return;
            event.preventDefault();
            event.stopPropagation();
            filter.setText('');
          }}
        />
        <FilterTrouble field={field} />
        <FilterSuggestions field={field} />
      </div>
      <SpanChip />
      <span class="filter-count">{filter.isActive ? foundOf(model) : ''}</span>
      <SheetButton label="savedFilters" sign="☆" sheet={SavedFilters} />
      <SheetButton label="filterHelp" sign="?" sheet={FilterHelp} />
    </div>
  );
}

interface SheetButtonProps {
  readonly label: MessageKey;
  readonly sign: string;
  readonly sheet: (props: { readonly onClose: () => void }) => JSX.Element | null;
}

/** Opens and closes a sheet below it. */
function SheetButton({ label, sign, sheet: Content }: SheetButtonProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <span class="filter-tool">
      <button
        type="button"
        class="tool"
        aria-label={t(label)}
        title={t(label)}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={isOpen ? onEscape(close) : undefined}
      >
        {sign}
      </button>
      {isOpen && <Content onClose={close} />}
    </span>
  );
}

/** The time span that is shown, with a button to show all again. */
function SpanChip(): JSX.Element | null {
  const { filter } = useModel();
  const span = filter.span.value;
  if (!span) return null;
  return (
    <button
      type="button"
      class="span-chip"
      aria-label={t('clearSpan', spanWords(span))}
      title={t('clearSpan', spanWords(span))}
      onClick={() => filter.showSpan(undefined)}
    >
      {spanWords(span)} <span aria-hidden="true">×</span>
    </button>
  );
}

function foundOf({ filter, store }: PanelModel): string {
  const [found, total] = [wholeNumber(filter.found), wholeNumber(store.endRow - store.firstRow)];
  return filter.isCurrent ? t('filterCount', found, total) : t('filterCountSoFar', found, total);
}
