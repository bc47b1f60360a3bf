import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { t } from '../../i18n.ts';
import { draftState } from '../../model/composer/draft-state.ts';
import type { PanelSocket } from '../../session/sockets.ts';
import { readyStateName } from '../../words.ts';
import { useModel } from '../context.ts';
import { draftText } from './draft-words.ts';

interface DraftNoteProps {
  readonly target: PanelSocket | undefined;
}

/** What the draft is, checked as it is typed, and whether its target can take it. */
export function DraftNote({ target }: DraftNoteProps): JSX.Element {
  const { composer } = useModel();
  const { text, format } = composer.draft;
  // The pane is drawn with each picture; a long draft is not to be read anew each time.
  const state = useMemo(() => draftState({ text, format }), [text, format]);
  const isWrong = state.type === 'broken-json' || state.type === 'not-bytes';
  const closed = target?.readOnly
    ? t('targetReadOnly')
    : target && !target.isOpen
      ? t('targetNotOpen', readyStateName(target.readyState))
      : '';
  return (
    <p id="draft-note" class={`draft-note ${isWrong ? 'is-wrong' : ''}`}>
      <span>{draftText(state)}</span>
      {closed && <span class="is-wrong">{closed}</span>}
    </p>
  );
}
