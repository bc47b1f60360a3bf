import type { JSX } from 'preact';
import type { Setting } from '../../settings/schema.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

interface SwitchFieldProps {
  readonly setting: Setting<boolean>;
  readonly label: MessageKey;
}

/** Something that is on or off. */
export function SwitchField({ setting, label }: SwitchFieldProps): JSX.Element {
  const chosen = useModel().settings.of(setting);
  return (
    <label class="setting">
      <span>{t(label)}</span>
      <input
        type="checkbox"
        checked={chosen.value}
        onChange={(event) => {
          chosen.value = event.currentTarget.checked;
        }}
      />
    </label>
  );
}

interface ChoiceFieldProps<Value extends string> {
  readonly setting: Setting<Value>;
  readonly label: MessageKey;
  readonly options: Readonly<Record<Value, MessageKey>>;
}

/** One of several. */
export function ChoiceField<Value extends string>({
  setting,
  label,
  options,
}: ChoiceFieldProps<Value>): JSX.Element {
  const chosen = useModel().settings.of(setting);
  return (
    <label class="setting">
      <span>{t(label)}</span>
      <select
        value={chosen.value}
        onChange={(event) => {
          chosen.value = setting.shape.read(event.currentTarget.value) ?? chosen.value;
        }}
      >
        {Object.entries<MessageKey>(options).map(([value, text]) => (
          <option key={value} value={value}>
            {t(text)}
          </option>
        ))}
      </select>
    </label>
  );
}
