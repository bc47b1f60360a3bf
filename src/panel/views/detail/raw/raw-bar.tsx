import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Payload } from '../../../../decoders/payload.ts';
import type { SocketWords } from '../../../../decoders/protocol-signs.ts';
import { type BytesForm, SETTINGS } from '../../../settings/schema.ts';
import { t } from '../../../words/i18n.ts';
import { useModel } from '../../context.ts';
import { CheckBox } from '../../controls/check-box.tsx';
import { BYTES_FORMS } from './bytes-forms.ts';
import { canBePretty } from './raw-layout.ts';

interface RawBarProps {
  readonly payload: Payload;
  readonly socket: SocketWords;
}

/** What the Raw tab offers. It stands below the tab, so that nothing but the text stands in it. */
export function RawBar({ payload, socket }: RawBarProps): JSX.Element {
  const { settings } = useModel();
  const wraps = settings.of(SETTINGS.wrapsRaw);
  const isPretty = settings.of(SETTINGS.laysOutRaw);
  const form = settings.of(SETTINGS.bytesInRaw);
  const mayBePretty = useMemo(
    () => canBePretty(payload, socket, form.value),
    [payload, socket.url, socket.protocol, socket.reading, form.value],
  );
  return (
    <footer class="raw-bar">
      {typeof payload !== 'string' && <FormChoice choice={form} />}
      <Choice label={t('rawWrap')} choice={wraps} />
      {mayBePretty && <Choice label={t('rawPretty')} choice={isPretty} />}
      {mayBePretty && isPretty.value && <span class="dim">{t('rawPrettyNote')}</span>}
    </footer>
  );
}

function FormChoice({ choice }: { readonly choice: Signal<BytesForm> }): JSX.Element {
  const forms = Object.keys(BYTES_FORMS) as BytesForm[];
  return (
    <label>
      {t('rawBytes')}
      <select
        value={choice.value}
        onChange={(event) => {
          choice.value = forms.find((form) => form === event.currentTarget.value) ?? choice.value;
        }}
      >
        {forms.map((form) => (
          <option key={form} value={form}>
            {t(BYTES_FORMS[form])}
          </option>
        ))}
      </select>
    </label>
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
    <CheckBox
      isChecked={choice.value}
      onChange={(isChecked) => {
        choice.value = isChecked;
      }}
    >
      {label}
    </CheckBox>
  );
}
