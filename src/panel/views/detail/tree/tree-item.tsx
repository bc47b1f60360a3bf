import type { ComponentChildren, JSX } from 'preact';
import { isTimeName } from '../../../../decoders/hints.ts';
import { counted, wholeNumber } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { hintText, timeText } from './tree-hints.ts';
import type { TreeRow } from './tree-rows.ts';

/** Most characters of a value that are drawn; the raw view shows all of it. */
const SHOWN = 2000;
/** px of indentation a level; very deep trees stop moving to the right */
const INDENT = 14;
const MAX_INDENTED = 40;

interface TreeItemProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly isFocused: boolean;
  /** By how much a number differs from that of the previous frame. */
  readonly change: string | undefined;
  readonly title: string | undefined;
  readonly onToggle: () => void;
}

/** One line of a JSON tree. */
export function TreeItem({ id, row, isFocused, change, title, onToggle }: TreeItemProps): JSX.Element {
  const { tree, node, depth, isContainer, isOpen, line } = row;
  return (
    <div
      id={id}
      class={`json-row ${isFocused ? 'is-focused' : ''}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={isContainer ? isOpen : undefined}
      aria-selected={isFocused}
      aria-posinset={row.index + 1}
      aria-setsize={row.siblings}
      style={{ paddingInlineStart: `${8 + Math.min(depth, MAX_INDENTED) * INDENT}px` }}
      // Only on demand: finding the path of the millionth element takes time.
      onMouseEnter={(event) => {
        event.currentTarget.title = [tree.pathOf(node), hintText(row)].filter(Boolean).join('\n');
      }}
      onClick={onToggle}
    >
      <span class="json-arrow" aria-hidden="true">
        {isContainer ? (isOpen ? '▾' : '▸') : ''}
      </span>
      {line === undefined ? (
        <>
          <RowName row={row} />
          <RowValue row={row} change={change} />
        </>
      ) : (
        <bdi class="json-string">{line}</bdi>
      )}
      {title !== undefined && <Aside class="json-title">{title}</Aside>}
    </div>
  );
}

/** What is not part of the value: separated by space and, for screen readers, by a comma. */
function Aside(props: { readonly class: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <span class={props.class}>
      <span class="for-readers">, </span>
      {props.children}
    </span>
  );
}

function RowName({ row }: { readonly row: TreeRow }): JSX.Element | null {
  const { tree, node, index } = row;
  if (tree.document.parent(node) === undefined) return null;
  const key = tree.document.keySourceText(node);
  return (
    <>
      {key === undefined ? (
        <span class="json-index">{index}</span>
      ) : (
        <span class="json-key">{shorten(key.slice(1, -1))}</span>
      )}
      <span class="json-punctuation">: </span>
    </>
  );
}

type RowValueProps = Pick<TreeItemProps, 'row' | 'change'>;

function RowValue({ row, change }: RowValueProps): JSX.Element {
  const { tree, node, isOpen } = row;
  const { document } = tree;
  const count = document.childCount(node);
  switch (document.kind(node)) {
    case 'object':
      return (
        <span class="json-punctuation">
          {count === 0 ? '{}' : isOpen ? '{…}' : `{…} ${counted(count, 'jsonOneKey', 'jsonKeys')}`}
        </span>
      );
    case 'array':
      return <span class="json-punctuation">[{wholeNumber(count)}]</span>;
    case 'string':
      return <StringValue row={row} change={change} />;
    case 'number':
      return <NumberValue row={row} change={change} />;
    case 'boolean':
    case 'null':
      return <span class="json-literal">{document.sourceText(node)}</span>;
  }
}

function StringValue({ row, change }: RowValueProps): JSX.Element {
  const { tree, node } = row;
  const within = tree.within(node);
  const source = tree.document.sourceText(node);
  return (
    <>
      <bdi class="json-string">{shorten(source)}</bdi>
      {within && (
        <Aside class="json-note">
          {within.type === 'json' ? t('jsonWithin') : t('jsonLongString', wholeNumber(source.length - 2))}
        </Aside>
      )}
      {change !== undefined && <Change by={change} />}
    </>
  );
}

function Change({ by }: { readonly by: string }): JSX.Element {
  return <Aside class="json-note">{t('jsonSincePrevious', by)}</Aside>;
}

function NumberValue({ row: { tree, node }, change }: RowValueProps): JSX.Element {
  const { document } = tree;
  const source = document.sourceText(node);
  const time = isTimeName(document.keyText(node) ?? '') ? timeText(source) : undefined;
  return (
    <>
      <span class="json-number">{source}</span>
      {isInexact(source) && <Aside class="json-note">{t('jsonInexact')}</Aside>}
      {time && <Aside class="json-note">{time}</Aside>}
      {change !== undefined && !time && <Change by={change} />}
    </>
  );
}

/** True for numbers that JavaScript would change: beyond 2^53 or beyond the range of a double. */
function isInexact(source: string): boolean {
  const value = Number(source);
  if (!Number.isFinite(value)) return true;
  return /^-?\d+$/.test(source) && !Number.isSafeInteger(value);
}

function shorten(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
