import type { JSX } from 'preact';
import { COMMANDS } from '../commands/table.ts';
import { HAS_ROOM_BELOW } from '../model/detail/detail-place.ts';
import { t } from '../words/i18n.ts';
import { CommandButton } from './commands/command-button.tsx';
import { useModel } from './context.ts';
import { BelowIcon, BesideIcon } from './controls/icons.tsx';
import { useMedia } from './controls/use-media.ts';

/** Moves the detail below the list of frames and back; a narrow panel has no place beside it. */
export function PlaceButton(): JSX.Element {
  const model = useModel();
  useMedia(HAS_ROOM_BELOW);
  const isBelow = COMMANDS.detailBelow.isOn(model);
  return (
    <CommandButton
      command={COMMANDS.detailBelow}
      class="tool place-button"
      tip={isBelow ? t('detailBesideTip') : t('detailBelowTip')}
    >
      {isBelow ? <BesideIcon /> : <BelowIcon />}
    </CommandButton>
  );
}
