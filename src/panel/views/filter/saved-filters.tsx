import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PanelModel } from '../../model/panel-model.ts';
import { type SavedFilter, withFilter, withoutFilter, withRenamed } from '../../settings/named-filters.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { Sheet } from './sheet.tsx';

interface SavedFiltersProps {
  readonly onClose: () => void;
}

/** The filters that the user has saved: to choose, rename or delete one, or to save the text in the filter box. */
export function SavedFilters({ onClose }: SavedFiltersProps): JSX.Element {
  const model = useModel();
  const { filter, settings } = model;
  const saved = settings.of(SETTINGS.savedFilters);
  const [renamed, setRenamed] = useState<string>();
  const change = (next: readonly SavedFilter[]) => {
    setRenamed(undefined);
    saved.value = next;
  };
  return (
    <Sheet label={t('savedFilters')} onClose={onClose}>
      <SaveForm
        onSave={(name) => change(withFilter(saved.value, { name, text: filter.text.value.trim() }))}
      />
      {saved.value.map((one) =>
        one.name === renamed ? (
          <NameForm
            key={one.name}
            name={one.name}
            onDone={(name) => change(withRenamed(saved.value, one.name, name))}
            onCancel={() => setRenamed(undefined)}
          />
        ) : (
          <Line
            key={one.name}
            saved={one}
            onChoose={() => {
              filter.setText(one.text);
              onClose();
            }}
            onRename={() => setRenamed(one.name)}
            onDelete={() => deleteFilter(model, one)}
          />
        ),
      )}
      {saved.value.length === 0 && <p class="dim">{t('savedFiltersNone')}</p>}
    </Sheet>
  );
}

/** Deletes a filter, with a way to undo it. */
function deleteFilter(model: PanelModel, deleted: SavedFilter): void {
  const saved = model.settings.of(SETTINGS.savedFilters);
  const place = saved.value.findIndex(({ name }) => name === deleted.name);
  saved.value = withoutFilter(saved.value, deleted.name);
  model.tellUndoable(t('savedDeleted', deleted.name), {
    undo: () => {
      const isTaken = saved.value.some(({ name }) => name === deleted.name);
      if (!isTaken) saved.value = saved.value.toSpliced(place, 0, deleted);
    },
  });
}

/** Saves the text in the filter box under a name. Without a name, the text itself is the name. */
function SaveForm({ onSave }: { readonly onSave: (name: string) => void }): JSX.Element | null {
  const { filter } = useModel();
  const [name, setName] = useState('');
  const text = filter.text.value.trim();
  const isSound = text !== '' && !filter.problem.value;
  return (
    <form
      class="saved-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSound) return;
        onSave(name.trim() || text);
        setName('');
      }}
    >
      <input
        type="text"
        aria-label={t('savedFilterName')}
        placeholder={text || t('savedFilterName')}
        disabled={!isSound}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="pill" disabled={!isSound} title={isSound ? '' : t('savedFilterNothing')}>
        {t('saveFilter')}
      </button>
    </form>
  );
}

interface LineProps {
  readonly saved: SavedFilter;
  readonly onChoose: () => void;
  readonly onRename: () => void;
  readonly onDelete: () => void;
}

function Line({ saved: { name, text }, onChoose, onRename, onDelete }: LineProps): JSX.Element {
  return (
    <div class="saved-line">
      <button type="button" class="filter-example" title={text} onClick={onChoose}>
        <bdi>{name}</bdi>
        <code>{name === text ? '' : text}</code>
      </button>
      <button
        type="button"
        class="tool"
        aria-label={t('renameFilter', name)}
        title={t('renameFilter', name)}
        onClick={onRename}
      >
        ✎
      </button>
      <button
        type="button"
        class="tool"
        aria-label={t('deleteFilter', name)}
        title={t('deleteFilter', name)}
        onClick={({ currentTarget }) => {
          // The focus stays in the list as long as there is one.
          const line = currentTarget.closest('.saved-line');
          const next = [line?.nextElementSibling, line?.previousElementSibling]
            .map((one) => one?.querySelector<HTMLElement>('button.tool:last-child'))
            .find(Boolean);
          if (next) next.focus();
          else focusSheet(currentTarget);
          onDelete();
        }}
      >
        ×
      </button>
    </div>
  );
}

interface NameFormProps {
  readonly name: string;
  readonly onDone: (name: string) => void;
  readonly onCancel: () => void;
}

function NameForm({ name, onDone, onCancel }: NameFormProps): JSX.Element {
  const [typed, setTyped] = useState(name);
  return (
    <form
      class="saved-form"
      onSubmit={(event) => {
        event.preventDefault();
        focusSheet(event.currentTarget);
        onDone(typed.trim() || name);
      }}
    >
      <input
        ref={(input) => input?.focus()}
        type="text"
        aria-label={t('savedFilterName')}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          focusSheet(event.currentTarget);
          onCancel();
        }}
      />
      <button type="submit" class="pill">
        {t('saveFilter')}
      </button>
    </form>
  );
}

/** Keeps the keyboard in the sheet when the element that has it goes: otherwise Escape would not close the sheet any more. */
function focusSheet(inside: Element): void {
  inside.closest<HTMLElement>('[role=dialog]')?.focus();
}
