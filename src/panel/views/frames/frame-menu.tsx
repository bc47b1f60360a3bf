import type { JSX } from 'preact';
import { encodeUtf8 } from '../../../decoders/bytes.ts';
import { looksLikeJson } from '../../../decoders/json.ts';
import type { CopyProblem } from '../../../formats/copy-as/source.ts';
import { byteCount, wholeNumber } from '../../format.ts';
import { type MessageKey, t } from '../../i18n.ts';
import { editAndResend, resend } from '../../model/actions.ts';
import { COPY_FORMS, type CopyForm, copyRows, MOST_COPIED } from '../../model/copying.ts';
import { isMessage } from '../../model/filter.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { useModel } from '../context.ts';
import { copyText } from '../copy.ts';
import { Menu, type MenuEntry, type MenuPlace } from '../menu.tsx';
import { saveFile } from '../save-file.ts';

interface FrameMenuProps {
  readonly row: number;
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

/** All that can be done with a frame. */
export function FrameMenu({ row, place, onClose }: FrameMenuProps): JSX.Element {
  const model = useModel();
  const isWhole = isMessage(model.store.kind(row));
  const entries: MenuEntry[] = [
    { type: 'item', label: t('resend'), disabled: !isWhole, run: () => void resend(model, row) },
    {
      type: 'item',
      label: t('editAndResend'),
      disabled: !isWhole,
      run: () => void editAndResend(model, row),
    },
    { type: 'heading', label: t('copyAs') },
    ...copyEntries(model, row),
    { type: 'item', label: t('savePayload'), disabled: !isWhole, run: () => void savePayload(model, row) },
  ];
  return <Menu label={t('frameMenu')} entries={entries} place={place} onClose={onClose} />;
}

/** The forms alone, for a button. */
export function CopyMenu({ row, place, onClose }: FrameMenuProps): JSX.Element {
  const model = useModel();
  const entries: MenuEntry[] = [
    ...copyEntries(model, row),
    { type: 'item', label: t('savePayload'), run: () => void savePayload(model, row) },
  ];
  return <Menu label={t('copyAs')} entries={entries} place={place} onClose={onClose} />;
}

function copyEntries(model: PanelModel, row: number): MenuEntry[] {
  const disabled = !isMessage(model.store.kind(row));
  return COPY_FORMS.map((form) => ({
    type: 'item',
    label: t(FORMS[form]),
    disabled,
    run: () => void copy(model, form, row),
  }));
}

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
  'wscat-binary': 'copyWscatBinary',
  'wscat-nul': 'copyWscatNul',
  'websocat-ends': 'copyWebsocatEnds',
  'websocat-size': 'copyWebsocatSize',
};

async function copy(model: PanelModel, form: CopyForm, row: number): Promise<void> {
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

/** One payload as it was on the wire. */
async function savePayload(model: PanelModel, row: number): Promise<void> {
  const payload = model.store.payload(row) ?? (await model.store.load(row));
  if (payload === undefined) return model.tell('bad', t('payloadNotThere'));
  const isText = typeof payload === 'string';
  const name = `frame-${row}.${isText ? (looksLikeJson(payload) ? 'json' : 'txt') : 'bin'}`;
  const bytes = isText ? encodeUtf8(payload) : payload.slice();
  saveFile(name, new Blob([bytes], { type: 'application/octet-stream' }));
  model.tell('good', t('savedPayload', byteCount(bytes.length), name));
}
