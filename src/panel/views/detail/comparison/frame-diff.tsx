import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { UNKNOWN_SOCKET } from '../../../../decoders/protocol-signs.ts';
import { type CounterpartChoice, counterpart, otherSelected } from '../../../model/detail/counterpart.ts';
import { messageTypeOf } from '../../../model/types/message-type-of.ts';
import { counted, timeOfDay } from '../../../words/format.ts';
import { type MessageKey, t } from '../../../words/i18n.ts';
import { payloadAbsence } from '../../../words/rows.ts';
import { useModel } from '../../context.ts';
import { lazily } from '../../lazily.tsx';

const DiffLines = lazily(async () => (await import('./diff-lines.tsx')).DiffLines);

const CHOICES: readonly { readonly choice: CounterpartChoice; readonly label: MessageKey }[] = [
  { choice: 'type', label: 'diffWithType' },
  { choice: 'before', label: 'diffWithBefore' },
  { choice: 'selected', label: 'diffWithSelected' },
];

interface FrameDiffProps {
  readonly row: number;
  readonly payload: string | Uint8Array;
}

/** What has changed from another frame to this one. */
export function FrameDiff({ row, payload }: FrameDiffProps): JSX.Element {
  const model = useModel();
  void model.revision.value; // the other payload may have been loaded from disk
  const hasPair = otherSelected(model, row) !== undefined;
  const [chosen, setChosen] = useState<CounterpartChoice | undefined>(undefined);
  const choice = chosen ?? (hasPair ? 'selected' : 'type');
  // What precedes a frame stays the same.
  const other = useMemo(() => counterpart(model, row, choice), [model, row, choice, hasPair]);
  const before = other === undefined ? undefined : model.store.payload(other);
  if (other !== undefined) model.store.want(other);
  const socketOf = (one: number) => model.socketOf(one)?.words ?? UNKNOWN_SOCKET;
  return (
    <>
      <div class="diff-bar">
        <label>
          {t('diffWith')}
          <select
            value={choice}
            onChange={(event) => setChosen(event.currentTarget.value as CounterpartChoice)}
          >
            {CHOICES.map(({ choice, label }) => (
              <option key={choice} value={choice} disabled={choice === 'selected' && !hasPair}>
                {t(label)}
              </option>
            ))}
          </select>
        </label>
        {other !== undefined && (
          <button
            type="button"
            class="link"
            onClick={() => {
              model.selection.select(other);
              model.viewActions.do('focus-frames'); // the button disappears with this frame
            }}
          >
            {`${timeOfDay(model.store.time(other))}, ${counted(row - other, 'oneRowAway', 'rowsAway')}`}
          </button>
        )}
      </div>
      {other === undefined || before === undefined ? (
        <p class="dim pad">
          {(other !== undefined && payloadAbsence(model.store, other)) ||
            nothingText(choice, messageTypeOf(model, row), other)}
        </p>
      ) : other < row ? (
        <DiffLines before={before} after={payload} sockets={[socketOf(other), socketOf(row)]} />
      ) : (
        <DiffLines before={payload} after={before} sockets={[socketOf(row), socketOf(other)]} />
      )}
    </>
  );
}

function nothingText(choice: CounterpartChoice, type: string | undefined, other: number | undefined): string {
  if (other !== undefined) return t('payloadNotThere');
  switch (choice) {
    case 'selected':
      return t('diffSelectTwo');
    case 'before':
      return t('diffNoneBefore');
    case 'type':
      return type === undefined ? t('diffNoneBefore') : t('diffNoneOfType', type);
  }
}
