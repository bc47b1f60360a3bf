import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { summarise } from '../../../decoders/summary.ts';
import {
  deleteMessage,
  importLibrary,
  libraryFile,
  type SavedPlace,
  savedOf,
} from '../../model/composer/library.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { saveFile } from '../../platform/save-file.ts';
import type { SavedMessage } from '../../settings/schema.ts';
import { counted } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { onEscape } from '../controls/on-escape.ts';
import { JsonFileInput } from '../files/json-file-input.tsx';
import { SaveForm } from './save-form.tsx';

/** characters of a message shown beside its name */
const SUMMARY = 80;

/** The saved messages by folder, over the editor: Enter takes one, F2 renames or moves it, Delete deletes it. */
export function SavedMessages({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const model = useModel();
  const messages = savedOf(model);
  const list = useRef<HTMLDivElement>(null);
  const [edited, setEdited] = useState<SavedMessage>();
  /** Where the focus goes when a form is closed. */
  const [place, setPlace] = useState<SavedPlace>();
  useEffect(
    () => (list.current?.querySelector<HTMLElement>('.saved-item') ?? buttonIn(list.current))?.focus(),
    [],
  );
  const remove = (message: SavedMessage, line: Element) => {
    focusBeside(list.current, line);
    deleteMessage(model, message);
  };
  useEffect(() => {
    // What has been undone takes the line away that had the keyboard.
    if (document.activeElement === document.body)
      list.current?.querySelector<HTMLElement>('.saved-item')?.focus();
  }, [messages]);
  const leave = onEscape(onDone);
  const folders = [...new Set(messages.map(({ folder }) => folder))];
  return (
    <div
      ref={list}
      class="saved"
      role="region"
      aria-label={t('saved')}
      onKeyDown={(event) => {
        leave(event);
        if (moveFocus(list.current, event.key)) event.preventDefault();
      }}
    >
      <Files onDone={onDone} />
      {messages.length === 0 && <p class="pad dim">{t('savedEmpty')}</p>}
      {folders.map((folder) => (
        <section key={folder} aria-label={folder || t('savedNoFolder')}>
          {folder && <h3>{folder}</h3>}
          <ul>
            {messages
              .filter((message) => message.folder === folder)
              .map((message) =>
                message === edited ? (
                  // Its keys are not for the list around it.
                  <li key={message.name} onKeyDown={(event) => event.stopPropagation()}>
                    <SaveForm
                      message={message}
                      onDone={(moved) => {
                        setPlace(moved ?? message);
                        setEdited(undefined);
                      }}
                    />
                  </li>
                ) : (
                  <Item
                    key={message.name}
                    message={message}
                    takesFocus={message.folder === place?.folder && message.name === place.name}
                    onTake={() => {
                      model.composer.take(message);
                      model.composer.focusRequests.value++;
                      onDone();
                    }}
                    onEdit={() => {
                      setPlace(undefined);
                      setEdited(message);
                    }}
                    onDelete={(line) => remove(message, line)}
                  />
                ),
              )}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface ItemProps {
  readonly message: SavedMessage;
  readonly takesFocus: boolean;
  readonly onTake: () => void;
  readonly onEdit: () => void;
  /** Given the line that it stands in. */
  readonly onDelete: (line: Element) => void;
}

function Item({ message, takesFocus, onTake, onEdit, onDelete }: ItemProps): JSX.Element {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (takesFocus) buttonIn(line.current)?.focus();
  }, [takesFocus]);
  const remove = () => line.current && onDelete(line.current);
  return (
    <li
      ref={line}
      onKeyDown={(event) => {
        if (event.key === 'F2') onEdit();
        else if (event.key === 'Delete') remove();
      }}
    >
      <button type="button" class="saved-item" onClick={onTake}>
        {message.name} <span class="dim">{summarise(message.text, SUMMARY)}</span>
      </button>
      <button type="button" class="link" aria-label={t('savedMoveOne', message.name)} onClick={onEdit}>
        {t('savedMove')}
      </button>
      <button type="button" class="link" aria-label={t('savedDeleteOne', message.name)} onClick={remove}>
        {t('savedDelete')}
      </button>
    </li>
  );
}

function buttonIn(element: HTMLElement | null): HTMLElement | null {
  return element?.querySelector('button') ?? null;
}

function Files({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const model = useModel();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="saved-bar">
      <button type="button" class="link" onClick={() => exportFile(model)}>
        {t('savedExport')}
      </button>
      <button type="button" class="link" onClick={() => input.current?.click()}>
        {t('savedImport')}
      </button>
      <JsonFileInput input={input} label={t('savedImport')} onFile={(file) => void importFile(model, file)} />
      <button type="button" class="link" onClick={onDone}>
        {t('formDone')}
      </button>
    </div>
  );
}

function exportFile(model: PanelModel): void {
  saveFile('framescope-messages.json', new Blob([libraryFile(model)], { type: 'application/json' }));
}

async function importFile(model: PanelModel, file: File): Promise<void> {
  const added = importLibrary(model, await file.text());
  if (added === undefined) model.tell('bad', t('savedNotAFile', file.name));
  else model.tell('good', counted(added, 'savedImportedOne', 'savedImported'));
}

/** The keyboard stays in the list when a line of it goes. */
function focusBeside(list: HTMLElement | null, line: Element): void {
  const items = [...(list?.querySelectorAll<HTMLElement>('.saved-item') ?? [])];
  const at = items.findIndex((item) => line.contains(item));
  const beside = items[at + 1] ?? items[at - 1] ?? list?.querySelector<HTMLElement>('button');
  beside?.focus();
}

/** From message to message with the arrows. @returns false if the key moves nothing */
function moveFocus(list: HTMLElement | null, key: string): boolean {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return false;
  const items = [...(list?.querySelectorAll<HTMLElement>('.saved-item') ?? [])];
  const at = items.findIndex((item) => item.matches(':focus'));
  const next = key === 'ArrowDown' ? items[at + 1] : items[at - 1];
  next?.focus();
  return next !== undefined;
}
