import type { FrameStore } from '../../../store/frame-store.ts';
import type { TimeFormat } from '../../settings/column-choices.ts';
import { milliseconds, seconds, timeOfDay } from '../../words/format.ts';

/**
 * The text of a row's time column.
 * @param before the previous row in the list, by time
 */
export function frameTime(
  format: TimeFormat,
  store: FrameStore,
  row: number,
  before: number | undefined,
): string {
  switch (format) {
    case 'clock':
      return timeOfDay(store.time(row));
    case 'since-first':
      return seconds(store.time(row) - (store.startTime ?? store.time(row)));
    case 'since-shown':
      return before === undefined ? '' : milliseconds(sinceRow(store, row, before));
  }
}

/** Whole ms from the previous row to this one. The clocks of several pages may differ. */
export function sinceRow(store: FrameStore, row: number, before: number): number {
  return Math.max(0, Math.round(store.time(row) - store.time(before)));
}
