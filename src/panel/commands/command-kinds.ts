import type { CopyForm } from '../../formats/copy-as/copy-as.ts';
import type { Direction } from '../model/filter/filter-terms.ts';
import { isMessage, isReceived } from '../model/frames/frame-kinds.ts';
import type { DetailTab, PanelDialog, PanelModel } from '../model/panel-model.ts';
import type { ViewAction } from '../model/view-actions.ts';
import type { Setting } from '../settings/schema.ts';
import type { MessageKey } from '../words/i18n.ts';
import type { Chord } from './chord.ts';
import type { Command } from './command.ts';

/** The frame that has the focus in the list. */
function focusedRow({ selection }: PanelModel): number | undefined {
  return selection.focus.value;
}

/** A frame is selected. */
export function hasFrame(model: PanelModel): boolean {
  return focusedRow(model) !== undefined;
}

/** The selected frame is a message. */
export function hasMessage(model: PanelModel): boolean {
  const row = focusedRow(model);
  return row !== undefined && isMessage(model.store.kind(row));
}

/** The selected frame is a message that the page has received. */
export function hasReceived(model: PanelModel): boolean {
  const row = focusedRow(model);
  return row !== undefined && isReceived(model.store.kind(row));
}

/** Does something with the frame that the keyboard is on. */
export function onRow(act: (model: PanelModel, row: number) => Promise<void>) {
  return (model: PanelModel) => {
    const row = focusedRow(model);
    if (row !== undefined) void act(model, row);
  };
}

/** Shows the frames of the selected frame's socket alone; the frame stays selected. */
export function showsItsSocket(): Pick<Command, 'isEnabled' | 'run'> {
  const socketOf = (model: PanelModel) => {
    const row = focusedRow(model);
    return row === undefined ? undefined : model.socketOf(row);
  };
  return {
    isEnabled: (model) => model.filter.socket.value === undefined && socketOf(model) !== undefined,
    run: (model) => {
      const [row, socket] = [focusedRow(model), socketOf(model)];
      if (row === undefined || !socket) return;
      model.shownLine.showSocket(socket.number);
      model.selection.select(row);
    },
  };
}

/** Done by the view that shows what the command is about; disabled while there is none. */
export function byView(action: ViewAction): Pick<Command, 'isEnabled' | 'run'> {
  return {
    isEnabled: ({ viewActions }) => viewActions.can(action),
    run: ({ viewActions }) => viewActions.do(action),
  };
}

/** Opens a dialog. */
export function opens(dialog: PanelDialog): Pick<Command, 'run'> {
  return {
    run: (model) => {
      model.dialog.value = dialog;
    },
  };
}

/** Switches a setting on and off. */
export function switches(setting: Setting<boolean>): Pick<Command, 'isOn' | 'run'> {
  return {
    isOn: ({ settings }) => settings.of(setting).value,
    run: ({ settings }) => {
      settings.of(setting).value = !settings.of(setting).value;
    },
  };
}

/** Moves the focus to the next or previous pane. */
export function walks(step: 1 | -1, label: MessageKey, chord: Chord): Command {
  return {
    label,
    group: 'view',
    chords: [chord],
    worksInFields: true,
    run: () => void import('./pane-walk.ts').then(({ walkToPane }) => walkToPane(step)),
  };
}

/** Shows the frames of one direction alone. */
export function shows(direction: Direction, label: MessageKey) {
  return {
    label,
    group: 'view',
    isOn: ({ filter }) => filter.direction.value === direction,
    run: ({ filter }) => filter.showDirection(direction),
  } as const satisfies Command;
}

/** Shows one of the tabs of the frame detail. */
export function turnsTo(tab: DetailTab, label: MessageKey): Command {
  return {
    label,
    group: 'view',
    isEnabled: hasFrame,
    isOn: (model) => model.tab.value === tab,
    run: (model) => {
      model.tab.value = tab;
    },
  };
}

/** Copies the selected frames in one form. */
export function copies(form: CopyForm, label: MessageKey): Command {
  return {
    label,
    group: 'copy',
    isEnabled: hasMessage,
    run: onRow(async (model, row) => (await import('./frame-actions.ts')).copyFrames(model, form, row)),
  };
}
