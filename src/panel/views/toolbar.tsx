import type { JSX } from 'preact';
import { problemMessage } from '../../store/query/problems.ts';
import { wholeNumber } from '../format.ts';
import { type MessageKey, t, tDynamic } from '../i18n.ts';
import type { Direction } from '../model/filter.ts';
import { useModel } from './context.ts';
import { FileButtons } from './files/file-buttons.tsx';
import { ClearIcon, PauseIcon, ResumeIcon, SearchIcon } from './icons.tsx';

export function Toolbar(): JSX.Element {
  const model = useModel();
  const isPaused = model.isPaused.value;
  return (
    <div class="toolbar" role="toolbar" aria-label={t('toolbar')}>
      <button
        type="button"
        class={`tool record ${isPaused ? '' : 'is-recording'}`}
        aria-pressed={isPaused}
        aria-label={t('pause')}
        title={isPaused ? t('resumeTip') : t('pauseTip')}
        onClick={() => model.setPaused(!isPaused)}
      >
        {isPaused ? <ResumeIcon /> : <PauseIcon />}
      </button>
      <button
        type="button"
        class="tool"
        aria-label={t('clear')}
        title={t('clearTip')}
        onClick={() => model.clear()}
      >
        <ClearIcon />
      </button>
      <label class="check" title={t('preserveLogTip')}>
        <input
          type="checkbox"
          checked={model.preserveLog.value}
          onChange={(event) => model.setPreserveLog(event.currentTarget.checked)}
        />
        {t('preserveLog')}
      </label>
      <label class="check" title={t('recordStacksTip')}>
        <input
          type="checkbox"
          checked={model.recordsStacks.value}
          onChange={(event) => model.setRecordsStacks(event.currentTarget.checked)}
        />
        {t('recordStacks')}
      </label>
      <FilterBox />
      <Directions />
      <FileButtons />
    </div>
  );
}

function FilterBox(): JSX.Element {
  const model = useModel();
  const { filter } = model;
  void model.revision.value;
  const problem = filter.problem.value;
  const message = problem && problemMessage(problem);
  const problemText = message && tDynamic(message.key, message.substitutions);
  const total = model.store.endRow - model.store.firstRow;
  return (
    <div class={`filter ${problem ? 'is-wrong' : ''}`}>
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
      <span class="filter-count">
        {filter.isActive ? t('filterCount', wholeNumber(filter.view.length), wholeNumber(total)) : ''}
      </span>
      <span id="filter-problem" class="filter-problem" role="alert">
        {problemText}
      </span>
    </div>
  );
}

const DIRECTIONS: readonly { readonly direction: Direction; readonly label: MessageKey }[] = [
  { direction: 'all', label: 'showAll' },
  { direction: 'sent', label: 'showSent' },
  { direction: 'received', label: 'showReceived' },
  { direction: 'events', label: 'showEvents' },
];

function Directions(): JSX.Element {
  const { filter } = useModel();
  return (
    <fieldset class="segments" aria-label={t('showDirections')}>
      {DIRECTIONS.map(({ direction, label }) => (
        <button
          key={direction}
          type="button"
          class="segment"
          aria-pressed={filter.direction.value === direction}
          onClick={() => filter.showDirection(direction)}
        >
          {t(label)}
        </button>
      ))}
    </fieldset>
  );
}
