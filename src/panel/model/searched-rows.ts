import type { FrameStore } from '../../store/frame-store.ts';
import type { SearchedRows } from '../../store/search-later.ts';
import { describeEvent } from '../event-words.ts';
import type { PanelSocket } from '../session/sockets.ts';

/**
 * What a search sees of the rows of a store.
 * @param socketOf a socket by its panel-wide number
 */
export function searchedRows(
  store: FrameStore,
  socketOf: (number: number) => PanelSocket | undefined,
): SearchedRows {
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
    url: (row) => socketOf(store.socket(row))?.record.url ?? '',
    eventText: (row) => describeEvent(store, row, socketOf(store.socket(row))),
  };
}
