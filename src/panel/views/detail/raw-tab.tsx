import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { prettyJson } from '../../../decoders/pretty-json.ts';
import { t } from '../../i18n.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { useModel } from '../context.ts';
import { RawView } from './raw-view.tsx';

/** UTF-16 units of JSON that are laid out anew at most: more takes too long. */
const MOST_PRETTY = 2 * 1024 * 1024;

/** The Raw tab: exactly what went over the wire or, where a person wants that, JSON laid out anew. */
export function RawTab({ payload }: { readonly payload: string | Uint8Array }): JSX.Element {
  const { settings } = useModel();
  const wraps = settings.of(SETTINGS.wrapsRaw);
  const isPretty = settings.of(SETTINGS.laysOutRaw);
  const pretty = useMemo(
    () => (isPretty.value && canBePretty(payload) ? prettyJson(payload) : undefined),
    [payload, isPretty.value],
  );
  return <RawView payload={pretty ?? payload} wraps={wraps.value} />;
}

/** Below the text, so that nothing but the text stands in the tab. */
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

function canBePretty(payload: string | Uint8Array): payload is string {
  return typeof payload === 'string' && payload.length <= MOST_PRETTY && /^\s*[[{]/.test(payload);
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
