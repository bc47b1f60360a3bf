import type { JSX, RefObject } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { JsonNodeId } from '../../../../decoders/json/document.ts';
import { counted, wholeNumber } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { hintText } from './tree-hints.ts';
import type { TreeActions } from './tree-keys.ts';
import type { TreeRow } from './tree-rows.ts';
import { TreeSearch } from './tree-search.ts';
import type { TreeState } from './tree-state.ts';

/** Levels that the choice offers; 64 stands for all of them. */
const LEVELS = [1, 2, 3, 4, 64];

interface TreeBarProps {
  readonly tree: TreeState;
  readonly focused: TreeRow | undefined;
  readonly actions: TreeActions;
  readonly show: (node: JsonNodeId) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** Below a tree: where the focus is, what the value may stand for, and a search. */
export function TreeBar({ tree, focused, actions, show, field }: TreeBarProps): JSX.Element {
  return (
    <footer class="tree-bar">
      <div class="tree-where">
        {focused && (
          <>
            <button
              type="button"
              class="link"
              title={t('copyPathTip')}
              onClick={() => actions.copyPath(focused)}
            >
              <bdi>{focused.tree.pathOf(focused.node)}</bdi>
            </button>
            <span class="dim">{hintText(focused)}</span>
          </>
        )}
      </div>
      <Search tree={tree} show={show} field={field} />
      <select
        aria-label={t('treeLevels')}
        title={t('treeLevels')}
        value=""
        onChange={(event) => {
          actions.openTo(Number(event.currentTarget.value));
          event.currentTarget.value = '';
        }}
      >
        <option value="" hidden>
          {t('treeOpen')}
        </option>
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {level === LEVELS.at(-1) ? t('treeAllLevels') : counted(level, 'treeOneLevel', 'treeLevel')}
          </option>
        ))}
      </select>
    </footer>
  );
}

type SearchProps = Pick<TreeBarProps, 'tree' | 'show' | 'field'>;

function Search({ tree, show, field }: SearchProps): JSX.Element {
  const [typed, setTyped] = useState({ tree, text: '', at: 0 });
  const { text, at } = typed.tree === tree ? typed : { text: '', at: 0 };
  const search = useMemo(() => new TreeSearch(tree.document), [tree]);
  const found = search.find(text);
  const goTo = (index: number) => {
    const place = (index + found.length) % Math.max(1, found.length);
    const node = found[place];
    setTyped({ tree, text, at: place });
    if (node !== undefined) show(node);
  };
  return (
    <div class="tree-search" role="search">
      <input
        ref={field}
        type="search"
        aria-label={t('searchTree')}
        placeholder={t('searchTree')}
        value={text}
        onInput={(event) => {
          const wanted = event.currentTarget.value;
          setTyped({ tree, text: wanted, at: 0 });
          const [first] = search.find(wanted);
          if (first !== undefined) show(first);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') goTo(event.shiftKey ? at - 1 : at + 1);
          else if (event.key === 'Escape' && text !== '') setTyped({ tree, text: '', at: 0 });
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {text !== '' && (
        <span class="dim" role="status">
          {found.length === 0
            ? t('foundNothing')
            : t('foundPlace', wholeNumber(at + 1), wholeNumber(found.length))}
        </span>
      )}
    </div>
  );
}
