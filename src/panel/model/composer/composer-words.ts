import { t } from '../../words/i18n.ts';
import type { TemplateProblem } from './templates.ts';

/** What is wrong with a variable, in words. */
export function templateFaultText({ fault, written }: TemplateProblem): string {
  const name = written.length > 40 ? `${written.slice(0, 40)}…` : written;
  switch (fault) {
    case 'unclosed':
      return t('templateUnclosed');
    case 'unknown':
      return t('templateUnknown', name);
    case 'argument':
      return t('templateArgument', name);
    case 'no-message':
      return t('templateNoMessage', name);
    case 'not-text':
      return t('templateNotText', name);
    case 'no-value':
      return t('templateNoValue', name);
  }
}
