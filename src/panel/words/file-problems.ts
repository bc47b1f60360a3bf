import { summarise } from '../../decoders/summary.ts';
import type { FileProblemReason } from '../../formats/recording.ts';
import { wholeNumber } from './format.ts';
import { t } from './i18n.ts';

/** Why a place of a file could not be read. */
export function fileProblemText(reason: FileProblemReason): string {
  switch (reason.code) {
    case 'not-json':
      return t('problemNotJson', wholeNumber(reason.column));
    case 'not-an-object':
      return t('problemNotAnObject');
    case 'bad-field':
      return t('problemBadField', summarise(reason.field, 40));
    case 'unknown-type':
      return t('problemUnknownType', summarise(reason.type, 40));
    case 'unknown-socket':
      return t('problemUnknownSocket', reason.socket);
    case 'cut-off':
      return t('problemCutOff');
    case 'newer-version':
      return t('problemNewerVersion', reason.version);
    case 'not-utf8':
      return t('problemNotUtf8');
    case 'no-sockets':
      return t('problemNoSockets');
    case 'unknown-format':
      return t('problemUnknownFormat');
  }
}
