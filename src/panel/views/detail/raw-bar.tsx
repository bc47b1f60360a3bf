import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../../i18n.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { useModel } from '../context.ts';
import { canBePretty } from './raw-layout.ts';

/** What the Raw tab offers. It stands below the tab, so that nothing but the text stands in it. */
export function RawBar({ payload }: { readonly payload: string | Uint8Array }): JSX.Element {
  const { settings } = useModel();
  const wraps = settings.of(SETTINGS.wrapsRaw);
  const isPretty = settings.of(SETTINGS.laysOutRaw);
  return (
    <footer class="raw-bar">
      <Choice label={t('rawWrap')} choice={wraps} />
      {canBePretty(payload) && <Choice label={t('rawPretty')} choice={isPretty} />}
      {canBePretty(payload) && isPretty.value && <span class="dim">{t('rawPrettyNote')}</span>}
    </footer>
  );
}

function Choice({
  label,
  choice,
}: {
  readonly label: string;
  readonly choice: Signal<boolean>;
}): JSX.Element {
  return (
    <label>
      <input
        type="checkbox"
        checked={choice.value}
        onChange={(event) => {
          choice.value = event.currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}
