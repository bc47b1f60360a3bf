import type { DraftState } from '../../model/composer/draft-state.ts';
import { byteCount } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { jsonErrorText } from '../../words/json-errors.ts';

/** The state of a draft, in words. */
export function draftText(state: DraftState): string {
  switch (state.type) {
    case 'empty':
      return t('draftEmpty');
    case 'text':
      return t('draftText', byteCount(state.size));
    case 'json':
      return t('draftJson', byteCount(state.size));
    case 'broken-json':
      return t(state.isRefused ? 'draftNotJson' : 'draftBrokenJson', jsonErrorText(state.error));
    case 'bytes':
      return t('draftBytes', byteCount(state.size));
    case 'not-bytes':
      return notBytesText(state);
  }
}

export function notBytesText({ format, offset }: Extract<DraftState, { type: 'not-bytes' }>): string {
  return t(format === 'hex' ? 'draftNotHex' : 'draftNotBase64', offset + 1);
}
