import type { TimeFormat } from '../../settings/column-choices.ts';
import type { MessageKey } from '../../words/i18n.ts';

/** What each way of telling times is called. */
export const TIME_FORMATS: Readonly<Record<TimeFormat, MessageKey>> = {
  clock: 'timeClock',
  'since-first': 'timeSinceFirst',
  'since-shown': 'timeSinceShown',
};
