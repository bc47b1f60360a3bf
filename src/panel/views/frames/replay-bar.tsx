import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ReceivedTreatment } from '../../model/acting/replayer.ts';
import { startReplay } from '../../model/acting/replaying.ts';
import type { ReplayPace } from '../../session/replay.ts';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { usePassingFocusOn } from '../controls/pass-focus.ts';
import { TargetChoice } from '../controls/target-choice.tsx';

const FACTORS = [0.1, 0.5, 1, 2, 10];

/** Commands for several frames. Shown while more than one is selected or a replay is running. */
export function ReplayBar(): JSX.Element | null {
  const model = useModel();
  void model.revision.value;
  const count = model.selection.count(model.filter.view);
  const state = model.replayer.state.value;
  if (state.type === 'running') return <Progress {...state} />;
  return count < 2 ? null : <Choices count={count} />;
}

function Choices({ count }: { readonly count: number }): JSX.Element {
  const model = useModel();
  const bar = useRef<HTMLDivElement>(null);
  usePassingFocusOn(bar);
  return (
    <div ref={bar} class="replay-bar" role="group" aria-label={t('replay')}>
      <span>{t('selectedFrames', wholeNumber(count))}</span>
      <TargetChoice label={t('replayOn')} />
      <PaceChoice />
      <ReceivedChoice />
      <button type="button" class="pill is-main" onClick={() => void startReplay(model)}>
        {t('replay')}
      </button>
    </div>
  );
}

interface ProgressProps {
  readonly done: number;
  readonly total: number;
  readonly cancel: () => void;
}

function Progress({ done, total, cancel }: ProgressProps): JSX.Element {
  const bar = useRef<HTMLDivElement>(null);
  usePassingFocusOn(bar);
  return (
    <div ref={bar} class="replay-bar" role="group" aria-label={t('replay')}>
      <progress max={total} value={done} aria-label={t('replayProgress')} />
      <span>{t('replayProgressText', wholeNumber(done), wholeNumber(total))}</span>
      <button type="button" class="pill" onClick={cancel}>
        {t('cancel')}
      </button>
    </div>
  );
}

function PaceChoice(): JSX.Element {
  const { replayer } = useModel();
  const pace = replayer.pace.value;
  return (
    <select
      aria-label={t('replayPace')}
      value={pace.type === 'at-once' ? '' : String(pace.factor)}
      onChange={(event) => {
        replayer.pace.value = paceOf(event.currentTarget.value);
      }}
    >
      <option value="">{t('paceAtOnce')}</option>
      {FACTORS.map((factor) => (
        <option key={factor} value={String(factor)}>
          {t('paceGaps', factor)}
        </option>
      ))}
    </select>
  );
}

function paceOf(value: string): ReplayPace {
  return value === '' ? { type: 'at-once' } : { type: 'gaps', factor: Number(value) };
}

function ReceivedChoice(): JSX.Element {
  const { replayer } = useModel();
  return (
    <select
      aria-label={t('receivedFrames')}
      value={replayer.received.value}
      onChange={(event) => {
        replayer.received.value = event.currentTarget.value as ReceivedTreatment;
      }}
    >
      <option value="inject">{t('receivedInject')}</option>
      <option value="send">{t('receivedSend')}</option>
      <option value="skip">{t('receivedSkip')}</option>
    </select>
  );
}
