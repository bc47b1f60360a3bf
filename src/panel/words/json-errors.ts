import type { JsonError, JsonExpected } from '../../decoders/json/document.ts';
import { summarise } from '../../decoders/summary.ts';
import { t } from './i18n.ts';

/** Why a text is not JSON. */
export function jsonErrorText(error: JsonError): string {
  const found = error.found === '' ? t('jsonFoundEnd') : t('quoted', summarise(error.found, 20));
  const expected = error.expected.map(expectedText).join(t('jsonOr'));
  return t('jsonErrorAt', error.line, error.column, found, expected);
}

function expectedText(expected: JsonExpected): string {
  switch (expected) {
    case 'value':
      return t('jsonValue');
    case 'key':
      return t('jsonKey');
    case 'digit':
      return t('jsonDigit');
    case 'escape':
      return t('jsonEscape');
    case 'hex-digit':
      return t('jsonHexDigit');
    case 'end-of-text':
      return t('jsonEnd');
    default:
      return t('quoted', expected);
  }
}
