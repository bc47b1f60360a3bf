import type { PanelModel } from '../model/panel-model.ts';
import type { PanelSocket } from '../session/recording/sockets.ts';
import { t } from '../words/i18n.ts';
import { shownUrl } from '../words/urls.ts';
import { readyStateName } from '../words/words.ts';
import { chordText } from './chord.ts';
import { type Command, isEnabled } from './command.ts';
import { type FuzzyMatch, fuzzyMatch } from './fuzzy.ts';
import { GROUP_LABELS } from './groups.ts';
import { ALL_COMMANDS, COMMANDS } from './table.ts';

/** A line of the palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** What it belongs to, or is. */
  readonly about: string;
  readonly keys: string;
  readonly isOn: boolean;
  readonly run: () => void;
}

export interface FoundEntry {
  readonly entry: PaletteEntry;
  /** UTF-16 units of the label that were typed. */
  readonly marks: FuzzyMatch['marks'];
}

/** Everything that can be done now, and all sockets to go to. */
export function paletteEntries(model: PanelModel): PaletteEntry[] {
  const commands = ALL_COMMANDS.filter(
    ([, command]) => command !== COMMANDS.palette && isEnabled(command, model),
  );
  return [
    ...commands.map(([id, command]) => commandEntry(model, id, command)),
    ...model.sockets().map((socket) => socketEntry(model, socket)),
  ];
}

function commandEntry(model: PanelModel, id: string, command: Command): PaletteEntry {
  return {
    id,
    label: command.group === 'copy' ? `${t('copyAs')}: ${t(command.label)}` : t(command.label),
    about: t(GROUP_LABELS[command.group]),
    keys: (command.chords ?? []).map((chord) => chordText(chord)).join('  '),
    isOn: command.isOn?.(model) ?? false,
    run: () => command.run(model),
  };
}

function socketEntry(model: PanelModel, { number, record, readyState }: PanelSocket): PaletteEntry {
  const { path, host } = shownUrl(record.url);
  return {
    id: `socket-${number}`,
    label: `${t('goToSocket')} ${path} ${host} #${number}`,
    about: readyStateName(readyState),
    keys: '',
    isOn: model.filter.socket.value === number,
    run: () => {
      model.shownLine.showSocket(number);
      model.viewActions.do('focus-frames');
    },
  };
}

/** Those that fit, the best first. */
export function findEntries(entries: readonly PaletteEntry[], query: string): FoundEntry[] {
  const found = entries.flatMap((entry) => {
    const match = fuzzyMatch(query, entry.label);
    return match ? [{ entry, ...match }] : [];
  });
  return found.sort((a, b) => b.score - a.score);
}
