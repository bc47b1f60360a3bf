import type { JSX } from 'preact';
import { type MessageKey, t } from '../i18n.ts';
import type { Direction } from '../model/filter.ts';
import { SETTINGS } from '../settings/schema.ts';
import { useModel } from './context.ts';
import { FileButtons } from './files/file-buttons.tsx';
import { FilterBox } from './filter/filter-box.tsx';
import { ClearIcon, PauseIcon, ResumeIcon, TimelineIcon } from './icons.tsx';
import { PlaceButton } from './place-button.tsx';

export function Toolbar(): JSX.Element {
  const model = useModel();
  const isPaused = model.isPaused.value;
  const preservesLog = model.settings.of(SETTINGS.preservesLog);
  const recordsStacks = model.settings.of(SETTINGS.recordsStacks);
  const showsTimeline = model.settings.of(SETTINGS.showsTimeline);
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
          checked={preservesLog.value}
          onChange={(event) => {
            preservesLog.value = event.currentTarget.checked;
          }}
        />
        {t('preserveLog')}
      </label>
      <label class="check" title={t('recordStacksTip')}>
        <input
          type="checkbox"
          checked={recordsStacks.value}
          onChange={(event) => {
            recordsStacks.value = event.currentTarget.checked;
          }}
        />
        {t('recordStacks')}
      </label>
      <button
        type="button"
        class="tool"
        aria-pressed={showsTimeline.value}
        aria-label={t('showTimeline')}
        title={t('showTimelineTip')}
        onClick={() => {
          showsTimeline.value = !showsTimeline.value;
        }}
      >
        <TimelineIcon />
      </button>
      <PlaceButton />
      <FilterBox />
      <Directions />
      <FileButtons />
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
