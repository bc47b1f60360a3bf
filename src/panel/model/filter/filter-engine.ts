import { highlightJson } from '../../../decoders/json/tokens.ts';
import { payloadType } from '../../../decoders/message-types/payload-type.ts';
import { mqttLine } from '../../../decoders/mqtt/line.ts';
import { beginningOf } from '../../../decoders/readings/beginning.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { Expression } from '../../../store/query/language/expression.ts';
import { parseFilter } from '../../../store/query/language/parse.ts';
import type { RowFacts } from '../../../store/query/matching/facts.ts';
import { type CompiledFilter, compileFilter } from '../../../store/query/matching/match.ts';
import { Pace } from '../../../store/query/matching/pace.ts';
import { Search } from '../../../store/search/search.ts';
import { type RowWords, searchedRows } from '../../../store/search/searched-rows.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { describeEvent } from '../../words/events.ts';
import { forgetTypes, typeIndexOf } from '../types/type-indexes.ts';
import type { PanelHelpers } from './search-helpers.ts';

/** What is needed to parse and run a filter. The panel's first paint needs none of it: see `filter-loader.ts`. */

export { beginningOf, forgetTypes, highlightJson, mqttLine, parseFilter, payloadType, typeIndexOf };

/** What a search needs to know about the panel. */
export interface SearchHost {
  /** The socket with a panel-wide number; undefined if it has been forgotten. */
  socketOf(number: number): PanelSocket | undefined;
  /** Whether the user has hidden it. */
  isHidden(socket: PanelSocket): boolean;
  readonly helpers: PanelHelpers;
  /** Name of the JSON member that holds the type of a message; empty to detect it. */
  typeField(): string;
}

/** What a search is done with. */
export interface SearchParts {
  readonly store: FrameStore;
  /** When the expression was written, in ms since the epoch. */
  readonly now: number;
  readonly host: SearchHost;
  /** Called when something that the search was waiting for has arrived, so that it can go on. */
  readonly onProgress: () => void;
}

/** A search and what it asks of rows. */
export interface RunningSearch {
  readonly search: Search;
  readonly filter: CompiledFilter;
}

export function searchFor(
  expression: Expression,
  { store, now, host, onProgress }: SearchParts,
): RunningSearch {
  const pace = new Pace();
  const filter = compileFilter(expression, pace, factsOf(store, now, host));
  const rows = searchedRows(store, wordsOf(store, host));
  return { search: new Search(rows, filter, pace, host.helpers, onProgress), filter };
}

function wordsOf(store: FrameStore, host: SearchHost): RowWords {
  const socketOf = (row: number) => host.socketOf(store.socket(row));
  return {
    url: (row) => socketOf(row)?.record.url ?? '',
    protocol: (row) => socketOf(row)?.record.protocol ?? '',
    reading: (row) => socketOf(row)?.reading,
    eventText: (row) => describeEvent(store, row, socketOf(row)),
  };
}

function factsOf(store: FrameStore, now: number, host: SearchHost): RowFacts {
  return {
    now,
    types: typeIndexOf(store, host.typeField(), (number) => host.socketOf(number)),
    stateOf: (number) => host.socketOf(number)?.readyState,
    isHidden: (number) => {
      const socket = host.socketOf(number);
      return socket !== undefined && host.isHidden(socket);
    },
  };
}
