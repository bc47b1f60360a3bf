import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  type FoundEntry,
  findEntries,
  type PaletteEntry,
  paletteEntries,
} from '../../commands/palette-entries.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { targetOfKey } from '../controls/list-keys.ts';
import { Modal } from './modal.tsx';

const LIST_ID = 'palette-list';
/** Lines that PageUp and PageDown move by. */
const PAGE = 8;

/** Every command by name. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function Palette(): JSX.Element {
  const model = useModel();
  const entries = useMemo(() => paletteEntries(model), [model]);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => findEntries(entries, query), [entries, query]);
  const chosen = found[at];

  const run = (entry: PaletteEntry) => {
    model.dialog.value = undefined;
    // The dialog has to be gone before the command sets the focus.
    setTimeout(entry.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && chosen && !event.isComposing) run(chosen.entry);
    else {
      const target = isOfField(event)
        ? undefined
        : targetOfKey(event.key, at, { count: found.length, page: PAGE });
      if (target === undefined) return;
      setAt(wrapped(target, event.key, found.length));
    }
    event.preventDefault();
  };

  return (
    <Modal class="palette" label={t('openPalette')}>
      <input
        type="text"
        role="combobox"
        spellcheck={false}
        aria-label={t('paletteField')}
        aria-expanded
        aria-controls={LIST_ID}
        aria-activedescendant={chosen && `palette-${chosen.entry.id}`}
        aria-autocomplete="list"
        placeholder={t('paletteField')}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={LIST_ID}
        class="palette-list"
        role="listbox"
        aria-label={t('paletteCommands')}
        tabIndex={-1} // browsers take a scrollable box for a stop of the Tab key
      >
        {found.map((one, index) => (
          <Line key={one.entry.id} found={one} isChosen={index === at} onRun={run} />
        ))}
      </div>
      <p class={found.length === 0 ? 'dim pad' : ''} role="status">
        {found.length === 0 ? t('paletteNothing') : ''}
      </p>
    </Modal>
  );
}

interface LineProps {
  readonly found: FoundEntry;
  readonly isChosen: boolean;
  readonly onRun: (entry: PaletteEntry) => void;
}

function Line({ found: { entry, marks }, isChosen, onRun }: LineProps): JSX.Element {
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isChosen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <div
      ref={line}
      id={`palette-${entry.id}`}
      class="palette-line"
      role="option"
      aria-selected={isChosen}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onRun(entry)}
    >
      <span class="palette-mark" aria-hidden="true">
        {entry.isOn ? '✓' : ''}
      </span>
      <span class="palette-label">
        <Marked text={entry.label} marks={marks} />
      </span>
      <span class="dim">{entry.about}</span>
      <span class="palette-keys">{entry.keys && <kbd>{entry.keys}</kbd>}</span>
    </div>
  );
}

/** The letters that were typed stand out. */
function Marked({ text, marks }: { readonly text: string; readonly marks: readonly number[] }): JSX.Element {
  const marked = new Set(marks);
  const parts: JSX.Element[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    const isMarked = marked.has(start);
    while (end < text.length && marked.has(end) === isMarked) end++;
    const part = text.slice(start, end);
    parts.push(isMarked ? <b key={start}>{part}</b> : <span key={start}>{part}</span>);
  }
  return <>{parts}</>;
}

/** Home and End, and whatever has Shift with it, are the field's. */
function isOfField({ key, shiftKey }: KeyboardEvent): boolean {
  return shiftKey || key === 'Home' || key === 'End';
}

/** Arrows go round, pages do not. */
function wrapped(target: number, key: string, count: number): number {
  if (count === 0) return 0;
  return key.startsWith('Arrow') ? (target + count) % count : Math.min(count - 1, Math.max(0, target));
}
