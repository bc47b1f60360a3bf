import { type Diagnostic, diagnosticCount, forceLinting, linter } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Draft } from '../../../model/composer/composer.ts';
import { formatOf } from './format.ts';

/** Something wrong in a draft; offsets are in UTF-16 units. */
export interface DraftProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** ms without a key press */
const DELAY = 200;

/** Underlines problems; the note below the editor describes them for everyone. */
export function diagnostics(problemsOf: (draft: Draft) => readonly DraftProblem[]): Extension {
  return [
    linter(
      ({ state }) => marks(problemsOf({ text: state.sliceDoc(), format: formatOf(state) }), state.doc.length),
      {
        delay: DELAY,
        needsRefresh: ({ startState, state }) => formatOf(startState) !== formatOf(state),
      },
    ),
    EditorView.contentAttributes.of(({ state }) => ({ 'aria-invalid': String(diagnosticCount(state) > 0) })),
  ];
}

/** Something other than the text that the problems depend on has changed. */
export function checkAgain(view: EditorView): void {
  forceLinting(view);
}

function marks(problems: readonly DraftProblem[], end: number): Diagnostic[] {
  return problems.map(({ from, to, message }) => ({
    from: Math.min(from, end),
    to: Math.min(to, end),
    severity: 'error',
    message,
  }));
}
