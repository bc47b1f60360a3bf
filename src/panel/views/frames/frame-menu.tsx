import type { JSX } from 'preact';
import { chordText } from '../../commands/chord.ts';
import type { Command } from '../../commands/command.ts';
import { isEnabled } from '../../commands/command.ts';
import { COMMANDS, type CommandId } from '../../commands/table.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { Menu, type MenuEntry, type MenuPlace } from '../controls/menu.tsx';

interface FrameMenuProps {
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

const COPYING: readonly CommandId[] = [
  'copyText',
  'copyPrettyJson',
  'copyHex',
  'copyBase64',
  'copyCArray',
  'copyJsArray',
  'copyJavaScript',
  'copyWebsocat',
  'copyWscat',
];

/** All commands for the focused frame. */
export function FrameMenu({ place, onClose }: FrameMenuProps): JSX.Element {
  const model = useModel();
  const entries: MenuEntry[] = [
    entryOf(model, COMMANDS.resend),
    entryOf(model, COMMANDS.injectAgain),
    entryOf(model, COMMANDS.editAndResend),
    entryOf(model, COMMANDS.star),
    entryOf(model, COMMANDS.note),
    entryOf(model, COMMANDS.onlyType),
    entryOf(model, COMMANDS.hideType),
    entryOf(model, model.filter.socket.value === undefined ? COMMANDS.onlySocket : COMMANDS.showAllSockets),
    { type: 'heading', label: t('copyAs') },
    ...COPYING.map((id) => entryOf(model, COMMANDS[id])),
    entryOf(model, COMMANDS.savePayload),
  ];
  return <Menu label={t('frameMenu')} entries={entries} place={place} onClose={onClose} />;
}

/** Only the copy formats, for a button. */
export function CopyMenu({ place, onClose }: FrameMenuProps): JSX.Element {
  const model = useModel();
  const entries = [...COPYING, 'savePayload' as const].map((id) => entryOf(model, COMMANDS[id]));
  return <Menu label={t('copyAs')} entries={entries} place={place} onClose={onClose} />;
}

function entryOf(model: PanelModel, command: Command): MenuEntry {
  const [chord] = command.chords ?? [];
  return {
    type: 'item',
    label: t(command.label),
    ...(chord && { hint: chordText(chord) }),
    disabled: !isEnabled(command, model),
    run: () => command.run(model),
  };
}
