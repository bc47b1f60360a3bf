import type { JSX } from 'preact';
import { SETTINGS } from '../../settings/schema.ts';
import { t } from '../../words/i18n.ts';
import { Modal } from '../commands/modal.tsx';
import { BYTES_FORMS } from '../detail/raw/bytes-forms.ts';
import { TIME_FORMATS } from '../frames/header/time-formats.ts';
import { SOCKET_ORDER_LABELS } from '../sockets/socket-orders.ts';
import { ColumnFields } from './column-fields.tsx';
import { MemoryLimits } from './memory-limits.tsx';
import { PaneFields } from './pane-fields.tsx';
import { ChoiceField, SwitchField } from './setting-fields.tsx';
import { SettingsFiles } from './settings-files.tsx';
import { WorkerSites } from './worker-sites.tsx';

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
          <ChoiceField setting={SETTINGS.socketOrder} label="socketOrder" options={SOCKET_ORDER_LABELS} />
          <PaneFields />
        </section>
        <section aria-label={t('frames')}>
          <h3>{t('frames')}</h3>
          <ChoiceField setting={SETTINGS.timeFormat} label="timeShown" options={TIME_FORMATS} />
          <SwitchField setting={SETTINGS.newestFirst} label="newestFirst" />
          <ColumnFields />
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
          <ChoiceField setting={SETTINGS.bytesInRaw} label="settingRawBytes" options={BYTES_FORMS} />
          <SwitchField setting={SETTINGS.readsBigEndian} label="settingBigEndian" />
          <ChoiceField setting={SETTINGS.composerFormat} label="settingComposerFormat" options={FORMATS} />
          <SwitchField setting={SETTINGS.usesTemplates} label="settingTemplates" />
        </section>
      </div>
      <SettingsFiles />
    </Modal>
  );
}

const THEMES = { auto: 'themeAuto', light: 'themeLight', dark: 'themeDark' } as const;
const PLACES = { auto: 'placeAuto', beside: 'placeBeside', below: 'placeBelow' } as const;
const FORMATS = { text: 'formatText', json: 'formatJson', base64: 'formatBase64', hex: 'formatHex' } as const;
