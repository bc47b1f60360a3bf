import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { JsonDocument, JsonNodeId } from '../../../decoders/json.ts';
import { wholeNumber } from '../../format.ts';
import { t } from '../../i18n.ts';
import { VirtualList } from '../virtual-list.tsx';
import { VirtualScroll } from '../virtual-scroll.ts';
import { MAX_TREE_ROWS, type TreeRow, treeRows } from './tree-rows.ts';

/** px; as in the style sheet */
const ROW_HEIGHT = 18;
/** Characters of a string that are drawn; all of it stands in the raw view. */
const STRING_CHARS = 2000;
/** px of indentation a level; very deep trees stop moving to the right */
const INDENT = 14;
const MAX_INDENTED = 40;
/** Documents with at most this many values open with their first levels unfolded. */
const SMALL = 400;

interface JsonTreeProps {
  readonly document: JsonDocument;
  readonly title: string;
}

/** A JSON document as a tree that shows numbers and strings as they were sent. Only the rows in sight are drawn. */
export function JsonTree({ document, title }: JsonTreeProps): JSX.Element {
  const [open, setOpen] = useState(() => firstOpen(document));
  const [focus, setFocus] = useState(0);
  const rows = useMemo(() => treeRows(document, open), [document, open]);
  const scroll = useMemo(() => new VirtualScroll(ROW_HEIGHT, false), [document]);
  const tree = useRef<HTMLDivElement>(null);

  const toggle = (node: JsonNodeId, wanted: boolean) => {
    const next = new Set(open);
    if (wanted) next.add(node);
    else next.delete(node);
    setOpen(next);
  };
  const moveTo = (index: number) => {
    const place = Math.min(Math.max(0, index), rows.length - 1);
    setFocus(place);
    scroll.reveal(place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[focus];
    if (!row || !onTreeKey(event.key, row, focus, rows, moveTo, toggle)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={tree}
      class="json-tree"
      role="tree"
      aria-label={t('jsonTree')}
      tabIndex={0}
      aria-activedescendant={`json-${rows[focus]?.node}`}
      onKeyDown={onKeyDown}
    >
      <VirtualList scroll={scroll} count={rows.length} class="json-rows">
        {(from, to) =>
          rows.slice(from, to).map((row, index) => (
            <TreeItem
              key={row.node}
              document={document}
              row={row}
              isFocused={from + index === focus}
              title={row.depth === 0 ? title : undefined}
              onToggle={() => {
                setFocus(from + index);
                if (row.isContainer) toggle(row.node, !row.isOpen);
              }}
            />
          ))
        }
      </VirtualList>
      {rows.length >= MAX_TREE_ROWS && <p class="dim pad">{t('jsonTreeCut', wholeNumber(MAX_TREE_ROWS))}</p>}
    </div>
  );
}

interface TreeItemProps {
  readonly document: JsonDocument;
  readonly row: TreeRow;
  readonly isFocused: boolean;
  readonly title: string | undefined;
  readonly onToggle: () => void;
}

function TreeItem({ document, row, isFocused, title, onToggle }: TreeItemProps): JSX.Element {
  const { node, depth, index, isContainer, isOpen } = row;
  const key = document.keySourceText(node);
  return (
    <div
      id={`json-${node}`}
      class={`json-row ${isFocused ? 'is-focused' : ''}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={isContainer ? isOpen : undefined}
      aria-selected={isFocused}
      style={{ paddingInlineStart: `${8 + Math.min(depth, MAX_INDENTED) * INDENT}px` }}
      // Only then: the path of the millionth element takes a while to find.
      onMouseEnter={(event) => {
        event.currentTarget.title = document.path(node);
      }}
      onClick={onToggle}
    >
      <span class="json-arrow">{isContainer ? (isOpen ? '▾' : '▸') : ''}</span>
      {key !== undefined && <span class="json-key">{shorten(key.slice(1, -1))}</span>}
      {key === undefined && depth > 0 && <span class="json-index">{index}</span>}
      {depth > 0 && <span class="json-punctuation">: </span>}
      <NodeValue document={document} row={row} />
      {title !== undefined && <span class="json-title">{title}</span>}
    </div>
  );
}

function NodeValue({
  document,
  row,
}: {
  readonly document: JsonDocument;
  readonly row: TreeRow;
}): JSX.Element {
  const { node, isOpen } = row;
  const kind = document.kind(node);
  const count = document.childCount(node);
  switch (kind) {
    case 'object':
      return (
        <span class="json-punctuation">
          {count === 0 ? '{}' : isOpen ? '{…}' : `{…} ${t('jsonKeys', wholeNumber(count))}`}
        </span>
      );
    case 'array':
      return <span class="json-punctuation">[{wholeNumber(count)}]</span>;
    case 'string':
      return <bdi class="json-string">{shorten(document.sourceText(node))}</bdi>;
    case 'number':
      return (
        <>
          <span class="json-number">{document.sourceText(node)}</span>
          {isInexact(document.sourceText(node)) && <span class="json-note">{t('jsonInexact')}</span>}
        </>
      );
    case 'boolean':
    case 'null':
      return <span class="json-literal">{document.sourceText(node)}</span>;
  }
}

/** True for numbers that JavaScript would change: beyond 2^53 or beyond the range of a double. */
function isInexact(source: string): boolean {
  const value = Number(source);
  if (!Number.isFinite(value)) return true;
  return /^-?\d+$/.test(source) && !Number.isSafeInteger(value);
}

function shorten(text: string): string {
  return text.length > STRING_CHARS ? `${text.slice(0, STRING_CHARS)}…` : text;
}

function onTreeKey(
  key: string,
  row: TreeRow,
  focus: number,
  rows: readonly TreeRow[],
  moveTo: (index: number) => void,
  toggle: (node: JsonNodeId, open: boolean) => void,
): boolean {
  const parent = () => rows.findLastIndex((other, index) => index < focus && other.depth < row.depth);
  switch (key) {
    case 'ArrowDown':
      moveTo(focus + 1);
      return true;
    case 'ArrowUp':
      moveTo(focus - 1);
      return true;
    case 'Home':
      moveTo(0);
      return true;
    case 'End':
      moveTo(rows.length - 1);
      return true;
    case 'ArrowRight':
      if (row.isContainer && !row.isOpen) toggle(row.node, true);
      else if (row.isContainer) moveTo(focus + 1);
      return true;
    case 'ArrowLeft':
      if (row.isContainer && row.isOpen) toggle(row.node, false);
      else moveTo(parent());
      return true;
    case 'Enter':
    case ' ':
      if (row.isContainer) toggle(row.node, !row.isOpen);
      return true;
    default:
      return false;
  }
}

function firstOpen(document: JsonDocument): ReadonlySet<JsonNodeId> {
  const open = new Set<JsonNodeId>();
  if (document.root === undefined) return open;
  open.add(document.root);
  if (document.nodeCount > SMALL) return open;
  for (const child of document.children(document.root)) open.add(child);
  return open;
}
