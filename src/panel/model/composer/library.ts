import { remembered } from '../../platform/remembered.ts';
import { type SavedMessage, SETTINGS } from '../../settings/schema.ts';
import { t } from '../../words/i18n.ts';
import type { PanelModel } from '../panel-model.ts';

const { savedMessages } = SETTINGS;
/** In the files that are exported. */
const FORMAT = 'framescope-messages';

/** All saved messages, by folder and name. */
export function savedOf(model: PanelModel): readonly SavedMessage[] {
  return model.settings.of(savedMessages).value;
}

/** The folder and name of a saved message. */
export type SavedPlace = Pick<SavedMessage, 'folder' | 'name'>;

/** Saves a message; if the folder has one of the same name, the new one gets a number. */
export function saveMessage(model: PanelModel, message: SavedMessage): void {
  let name = '';
  const isKept = change(model, (all) => {
    name = freeName(all, message);
    return [...all, { ...message, name }];
  });
  if (isKept) model.tell('good', t('didSave', shownPlace({ ...message, name })));
}

/** Renames or moves a message; can be undone. @returns its new folder and name */
export function moveMessage(model: PanelModel, message: SavedMessage, to: SavedPlace): SavedPlace {
  if (isSame(message, to)) return to;
  const moved = put(model, message, to);
  model.tellUndoable(t('savedMoved', shownPlace(moved)), { undo: () => put(model, moved, message) });
  return moved;
}

function put(model: PanelModel, message: SavedMessage, to: SavedPlace): SavedMessage {
  let moved = message;
  change(model, (all) => {
    const rest = all.filter((other) => !isSame(other, message));
    const wanted = { ...message, folder: to.folder, name: to.name };
    moved = { ...wanted, name: freeName(rest, wanted) };
    return [...rest, moved];
  });
  return moved;
}

function shownPlace({ folder, name }: SavedPlace): string {
  return folder === '' ? name : `${folder} › ${name}`;
}

/** Deletes a message; can be undone. */
export function deleteMessage(model: PanelModel, message: SavedMessage): void {
  const place = savedOf(model).findIndex((other) => isSame(other, message));
  change(model, (all) => all.filter((other) => !isSame(other, message)));
  model.tellUndoable(t('savedDeleted', message.name), {
    undo: () => change(model, (all) => all.toSpliced(place, 0, { ...message, name: freeName(all, message) })),
  });
}

/** All saved messages as the text of a file. */
export function libraryFile(model: PanelModel): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, messages: savedOf(model) }, null, 2)}\n`;
}

/** Adds the messages of a file. @returns how many were new; undefined if it is not such a file */
export function importLibrary(model: PanelModel, text: string): number | undefined {
  const messages = savedMessages.shape.read(messagesIn(text));
  if (!messages) return undefined;
  let added = 0;
  change(model, (all) => {
    const known = new Set(all.map((message) => JSON.stringify(contents(message))));
    const fresh = messages.filter((message) => !known.has(JSON.stringify(contents(message))));
    added = fresh.length;
    const list = [...all];
    for (const message of fresh) list.push({ ...message, name: freeName(list, message) });
    return list;
  });
  return added;
}

function messagesIn(text: string): unknown {
  try {
    const file: unknown = JSON.parse(text);
    if (typeof file !== 'object' || file === null) return undefined;
    const { format, messages }: Readonly<Record<string, unknown>> = { ...file };
    return format === FORMAT ? messages : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Other panels may have saved something since, so the storage is read again.
 * @returns false if it could not be stored, which has been told then
 */
function change(model: PanelModel, make: (all: readonly SavedMessage[]) => readonly SavedMessage[]): boolean {
  const current = model.settings.of(savedMessages);
  const stored = savedMessages.shape.read(remembered(savedMessages.key));
  const made = make(stored ?? current.value);
  const sorted = [...made].sort(
    (one, other) => one.folder.localeCompare(other.folder) || one.name.localeCompare(other.name),
  );
  current.value = sorted;
  return JSON.stringify(remembered(savedMessages.key)) === JSON.stringify(sorted);
}

function freeName(all: readonly SavedMessage[], { folder, name }: SavedMessage): string {
  const isTaken = (wanted: string) => all.some((other) => other.folder === folder && other.name === wanted);
  if (!isTaken(name)) return name;
  let number = 2;
  while (isTaken(`${name} (${number})`)) number++;
  return `${name} (${number})`;
}

function isSame(one: SavedPlace, other: SavedPlace): boolean {
  return one.folder === other.folder && one.name === other.name;
}

function contents({ folder, name, text, format }: SavedMessage): readonly string[] {
  return [folder, name, text, format];
}
