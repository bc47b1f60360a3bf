import { type Diagnostic, diagnosticCount, linter } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { jsonErrorText } from '../../../json-words.ts';
import { draftState } from '../../../model/composer/draft-state.ts';
import { notBytesText } from '../draft-words.ts';
import { formatOf } from './format.ts';

/** ms without a key press */
const DELAY = 200;

/** Underlines what is wrong where it is wrong; the note below the editor says the same for all. */
export const diagnostics: Extension = [
  linter((view) => problems(view), {
    delay: DELAY,
    needsRefresh: ({ startState, state }) => formatOf(startState) !== formatOf(state),
  }),
  EditorView.contentAttributes.of(({ state }) => ({ 'aria-invalid': String(diagnosticCount(state) > 0) })),
];

function problems({ state }: EditorView): Diagnostic[] {
  const draft = draftState({ text: state.sliceDoc(), format: formatOf(state) });
  switch (draft.type) {
    case 'broken-json': {
      const { offset, found } = draft.error;
      return [problem(offset, Math.max(1, found.length), jsonErrorText(draft.error))];
    }
    case 'not-bytes':
      return [problem(draft.offset, 1, notBytesText(draft))];
    default:
      return [];
  }

  function problem(from: number, length: number, message: string): Diagnostic {
    const end = state.doc.length;
    return { from: Math.min(from, end), to: Math.min(from + length, end), severity: 'error', message };
  }
}
