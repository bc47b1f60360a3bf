import type { JSX } from 'preact';
import { COMMANDS } from '../commands/table.ts';
import { t } from '../i18n.ts';
import { CommandButton } from './commands/command-button.tsx';
import { useModel } from './context.ts';
import { BelowIcon, BesideIcon } from './icons.tsx';

/** Moves the detail below the list of frames and back; a narrow panel has no place beside it. */
export function PlaceButton(): JSX.Element {
  const isBelow = COMMANDS.detailBelow.isOn(useModel());
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
