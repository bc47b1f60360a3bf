import type { JSX } from 'preact';
import { type FilterProblem, problemMessage } from '../../store/query/problems.ts';
import { byteCount, timeOfDay, wholeNumber } from '../format.ts';
import { t, tDynamic } from '../i18n.ts';
import type { FilterStop } from '../model/filter.ts';
import type { PanelModel } from '../model/panel-model.ts';
import { useModel } from './context.ts';
import { SearchIcon } from './icons.tsx';
import { spanWords } from './timeline/span-words.ts';

export function FilterBox(): JSX.Element {
  const model = useModel();
  const { filter } = model;
  void model.revision.value;
  const problem = filter.problem.value;
  const stop = filter.stop.value;
  return (
    <div class={`filter ${problem || stop ? 'is-wrong' : ''}`}>
      <SearchIcon />
      <input
        type="search"
        spellcheck={false}
        aria-label={t('filterFrames')}
        placeholder={t('filterPlaceholder')}
        title={t('filterTip')}
        value={filter.text.value}
        aria-invalid={problem !== undefined}
        aria-describedby="filter-problem"
        onInput={(event) => filter.setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || filter.text.value === '') return;
          event.preventDefault();
          event.stopPropagation();
          filter.setText('');
        }}
      />
      <SpanChip />
      <span class="filter-count">{filter.isActive ? foundOf(model) : ''}</span>
      <span id="filter-problem" class="filter-problem" role="alert">
        {problem ? wrongWords(problem) : stop && stopWords(stop)}
      </span>
    </div>
  );
}

/** The time span that is shown alone, and the way back to all. */
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

function wrongWords(problem: FilterProblem): string {
  const { key, substitutions } = problemMessage(problem);
  return tDynamic(key, substitutions);
}

function foundOf({ filter, store }: PanelModel): string {
  const [found, total] = [wholeNumber(filter.found), wholeNumber(store.endRow - store.firstRow)];
  return filter.isCurrent ? t('filterCount', found, total) : t('filterCountSoFar', found, total);
}

/** Why a search has ended before its end, and what to do. */
function stopWords(stop: FilterStop): string {
  switch (stop.type) {
    case 'stuck': {
      const { pattern, place, time, size } = stop;
      const expression = `/${pattern.source}/${pattern.flags}`;
      return t('filterStopped', expression, wholeNumber(place), timeOfDay(time), byteCount(size));
    }
    case 'failed':
      return t('filterFailed', stop.reason);
  }
}
