import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { successorOf } from '../../model/acting/target.ts';
import type { FormatChange } from '../../model/composer/composer.ts';
import { templateFaultText } from '../../model/composer/composer-words.ts';
import { isTemplate, seenDraft } from '../../model/composer/outgoing.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { t } from '../../words/i18n.ts';
import { readyStateName } from '../../words/words.ts';
import { useModel } from '../context.ts';
import { draftText } from './draft-words.ts';

interface DraftNoteProps {
  readonly target: PanelSocket | undefined;
}

/** UTF-16 units of what would be sent that are shown */
const PREVIEW = 1_000;

/** The state of the draft, checked as it is typed, and whether its target can take it. */
export function DraftNote({ target }: DraftNoteProps): JSX.Element {
  const model = useModel();
  const { draft } = model.composer;
  void model.recorded.value; // the target may have closed
  // A long draft must not be read again for each picture, but the values of variables may change each time.
  const revision = isTemplate(model, draft) ? model.recorded.value : 0;
  const seen = useMemo(
    () => seenDraft(model, draft, target),
    [model, draft.text, draft.format, target, revision, isTemplate(model, draft)],
  );
  const { state, filled } = seen;
  const problem = filled?.problems[0];
  const isWrong = problem !== undefined || state.type === 'broken-json' || state.type === 'not-bytes';
  return (
    <>
      <p id="draft-note" class={`draft-note ${isWrong ? 'is-wrong' : ''}`}>
        <span>{problem ? templateFaultText(problem) : draftText(state)}</span>
        {target && <TargetNote target={target} />}
        <ChangeNote />
      </p>
      {filled && !problem && (
        <p
          class="draft-preview"
          role="note"
          aria-label={t('templatePreview')}
          title={t('templatePreviewTip')}
        >
          {filled.text.slice(0, PREVIEW)}
        </p>
      )}
    </>
  );
}

/** Why the target takes no messages, and the way to one to the same address that does. */
function TargetNote({ target }: { readonly target: PanelSocket }): JSX.Element | null {
  const model = useModel();
  void model.recorded.value;
  if (target.readOnly) return <span class="is-wrong">{t('targetReadOnly')}</span>;
  if (target.isOpen) return null;
  const successor = successorOf(model, target);
  const use = () => {
    model.chosenTarget.value = successor?.number;
  };
  return (
    <span class="is-wrong">
      {t('targetNotOpen', readyStateName(target.readyState))}
      {successor && (
        <button type="button" class="link" onClick={use}>
          {t('targetUseOpen')}
        </button>
      )}
    </span>
  );
}

/** The effect of the last change of format on the text. */
function ChangeNote(): JSX.Element | null {
  const { composer } = useModel();
  const change = composer.formatChange.value;
  if (!change) return null;
  if (change.type === 'impossible') return <span>{impossibleText(change.reason)}</span>;
  const { text, format } = composer.draft;
  const isConverted = change.type === 'converted';
  const swap = () =>
    composer.changeFormat(
      { text: change.other, format },
      { type: isConverted ? 'as-typed' : 'converted', other: text },
    );
  return (
    <span>
      {t(isConverted ? 'formatConverted' : 'formatAsTyped')}
      <button type="button" class="link" onClick={swap}>
        {t(isConverted ? 'formatKeep' : 'formatConvert')}
      </button>
    </span>
  );
}

function impossibleText(reason: Extract<FormatChange, { type: 'impossible' }>['reason']): string {
  switch (reason) {
    case 'not-bytes':
      return t('formatNotBytes');
    case 'not-utf8':
      return t('formatNotUtf8');
    case 'lone-surrogate':
      return t('formatLoneSurrogate');
  }
}
