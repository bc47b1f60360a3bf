import { messageType } from '../../decoders/message-type.ts';
import { highlightJson } from '../../decoders/tokens.ts';
import type { Expression } from '../../store/query/expression.ts';
import type { RowFacts } from '../../store/query/facts.ts';
import { type CompiledFilter, compileFilter } from '../../store/query/match.ts';
import { Pace } from '../../store/query/pace.ts';
import { parseFilter } from '../../store/query/parse.ts';
import { Search } from '../../store/search.ts';
import type { Helpers, SearchedRows } from '../../store/search-later.ts';

/** What reading and running a filter takes. The panel's first picture needs none of it: see `filter-loader.ts`. */

export { highlightJson, messageType, parseFilter };

/** What a search is done with. */
export interface SearchParts {
  readonly rows: SearchedRows;
  readonly facts: RowFacts;
  readonly helpers: Helpers;
  /** Told when something that it waited for is there, and the next step can be done. */
  readonly onProgress: () => void;
}

/** A search and what it asks of rows. */
export interface RunningSearch {
  readonly search: Search;
  readonly filter: CompiledFilter;
}

export function searchFor(
  expression: Expression,
  { rows, facts, helpers, onProgress }: SearchParts,
): RunningSearch {
  const pace = new Pace();
  const filter = compileFilter(expression, pace, facts);
  return { search: new Search(rows, filter, pace, helpers, onProgress), filter };
}
