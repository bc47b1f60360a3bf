import type { FrameStore } from '../frame-store.ts';
import type { FrameSource } from '../query/matching/source.ts';
import type { SearchedRows } from './search-later.ts';

/** What a filter needs to know about rows beyond what is in the store. */
export type RowWords = Pick<FrameSource, 'url' | 'protocol' | 'reading' | 'eventText'>;

/** The rows of a store as a search sees them. */
export function searchedRows(store: FrameStore, words: RowWords): SearchedRows {
  return {
    get firstRow() {
      return store.firstRow;
    },
    get endRow() {
      return store.endRow;
    },
    get changes() {
      return store.changes;
    },
    stretch: (row) => store.stretch(row),
    kind: (row) => store.kind(row),
    flags: (row) => store.flags(row),
    size: (row) => store.size(row),
    time: (row) => store.time(row),
    socket: (row) => store.socket(row),
    payload: (row) => store.payload(row),
    blockNumber: (row) => store.blockNumber(row),
    blockStart: (row) => store.blockStart(row),
    blockLength: (row) => store.blockLength(row),
    payloads: (row) => store.payloads(row),
    pairs: (number) => store.pairs(number),
    outside: (row, block, from, unit) => store.outside(row, block, from, unit),
    block: (number) => store.block(number),
    isAway: (number) => store.isAway(number),
    readBlock: (number) => store.readBlock(number),
    remark: (row) => store.remarks.of(row),
    get remarkChanges() {
      return store.remarks.changes;
    },
    remarkedSince: (changes) => store.remarks.changedSince(changes),
    url: words.url,
    protocol: words.protocol,
    reading: words.reading,
    eventText: words.eventText,
  };
}
