import type { BytesForm } from '../../../settings/schema.ts';
import type { MessageKey } from '../../../words/i18n.ts';

/** How bytes can be written, in the order in which people know it from the browsers' own viewers. */
export const BYTES_FORMS: Readonly<Record<BytesForm, MessageKey>> = {
  hex: 'formatHex',
  utf8: 'formatUtf8',
  base64: 'formatBase64',
};
