import { isHeartbeat } from '../../../decoders/message-types/heartbeats.ts';
import { UNKNOWN_SOCKET } from '../../../decoders/protocol-signs.ts';
import { typeOfPayload } from '../../../store/counts/row-types.ts';
import { BINARY, HEARTBEATS, UNTYPED } from '../../../store/counts/type-keys.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { ALL_TYPES, type ShownTypes } from '../../settings/shown-types.ts';
import { t } from '../../words/i18n.ts';
import { shownWords } from '../../words/urls.ts';
import type { PanelModel } from '../panel-model.ts';

/** Types that can be hidden one by one. */
const MOST_HIDDEN = 1000;

/** Whether messages of a type are seen. */
export function isTypeShown({ hidden, only }: ShownTypes, key: string): boolean {
  if (only.length > 0) return only.includes(key);
  return !hidden.includes(key) && !(hidden.includes(HEARTBEATS) && isHeartbeat(key));
}

/** @param keys of all types that there are */
export function withType(shown: ShownTypes, key: string, keys: readonly string[]): ShownTypes {
  const { hidden, only } = shown;
  if (only.length > 0) return { hidden, only: [...only, key] };
  const others = hidden.filter((one) => one !== key);
  if (!others.includes(HEARTBEATS) || !isHeartbeat(key)) return { hidden: others, only };
  // The other heartbeats stay hidden, now each by itself.
  const beats = keys.filter((one) => one !== key && isHeartbeat(one));
  return { hidden: [...new Set([...others.filter((one) => one !== HEARTBEATS), ...beats])], only };
}

export function withoutType({ hidden, only }: ShownTypes, key: string): ShownTypes {
  // Without the last one nothing would be shown, which nobody asks for: it is hidden, and the others are there again.
  if (only.length > 1) return { hidden, only: only.filter((one) => one !== key) };
  return { hidden: [...hidden.filter((one) => one !== key), key].slice(-MOST_HIDDEN), only: [] };
}

export function hidesHeartbeats({ hidden, only }: ShownTypes): boolean {
  return only.length === 0 && hidden.includes(HEARTBEATS);
}

/** Hides all heartbeats, also those that are yet to come, or shows them again. */
export function toggleHeartbeats(model: PanelModel): void {
  const shown = model.settings.of(SETTINGS.shownTypes);
  const { hidden } = shown.value;
  const others = hidden.filter((key) => key !== HEARTBEATS && !isHeartbeat(key));
  shown.value = { hidden: hidesHeartbeats(shown.value) ? others : [...others, HEARTBEATS], only: [] };
}

export function showAllTypes(model: PanelModel): void {
  model.settings.of(SETTINGS.shownTypes).value = ALL_TYPES;
}

export function showOnlyType(model: PanelModel, key: string): void {
  const shown = model.settings.of(SETTINGS.shownTypes);
  shown.value = { hidden: shown.value.hidden, only: [key] };
}

/** Hides messages that are of the same type as a row's. */
export async function hideTypeOf(model: PanelModel, row: number): Promise<void> {
  const key = await keyOfRow(model, row);
  const shown = model.settings.of(SETTINGS.shownTypes);
  if (key !== undefined) shown.value = withoutType(shown.value, key);
}

/** Shows nothing but messages that are of the same type as a row's. */
export async function showOnlyTypeOf(model: PanelModel, row: number): Promise<void> {
  const key = await keyOfRow(model, row);
  if (key !== undefined) showOnlyType(model, key);
}

async function keyOfRow(model: PanelModel, row: number): Promise<string | undefined> {
  const socket = model.socketOf(row)?.words ?? UNKNOWN_SOCKET;
  const payload = await model.store.load(row);
  if (payload === undefined) {
    model.tell('bad', t('payloadNotThere'));
    return undefined;
  }
  const field = model.settings.of(SETTINGS.typeField).value;
  return typeOfPayload(payload, socket, field === '' ? undefined : [field]).key;
}

/** What a type is called, where its name is not what it is told apart by. */
export function typeLabel(key: string, name = ''): string {
  switch (key) {
    case UNTYPED:
      return t('typesUntyped');
    case BINARY:
      return t('typeBinary');
    default:
      return shownWords(name || key);
  }
}

/** What is not shown, in few words; empty where everything is. */
export function hiddenTypesText({ hidden, only }: ShownTypes): string {
  const [first] = only;
  if (first !== undefined)
    return only.length === 1 ? t('typesOnly', typeLabel(first)) : t('typesOnlyMany', only.length);
  const types = hidden.filter((key) => key !== HEARTBEATS).length;
  return [
    hidden.includes(HEARTBEATS) ? t('heartbeatsHidden') : '',
    types === 0 ? '' : types === 1 ? t('typesHiddenOne') : t('typesHidden', types),
  ]
    .filter(Boolean)
    .join(' · ');
}
