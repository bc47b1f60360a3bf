import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type ImportOutcome, importSettings, resetSettings } from '../../model/change-settings.ts';
import { saveFile } from '../../platform/save-file.ts';
import { type SettingsProblem, writeSettings } from '../../settings/settings-file.ts';
import { t } from '../../words/i18n.ts';
import { jsonErrorText } from '../../words/json-errors.ts';
import { useModel } from '../context.ts';
import { JsonFileInput } from '../files/json-file-input.tsx';
import { NoticeLine } from '../status/notice.tsx';

const FILE_NAME = 'framescope-settings.json';
const NO_PROBLEM: ImportOutcome = { isTaken: true, problems: [] };

/** All settings to a file, from a file, and back to the beginning. */
export function SettingsFiles(): JSX.Element {
  const model = useModel();
  const input = useRef<HTMLInputElement>(null);
  const [{ isTaken, problems }, setOutcome] = useState(NO_PROBLEM);
  const [before] = useState(model.notice.value);
  const take = async (file: File) => setOutcome(importSettings(model, await file.text()));
  return (
    <footer class="settings-files">
      <button type="button" class="pill" onClick={() => input.current?.click()}>
        {t('importSettings')}
      </button>
      <button
        type="button"
        class="pill"
        onClick={() => {
          setOutcome(NO_PROBLEM);
          const text = writeSettings(model.settings);
          saveFile(FILE_NAME, new Blob([text], { type: 'application/json' }));
          model.tell('good', t('settingsExported', FILE_NAME));
        }}
      >
        {t('exportSettings')}
      </button>
      <button
        type="button"
        class="pill"
        onClick={() => {
          setOutcome(NO_PROBLEM);
          resetSettings(model);
        }}
      >
        {t('resetSettings')}
      </button>
      <button
        type="button"
        class="pill is-main"
        onClick={() => {
          model.dialog.value = undefined;
        }}
      >
        {t('close')}
      </button>
      <JsonFileInput input={input} label={t('settingsFile')} onFile={(file) => void take(file)} />
      <p class="settings-problem" role="alert">
        {[...(isTaken ? [] : [t('settingsNotTaken')]), ...problems.map(problemText)].join(' ')}
      </p>
      {isTaken && <NoticeLine before={before} />}
    </footer>
  );
}

function problemText(problem: SettingsProblem): string {
  switch (problem.type) {
    case 'not-json':
      return t('notJson', jsonErrorText(problem.error));
    case 'not-settings':
      return t('settingsNotOurs');
    case 'newer':
      return t('settingsNewer', problem.version);
    case 'wrong-value':
      return t('settingsWrongValue', problem.line, problem.key, problem.expects);
  }
}
