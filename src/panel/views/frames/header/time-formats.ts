import type { TimeFormat } from '../../../settings/column-choices.ts';
import type { MessageKey } from '../../../words/i18n.ts';

/** The name of each time format. */
export const TIME_FORMATS: Readonly<Record<TimeFormat, MessageKey>> = {
  clock: 'timeClock',
  'since-first': 'timeSinceFirst',
  'since-shown': 'timeSinceShown',
};
