import { base64Hint, dateHint, timeHint } from '../../../../decoders/hints.ts';
import { summariseBytes } from '../../../../decoders/summary.ts';
import { byteCount, dateAndTime } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import type { TreeRow } from './tree-rows.ts';

/** Most characters and bytes of decoded base64 that are shown. */
const SHOWN = { text: 200, bytes: 24 };

/** The point in time that a number may stand for, in UTC. */
export function timeText(source: string): string | undefined {
  const hint = timeHint(source);
  return hint && new Date(hint.time).toISOString().replace('T', ' ');
}

/** What a value may stand for: a point in time, or bytes. */
export function hintText({ tree: { document }, node }: TreeRow): string | undefined {
  switch (document.kind(node)) {
    case 'number': {
      const hint = timeHint(document.sourceText(node));
      return hint && t('hintTime', hint.unit, dateAndTime(hint.time));
    }
    case 'string':
      return stringHint(document.stringValue(node) ?? '');
    default:
      return undefined;
  }
}

function stringHint(text: string): string | undefined {
  const date = dateHint(text);
  if (date !== undefined) return t('hintDate', dateAndTime(date));
  const base64 = base64Hint(text);
  if (!base64) return undefined;
  const shown = base64.text?.slice(0, SHOWN.text) ?? summariseBytes(base64.bytes, SHOWN.bytes);
  return t('hintBase64', byteCount(base64.bytes.length), shown);
}
