import type { TimeSpan } from '../../model/filter/filter-terms.ts';
import { timeOfDay } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';

/** `12:30:05.123 – 12:30:09.000` */
export function spanWords({ from, to }: TimeSpan): string {
  return t('timelineRange', timeOfDay(from), timeOfDay(to));
}
