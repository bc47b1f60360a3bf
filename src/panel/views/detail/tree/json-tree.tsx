import type { JSX } from 'preact';
import { useContext, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { JsonDocument, JsonNodeId } from '../../../../decoders/json/document.ts';
import { copyText } from '../../../platform/copy.ts';
import { t } from '../../../words/i18n.ts';
import { useModel } from '../../context.ts';
import { VirtualList } from '../../controls/virtual-list.tsx';
import { VirtualScroll } from '../../controls/virtual-scroll.ts';
import { EarlierContext } from './earlier-context.ts';
import { TreeBar } from './tree-bar.tsx';
import { TreeItem } from './tree-item.tsx';
import { onTreeKey, type TreeActions } from './tree-keys.ts';
import { type TreeRow, TreeRows } from './tree-rows.ts';
import { TreeState } from './tree-state.ts';
import { TreeTyping } from './tree-typing.ts';

/** px; as in the style sheet */
const ROW_HEIGHT = 18;

interface JsonTreeProps {
  /** Number of its frame: what the user has opened, typed and moved to applies to this frame only. */
  readonly row: number;
  readonly document: JsonDocument;
  readonly title: string;
  /** Levels that are open at first; by default as many as fit on the screen. */
  readonly levels?: number;
}

/** A JSON document as a tree that shows numbers and strings as they were sent. Only the rows in view are drawn. */
export function JsonTree({ row, document, title, levels }: JsonTreeProps): JSX.Element {
  const model = useModel();
  const earlier = useContext(EarlierContext);
  const tree = useMemo(() => {
    const state = new TreeState(document);
    if (levels !== undefined) state.openTo(levels);
    return state;
  }, [document, row]);
  const [version, changed] = useReducer((count: number) => count + 1, 0);
  const [{ focusIn, place: focusPlace }, setFocusIn] = useState({ focusIn: tree, place: 0 });
  const focus = focusIn === tree ? focusPlace : 0;
  const setFocus = (place: number) => setFocusIn({ focusIn: tree, place });
  const rows = useMemo(() => new TreeRows(tree), [tree, version]);
  const scroll = useMemo(() => new VirtualScroll(ROW_HEIGHT, false), [tree]);
  const typing = useMemo(() => new TreeTyping(), [tree]);
  const element = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => forgetTips(element.current), [tree]);
  const focused = rows.at(Math.min(focus, rows.length - 1));

  const moveTo = (index: number) => {
    const place = Math.min(Math.max(0, index), rows.length - 1);
    setFocus(place);
    scroll.reveal(place);
  };
  const actions: TreeActions = {
    moveTo,
    toggle(row, isOpen) {
      row.tree.setOpen(row.node, isOpen);
      changed(undefined);
    },
    openTo(level) {
      tree.openTo(level);
      changed(undefined);
      moveTo(0);
    },
    copyValue(row) {
      copyText(row.tree.document.stringValue(row.node) ?? row.tree.document.sourceText(row.node));
      model.tell('good', t('copiedValue', row.tree.pathOf(row.node)));
    },
    copyPath(row) {
      copyText(row.tree.pathOf(row.node));
      model.tell('good', t('copiedPath'));
    },
    search: () => search.current?.focus(),
    typeAhead(key) {
      const place = typing.type(key, rows, focus, performance.now());
      if (typeof place === 'number') moveTo(place);
      return place !== false;
    },
  };
  /** Shows a value, opening those around it. */
  const show = (node: JsonNodeId) => {
    tree.reveal(node);
    changed(undefined);
    const opened = new TreeRows(tree);
    const place = opened.placeOf(node) ?? 0;
    setFocus(place);
    scroll.resize(opened.length, scroll.viewportHeight);
    scroll.reveal(place);
  };

  return (
    <div class="json-view">
      <div
        ref={element}
        class="json-tree"
        role="tree"
        aria-label={t('jsonTree')}
        tabIndex={0}
        aria-activedescendant={focused && rowId(focused)}
        onKeyDown={(event) => {
          if (!focused || !onTreeKey(event, focused, focus, rows, actions)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <VirtualList scroll={scroll} count={rows.length} class="json-rows">
          {(from, to) =>
            rows.slice(from, to).map((row, index) => (
              <TreeItem
                key={row.key}
                id={rowId(row)}
                row={row}
                isFocused={from + index === focus}
                change={row.tree === tree ? earlier?.changeOf(document, row.node) : undefined}
                title={row.depth === 0 ? title : undefined}
                onToggle={() => {
                  setFocus(from + index);
                  if (row.isContainer) actions.toggle(row, !row.isOpen);
                }}
              />
            ))
          }
        </VirtualList>
      </div>
      <TreeBar tree={tree} focused={focused} actions={actions} show={show} field={search} />
    </div>
  );
}

/** Lines say what they are when the mouse enters them, which another tree's do not hear of if it is there already. */
function forgetTips(element: HTMLElement | null): void {
  for (const line of element?.querySelectorAll('[title]') ?? []) line.removeAttribute('title');
}

function rowId({ key }: TreeRow): string {
  return `json-${key}`;
}
