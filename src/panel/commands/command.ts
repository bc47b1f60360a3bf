import type { PanelModel } from '../model/panel-model.ts';
import type { MessageKey } from '../words/i18n.ts';
import type { Chord } from './chord.ts';

/** What a command is about; the keys are listed under these. */
export type CommandGroup = 'panel' | 'view' | 'list' | 'frame' | 'copy' | 'files';

/** One thing that people can have done: by a button, a menu, a key or the palette. */
export interface Command {
  readonly label: MessageKey;
  /** Longer, for a button without words. */
  readonly tip?: MessageKey;
  readonly group: CommandGroup;
  /** Any of them does. */
  readonly chords?: readonly Chord[];
  /** Where its keys work: outside of all fields, or in the list of frames alone. */
  readonly keysIn?: 'frames';
  /** Its keys work in fields too, as they mean nothing there. */
  readonly worksInFields?: boolean;
  /** Usual is always. */
  isEnabled?(model: PanelModel): boolean;
  /** Of what is switched on and off: whether it is on. */
  isOn?(model: PanelModel): boolean;
  run(model: PanelModel): void;
}

export function isEnabled(command: Command, model: PanelModel): boolean {
  return command.isEnabled?.(model) ?? true;
}
