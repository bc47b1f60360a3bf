import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { LIMIT_RANGES, type Limits, withinRange } from '../../session/recording/limits.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { byteCount, wholeNumber } from '../../words/format.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { lossText } from '../../words/words.ts';
import { useModel } from '../context.ts';
import { useHidingPopover } from '../controls/when-left.ts';

const MB = 1_000_000;

/** The limits of what this panel keeps. */
export function MemoryLimits(): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const { bytes, diskBytes, stored, withoutPayload } = model.session.totals();
  const hasDisk = model.hasDisk.value;
  const note = useRef<HTMLParagraphElement>(null);
  useHidingPopover(note);
  return (
    <>
      <LimitField name="bytes" label="limitMemory" unit={MB} now={byteCount(bytes)} />
      {hasDisk && <LimitField name="disk" label="limitDisk" unit={MB} now={byteCount(diskBytes)} />}
      <LimitField name="rows" label="limitRows" unit={1} now={wholeNumber(stored)} />
      <p ref={note}>{t('limitsNote')}</p>
      {!hasDisk && <p>{t('limitsPrivate')}</p>}
      {[...withoutPayload].map(([reason, messages]) => (
        <p key={reason} class="is-dropped">
          {messages > 0 && lossText(reason, messages)}
        </p>
      ))}
    </>
  );
}

interface LimitFieldProps {
  readonly name: keyof Limits;
  readonly label: MessageKey;
  /** How many bytes or rows one step of the field stands for. */
  readonly unit: number;
  readonly now: string;
}

function LimitField({ name, label, unit, now }: LimitFieldProps): JSX.Element {
  const model = useModel();
  const field = useRef<HTMLInputElement>(null);
  const limits = model.settings.of(SETTINGS.limits);
  const { least, most } = LIMIT_RANGES[name];
  const take = (typed: number) => {
    // An empty or invalid field returns to the limit in force.
    if (Number.isFinite(typed)) {
      limits.value = { ...limits.value, [name]: withinRange(name, typed * unit) };
    }
    if (field.current) field.current.value = String(limits.value[name] / unit);
  };
  return (
    <label>
      <span>{t(label)}</span>
      <input
        ref={field}
        type="number"
        min={least / unit}
        max={most / unit}
        value={limits.value[name] / unit}
        onChange={(event) => take(event.currentTarget.valueAsNumber)}
      />
      <span>{unit === MB ? 'MB' : ''}</span>
      <span class="dim">{t('limitNow', now)}</span>
    </label>
  );
}
