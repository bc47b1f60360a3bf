import type { FrameStore } from '../../../../src/store/frame-store.ts';
import type { Expression } from '../../../../src/store/query/language/expression.ts';
import { parseFilter } from '../../../../src/store/query/language/parse.ts';
import { compileFilter } from '../../../../src/store/query/matching/match.ts';
import { Pace } from '../../../../src/store/query/matching/pace.ts';
import { testContents } from '../../../../src/store/query/matching/row-contents.ts';
import type { FrameSource } from '../../../../src/store/query/matching/source.ts';
import { Search } from '../../../../src/store/search/search.ts';
import type { Helpers, PatternsOutcome, SearchedRows } from '../../../../src/store/search/search-later.ts';
import { type RowWords, searchedRows as storeRows } from '../../../../src/store/search/searched-rows.ts';

/** ms; more than any search takes */
export const UNHURRIED = Number.POSITIVE_INFINITY;

/** The rows of a store as a search sees them; test cases replace parts. */
export function searchedRows(store: FrameStore, parts: Partial<FrameSource> = {}): SearchedRows {
  const words: RowWords = {
    url: (row) => `wss://example.test/${store.socket(row)}`,
    protocol: () => '',
    reading: () => undefined,
    eventText: (row) => store.gap(row)?.reason ?? '',
  };
  return Object.assign(storeRows(store, words), parts);
}

function expressionOf(text: string): Expression {
  const result = parseFilter(text);
  if (!result.ok || result.expression === undefined) throw new Error(`no expression: ${text}`);
  return result.expression;
}

/** Runs regular expressions on this thread. */
const HELPERS: Helpers = {
  breathe: async () => undefined,
  runPatterns: async (patterns, contents): Promise<PatternsOutcome> => ({
    type: 'done',
    found: testContents(patterns, contents, () => undefined),
  }),
};

export interface SearchParts {
  readonly helpers?: Partial<Helpers>;
  readonly now?: () => number;
  readonly onProgress?: () => void;
}

export function searchOf(
  rows: SearchedRows,
  filter: string | Expression,
  { helpers = {}, now, onProgress = () => undefined }: SearchParts = {},
): Search {
  const pace = new Pace(now);
  const expression = typeof filter === 'string' ? expressionOf(filter) : filter;
  return new Search(rows, compileFilter(expression, pace), pace, { ...HELPERS, ...helpers }, onProgress);
}

/** Does all that is left to do. */
export async function finish(search: Search): Promise<void> {
  while (!search.isComplete && !search.stop) {
    search.step(UNHURRIED);
    while (search.isWaiting) await Promise.resolve();
  }
}

export function foundRows({ view }: Search): number[] {
  return Array.from({ length: view.length }, (_, index) => view.rowAt(index));
}
