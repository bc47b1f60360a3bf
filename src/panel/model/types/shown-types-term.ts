import type { Expression } from '../../../store/query/language/expression.ts';
import type { ShownTypes } from '../../settings/shown-types.ts';

/** What the filter asks of rows where the user does not want to see all message types; undefined where all are shown. */
export function shownTypesTerm({ hidden, only }: ShownTypes): Expression | undefined {
  if (only.length > 0) return { type: 'message-type', anyOf: only, matchesCase: true };
  return hidden.length > 0
    ? { type: 'not', term: { type: 'message-type', anyOf: hidden, matchesCase: true } }
    : undefined;
}
