import type { TimeSpan } from '../../model/filter/filter-terms.ts';
import { dateAndTime, isSameDay, timeOfDay } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';

/** `12:30:05.123 – 12:30:09.000`; with dates where there is a midnight in between. */
export function spanWords({ from, to }: TimeSpan): string {
  const words = isSameDay(from, to) ? timeOfDay : dateAndTime;
  return t('timelineRange', words(from), words(to));
}
