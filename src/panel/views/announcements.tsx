import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelModel } from '../model/panel-model.ts';
import { t } from '../words/i18n.ts';
import { useModel } from './context.ts';
import { type Situation, situationWords } from './empty-state.tsx';
import { progressText } from './files/transfer-bar.tsx';

type Said = Exclude<Situation, 'none' | 'no-frames' | 'looking'> | 'running';

/** Announces to screen readers why no more frames arrive, and when they arrive again. */
export function Announcements(): JSX.Element {
  const situation = situationOf(useModel());
  const last = useRef<Said>('running');
  const words = useRef('');
  if (situation !== undefined && situation !== last.current) {
    last.current = situation;
    words.current = situation === 'running' ? t('captureRuns') : situationWords(situation);
  }
  return (
    <>
      <div class="for-readers" role="status">
        {words.current}
      </div>
      <LongTransfer />
    </>
  );
}

/** ms after which an export or import is announced. */
const PATIENCE = 1000;

/** Announces once that reading or writing a file takes longer. */
function LongTransfer(): JSX.Element {
  const { transfers } = useModel();
  const { type } = transfers.state.value;
  const [words, setWords] = useState('');
  useEffect(() => {
    setWords('');
    if (type !== 'running') return undefined;
    const timer = setTimeout(() => {
      const state = transfers.state.value;
      if (state.type === 'running') setWords(progressText(state));
    }, PATIENCE);
    return () => clearTimeout(timer);
  }, [type, transfers]);
  return (
    <div class="for-readers" role="status">
      {words}
    </div>
  );
}

/** Undefined while that is being determined, as after each navigation. */
function situationOf({ obstacle, isPaused }: PanelModel): Said | undefined {
  switch (obstacle.value) {
    case 'looking':
      return undefined;
    case 'none':
      return isPaused.value ? 'paused' : 'running';
    default:
      return obstacle.value;
  }
}
