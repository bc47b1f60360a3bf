import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { deskOf } from '../../model/composer/desk.ts';
import { LEAST_INTERVAL, MOST_INTERVAL, type RepeatState } from '../../model/composer/repeater.ts';
import { startRepeat } from '../../model/composer/sending.ts';
import { counted, wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { ActionForm } from './action-form.tsx';

/** Sends the message repeatedly until stopped. */
export function RepeatForm({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const model = useModel();
  const { repeater } = deskOf(model);
  const state = repeater.state.value;
  const [interval, setInterval] = useState('1000');
  const [count, setCount] = useState('');
  const every = Number(interval);
  const times = count.trim() === '' ? undefined : Number(count);
  const isSound =
    Number.isInteger(every) &&
    every >= LEAST_INTERVAL &&
    every <= MOST_INTERVAL &&
    (times === undefined || (Number.isInteger(times) && times > 0));
  const isRunning = state.type === 'running';
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    // The focused element is gone or disabled.
    if (document.activeElement === document.body || document.activeElement?.matches(':disabled'))
      form.current?.querySelector('button')?.focus();
  }, [isRunning]);
  return (
    <ActionForm
      form={form}
      label={t('repeat')}
      onSubmit={() => {
        if (isSound && !isRunning) startRepeat(model, { interval: every, count: times });
      }}
      onDone={onDone}
    >
      <label>
        {t('repeatEvery')}
        <input
          type="text"
          inputMode="numeric"
          value={interval}
          disabled={isRunning}
          aria-invalid={!isSound}
          onInput={(event) => setInterval(event.currentTarget.value)}
        />
      </label>
      <label>
        {t('repeatTimes')}
        <input
          type="text"
          inputMode="numeric"
          value={count}
          placeholder="∞"
          disabled={isRunning}
          aria-invalid={!isSound}
          onInput={(event) => setCount(event.currentTarget.value)}
        />
      </label>
      {/* Two elements: one that became the other during a click would submit the form with it, and start again. */}
      {isRunning ? (
        <button key="stop" type="button" class="pill is-danger" onClick={() => repeater.stop()}>
          {t('repeatStop', wholeNumber(state.sent))}
        </button>
      ) : (
        <button key="start" type="submit" class="pill is-main" disabled={!isSound}>
          {t('repeatStart')}
        </button>
      )}
      <button type="button" class="pill" onClick={onDone}>
        {t('formDone')}
      </button>
      {isRunning && state.plan.count !== undefined && (
        <progress max={state.plan.count} value={state.sent} aria-label={t('repeatProgress')} />
      )}
      <p
        class={`draft-note ${isSound ? '' : 'is-wrong'}`}
        role="status"
        aria-live={isRunning ? 'off' : 'polite'} // a count that goes on is not to be read out
      >
        {isSound
          ? stateText(state)
          : t('repeatBounds', wholeNumber(LEAST_INTERVAL), wholeNumber(MOST_INTERVAL))}
      </p>
    </ActionForm>
  );
}

function stateText(state: RepeatState): string {
  switch (state.type) {
    case 'idle':
      return '';
    case 'running':
      return withMissed(
        state.plan.count === undefined
          ? t('repeatRunning', wholeNumber(state.sent))
          : t('repeatRunningOf', wholeNumber(state.sent), wholeNumber(state.plan.count)),
        state.missed,
      );
    case 'ended':
      return withMissed(
        state.problem === undefined
          ? t('repeatEnded', wholeNumber(state.sent))
          : t('repeatBroken', wholeNumber(state.sent), state.problem),
        state.missed,
      );
  }
}

/** Skipped messages are reported as well. */
function withMissed(text: string, missed: number): string {
  return missed === 0 ? text : `${text}. ${counted(missed, 'repeatMissedOne', 'repeatMissed')}`;
}
