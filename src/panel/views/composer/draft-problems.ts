import { targetOf } from '../../model/acting/target.ts';
import type { Draft } from '../../model/composer/composer.ts';
import { templateFaultText } from '../../model/composer/composer-words.ts';
import { placeOfProblem, seenDraft } from '../../model/composer/outgoing.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { jsonErrorText } from '../../words/json-errors.ts';
import { notBytesText } from './draft-words.ts';
import type { DraftProblem } from './editor/diagnostics.ts';

/** What is wrong with a draft, and where. */
export function draftProblems(model: PanelModel, draft: Draft): DraftProblem[] {
  const { state, filled } = seenDraft(model, draft, targetOf(model));
  if (filled && filled.problems.length > 0) {
    return filled.problems.map((problem) => ({ ...problem, message: templateFaultText(problem) }));
  }
  switch (state.type) {
    case 'broken-json': {
      const { offset, found } = state.error;
      const place = placeOfProblem(filled, offset, Math.max(1, found.length));
      return [{ ...place, message: jsonErrorText(state.error) }];
    }
    case 'not-bytes':
      return [{ from: state.offset, to: state.offset + 1, message: notBytesText(state) }];
    default:
      return [];
  }
}
