import { encodeUtf8 } from '../../decoders/bytes/bytes.ts';
import { looksLikeJson } from '../../decoders/json/document.ts';
import type { CopyProblem } from '../../formats/copy-as/source.ts';
import { type CopyForm, copyRows, MOST_COPIED, shortEnough } from '../model/copying.ts';
import type { PanelModel } from '../model/panel-model.ts';
import { copyText } from '../platform/copy.ts';
import { saveFile } from '../platform/save-file.ts';
import { byteCount, counted, wholeNumber } from '../words/format.ts';
import { type MessageKey, t } from '../words/i18n.ts';

const FORMS: Readonly<Record<CopyForm, MessageKey>> = {
  text: 'copyText',
  'pretty-json': 'copyPrettyJson',
  hex: 'copyHex',
  base64: 'copyBase64',
  'c-array': 'copyCArray',
  'js-array': 'copyJsArray',
  javascript: 'copyJavaScript',
  websocat: 'copyWebsocat',
  wscat: 'copyWscat',
};

const PROBLEMS: Readonly<Record<CopyProblem, MessageKey>> = {
  'not-json': 'copyNotJson',
  'not-text': 'copyNotText',
  'too-long': 'copyTooLong',
  'wscat-binary': 'copyWscatBinary',
  'wscat-nul': 'copyWscatNul',
  'websocat-ends': 'copyWebsocatEnds',
  'websocat-size': 'copyWebsocatSize',
};

/** Copies a frame, or the selection that it belongs to, in one form. */
export async function copyFrames(model: PanelModel, form: CopyForm, row: number): Promise<void> {
  const { selection, filter } = model;
  if (selection.has(row) && selection.count(filter.view) > MOST_COPIED) {
    return model.tell('bad', t('copyTooMany', wholeNumber(MOST_COPIED)));
  }
  const copied = await copyRows(model, form, row);
  if (!copied) return model.tell('bad', t('payloadNotThere'));
  if (!copied.ok) return model.tell('bad', t(PROBLEMS[copied.problem]));
  if (copyText(copied.text)) model.tell('good', t('copiedAs', t(FORMS[form])));
  else model.tell('bad', t('copyFailed'));
}

/** Copies the texts of all selected frames as they are, one a line. */
export async function copySelected(model: PanelModel): Promise<void> {
  const { store, selection, filter } = model;
  if (selection.count(filter.view) > MOST_COPIED) {
    return model.tell('bad', t('copyTooMany', wholeNumber(MOST_COPIED)));
  }
  const texts: string[] = [];
  for (const row of selection.rows(filter.view)) {
    const payload = store.payload(row) ?? (await store.load(row));
    if (typeof payload === 'string') texts.push(payload);
  }
  // Whatever is on the clipboard is worth more than nothing.
  if (texts.length === 0) return model.tell('bad', t('copiedNoText'));
  const text = shortEnough(() => texts.join('\n'));
  if (text === undefined) model.tell('bad', t('copyTooLong'));
  else if (!copyText(text)) model.tell('bad', t('copyFailed'));
  else model.tell('good', counted(texts.length, 'copiedOneFrame', 'copiedFrames'));
}

/** One payload as it was on the wire. */
export async function savePayload(model: PanelModel, row: number): Promise<void> {
  const payload = model.store.payload(row) ?? (await model.store.load(row));
  if (payload === undefined) return model.tell('bad', t('payloadNotThere'));
  const isText = typeof payload === 'string';
  const name = `frame-${row}.${isText ? (looksLikeJson(payload) ? 'json' : 'txt') : 'bin'}`;
  const bytes = isText ? encodeUtf8(payload) : payload.slice();
  saveFile(name, new Blob([bytes], { type: 'application/octet-stream' }));
  model.tell('good', t('savedPayload', byteCount(bytes.length), name));
}
