import { timeOfDay } from '../../format.ts';
import { t } from '../../i18n.ts';
import type { TimeSpan } from '../../model/filter-terms.ts';

/** `12:30:05.123 – 12:30:09.000` */
export function spanWords({ from, to }: TimeSpan): string {
  return t('timelineRange', timeOfDay(from), timeOfDay(to));
}
