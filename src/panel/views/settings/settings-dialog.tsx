import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { t } from '../../i18n.ts';
import { jsonErrorText } from '../../json-words.ts';
import { importSettings, resetSettings } from '../../model/change-settings.ts';
import { saveFile } from '../../save-file.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { type SettingsProblem, writeSettings } from '../../settings/settings-file.ts';
import { Modal } from '../commands/modal.tsx';
import { useModel } from '../context.ts';
import { JsonFileInput } from '../files/json-file-input.tsx';
import { MemoryLimits } from '../memory-limits.tsx';
import { NoticeLine } from '../notice.tsx';
import { ChoiceField, SwitchField } from './setting-fields.tsx';
import { WorkerSites } from './worker-sites.tsx';

const FILE_NAME = 'framescope-settings.json';

/** Everything that people can set, in one place. */
export function SettingsDialog(): JSX.Element {
  return (
    <Modal class="settings" label={t('openSettings')}>
      <h2>{t('openSettings')}</h2>
      <div class="settings-groups">
        <section aria-label={t('settingsLook')}>
          <h3>{t('settingsLook')}</h3>
          <ChoiceField setting={SETTINGS.theme} label="settingTheme" options={THEMES} />
          <ChoiceField setting={SETTINGS.detailPlace} label="settingDetailPlace" options={PLACES} />
          <SwitchField setting={SETTINGS.showsTimeline} label="showTimeline" />
        </section>
        <section aria-label={t('settingsCapture')}>
          <h3>{t('settingsCapture')}</h3>
          <SwitchField setting={SETTINGS.preservesLog} label="preserveLog" />
          <SwitchField setting={SETTINGS.recordsStacks} label="recordStacks" />
          <WorkerSites />
        </section>
        <section aria-label={t('limits')}>
          <h3>{t('limits')}</h3>
          <MemoryLimits />
        </section>
        <section aria-label={t('settingsReading')}>
          <h3>{t('settingsReading')}</h3>
          <SwitchField setting={SETTINGS.wrapsRaw} label="settingWrapsRaw" />
          <SwitchField setting={SETTINGS.laysOutRaw} label="settingLaysOutRaw" />
          <SwitchField setting={SETTINGS.readsBigEndian} label="settingBigEndian" />
          <ChoiceField setting={SETTINGS.composerFormat} label="settingComposerFormat" options={FORMATS} />
        </section>
      </div>
      <SettingsFiles />
    </Modal>
  );
}

const THEMES = { auto: 'themeAuto', light: 'themeLight', dark: 'themeDark' } as const;
const PLACES = { auto: 'placeAuto', beside: 'placeBeside', below: 'placeBelow' } as const;
const FORMATS = { text: 'formatText', json: 'formatJson', base64: 'formatBase64', hex: 'formatHex' } as const;

/** To a file, from a file, and back to the beginning. */
function SettingsFiles(): JSX.Element {
  const model = useModel();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<SettingsProblem>();
  const take = async (file: File) => setProblem(importSettings(model, await file.text()));
  return (
    <footer class="settings-files">
      <button type="button" class="pill" onClick={() => input.current?.click()}>
        {t('importSettings')}
      </button>
      <button
        type="button"
        class="pill"
        onClick={() => {
          setProblem(undefined);
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
          setProblem(undefined);
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
        {problem && `${t('settingsNotTaken')} ${problemText(problem)}`}
      </p>
      {!problem && <NoticeLine />}
    </footer>
  );
}

function problemText(problem: SettingsProblem): string {
  switch (problem.type) {
    case 'not-json':
      return jsonErrorText(problem.error);
    case 'not-settings':
      return t('settingsNotOurs');
    case 'newer':
      return t('settingsNewer', problem.version);
    case 'wrong-value':
      return t('settingsWrongValue', problem.line, problem.key, problem.expects);
  }
}
