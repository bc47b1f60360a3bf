import type { JSX } from 'preact';
import { COMMANDS } from '../commands/table.ts';
import { t } from '../words/i18n.ts';
import { CommandButton, CommandCheck } from './commands/command-button.tsx';
import { useModel } from './context.ts';
import {
  ClearIcon,
  CommandIcon,
  PauseIcon,
  ResumeIcon,
  SettingsIcon,
  TimelineIcon,
} from './controls/icons.tsx';
import { FileButtons } from './files/file-buttons.tsx';
import { FilterBox } from './filter/filter-box.tsx';
import { PlaceButton } from './place-button.tsx';
import { TypesButton } from './types/types-button.tsx';

export function Toolbar(): JSX.Element {
  const model = useModel();
  const isPaused = model.isPaused.value;
  return (
    <div class="toolbar" role="toolbar" aria-label={t('toolbar')}>
      <CommandButton
        command={COMMANDS.pause}
        class={`tool record ${isPaused ? '' : 'is-recording'}`}
        tip={isPaused ? t('resumeTip') : undefined}
      >
        {isPaused ? <ResumeIcon /> : <PauseIcon />}
      </CommandButton>
      <CommandButton command={COMMANDS.clear} class="tool">
        <ClearIcon />
      </CommandButton>
      <CommandCheck command={COMMANDS.preserveLog} />
      <CommandCheck command={COMMANDS.recordStacks} />
      <CommandButton command={COMMANDS.showTimeline} class="tool">
        <TimelineIcon />
      </CommandButton>
      <PlaceButton />
      <FilterBox />
      <Directions />
      <TypesButton />
      <FileButtons />
      <CommandButton command={COMMANDS.palette} class="tool">
        <CommandIcon />
      </CommandButton>
      <CommandButton command={COMMANDS.settings} class="tool">
        <SettingsIcon />
      </CommandButton>
    </div>
  );
}

const DIRECTIONS = [
  { command: COMMANDS.showAll, label: 'showAll' },
  { command: COMMANDS.showSent, label: 'showSent' },
  { command: COMMANDS.showReceived, label: 'showReceived' },
  { command: COMMANDS.showEvents, label: 'showEvents' },
] as const;

function Directions(): JSX.Element {
  const model = useModel();
  return (
    <fieldset class="segments" aria-label={t('showDirections')}>
      {DIRECTIONS.map(({ command, label }) => (
        <button
          key={label}
          type="button"
          class="segment"
          aria-pressed={command.isOn(model)}
          onClick={() => command.run(model)}
        >
          {t(label)}
        </button>
      ))}
    </fieldset>
  );
}
