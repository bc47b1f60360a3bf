import { batch } from '@preact/signals';
import { ALL_SETTINGS } from '../settings/schema.ts';
import { type ReadSetting, readSettings, type SettingsProblem } from '../settings/settings-file.ts';
import { wholeNumber } from '../words/format.ts';
import { t } from '../words/i18n.ts';
import type { PanelModel } from './panel-model.ts';

/** The outcome of reading a settings file. */
export interface ImportOutcome {
  readonly isTaken: boolean;
  readonly problems: readonly SettingsProblem[];
}

/** Applies the valid parts of a settings file. */
export function importSettings(model: PanelModel, text: string): ImportOutcome {
  const { read, unknown, problems } = readSettings(text);
  if (read.length === 0 && problems.length > 0) return { isTaken: false, problems };
  const said = t('settingsImported', wholeNumber(read.length));
  const rest = unknown.length > 0 ? ` ${t('settingsUnknown', unknown.join(', '))}` : '';
  change(model, read, said + rest);
  return { isTaken: true, problems };
}

/** Resets all settings, but keeps what users have created themselves. */
export function resetSettings(model: PanelModel): void {
  const choices = ALL_SETTINGS.filter(({ isWork }) => !isWork);
  change(
    model,
    choices.map((setting) => ({ setting, value: setting.usual })),
    t('settingsReset'),
  );
}

function change(model: PanelModel, values: readonly ReadSetting[], said: string): void {
  const { settings } = model;
  const before = values.map(({ setting }) => ({ setting, value: settings.of(setting).value }));
  const put = (all: readonly ReadSetting[]) =>
    batch(() => {
      for (const { setting, value } of all) settings.of(setting).value = value;
    });
  put(values);
  model.tellUndoable(said, { undo: () => put(before) });
}
