import type { JSX } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { moveColumn, resizeColumn, showColumn } from '../../../model/columns/column-changes.ts';
import { edgeOf } from '../../../model/columns/column-edges.ts';
import type { Column } from '../../../model/columns/columns.ts';
import type { ColumnId } from '../../../settings/column-choices.ts';
import { SETTINGS } from '../../../settings/schema.ts';
import { t } from '../../../words/i18n.ts';
import { useModel } from '../../context.ts';
import type { MenuPlace } from '../../controls/menu.tsx';
import { opensMenu } from '../../controls/menu-key.ts';
import { type Drag, dragTo } from './column-drag.ts';
import { ColumnHandle } from './column-handle.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { fittingWidth } from './fitting-width.ts';

interface OpenMenu {
  readonly id: ColumnId;
  readonly place: MenuPlace;
}

/**
 * The names of the columns, in the order of the page one stop of the Tab key and, behind it, one for its handle: the arrow keys lead from one
 * to the next.
 */
export function GridHeader({ columns }: { readonly columns: readonly Column[] }): JSX.Element {
  const model = useModel();
  const header = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<ColumnId>();
  const [menu, setMenu] = useState<OpenMenu>();
  const [drag, setDrag] = useState<Drag>();
  const hasDragged = useRef(false);
  const newestFirst = model.settings.of(SETTINGS.newestFirst);
  const closeMenu = useCallback(() => setMenu(undefined), []);
  const current = columns.find(({ id }) => id === stop) ?? columns[0];
  const cellOf = (id: ColumnId | undefined) =>
    header.current?.querySelector<HTMLElement>(`[data-column="${id}"]`) ?? undefined;
  const adapt = (id: ColumnId) => resizeColumn(model.columns, id, fittingWidth(header.current, columns, id));

  /** To the next name, or with the column past it. */
  const walk = (id: ColumnId, step: number, takesAlong: boolean) => {
    const next = columns[columns.findIndex((column) => column.id === id) + step]?.id;
    if (!next) return;
    if (takesAlong) moveColumn(model.columns, id, step < 0 ? 'before' : 'behind', next);
    else cellOf(next)?.focus();
  };
  const hide = (id: ColumnId) => {
    cellOf(columns.find((column) => column.id !== id)?.id)?.focus();
    showColumn(model.columns, id, false);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const id = columnOf(event.target);
    if (id === undefined || event.target !== cellOf(id)) return;
    const step = STEPS[event.key];
    if (step !== undefined) walk(id, step, event.altKey);
    else if (event.key === 'Delete') hide(id);
    else if (asksForMenu(event)) setMenu({ id, place: below(cellOf(id)) });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const id = columnOf(event.target) ?? current?.id;
    if (id) setMenu({ id, place: { x: event.clientX, y: event.clientY } });
  };

  const onPointerMove = (event: PointerEvent) => {
    const element = header.current;
    if (!drag || !element) return;
    const moved = dragTo(drag, element, event.clientX);
    if (moved === drag) return;
    element.setPointerCapture(event.pointerId);
    hasDragged.current = true;
    setDrag(moved);
  };
  const onPointerUp = () => {
    if (drag?.target) moveColumn(model.columns, drag.id, drag.target.place, drag.target.id);
    setDrag(undefined);
  };

  const onClick = ({ target }: MouseEvent) => {
    const isOnHandle = target instanceof Element && target.matches('.column-handle');
    if (columnOf(target) === 'time' && !isOnHandle && !hasDragged.current)
      newestFirst.value = !newestFirst.value;
  };

  return (
    <>
      <div
        ref={header}
        class="row header"
        role="row"
        aria-rowindex={1}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onClick={onClick}
        onPointerDown={(event) => {
          const id = columnOf(event.target);
          hasDragged.current = false;
          if (event.button === 0 && id) setDrag({ id, start: event.clientX, target: undefined });
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => setDrag(undefined)}
      >
        {columns.map((column) => {
          const { id, label, isBare } = column;
          const edge = edgeOf(columns, column);
          const tabIndex = id === current?.id ? 0 : -1;
          return (
            <span
              key={id}
              id={`column-${id}`}
              data-column={id}
              role="columnheader"
              class={`cell ${CELL_CLASSES[id] ?? id} ${dropClass(drag, id)}`}
              aria-label={t(label)}
              aria-sort={id === 'time' ? (newestFirst.value ? 'descending' : 'ascending') : undefined}
              title={isBare ? t(label) : undefined}
              tabIndex={tabIndex}
              onFocus={() => setStop(id)}
            >
              {isBare ? <span class="for-readers">{t(label)}</span> : t(label)}
              {id === 'time' && <OrderMark isDescending={newestFirst.value} />}
              {edge && (
                <ColumnHandle
                  column={column}
                  edge={edge}
                  tabIndex={tabIndex}
                  onResize={(width) => resizeColumn(model.columns, id, width)}
                  onFit={() => adapt(id)}
                  onLeave={() => cellOf(id)?.focus()}
                />
              )}
            </span>
          );
        })}
      </div>
      {menu && (
        <ColumnMenu id={menu.id} place={menu.place} shown={columns} onFit={adapt} onClose={closeMenu} />
      )}
    </>
  );
}

/** For the eye; others hear of the order by `aria-sort`. */
function OrderMark({ isDescending }: { readonly isDescending: boolean }): JSX.Element {
  return (
    <span class="order-mark" aria-hidden="true">
      {isDescending ? '▼' : '▲'}
    </span>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The socket's class has a name of its own, because that of the list of sockets is taken. */
const CELL_CLASSES: Readonly<Partial<Record<ColumnId, string>>> = { socket: 'socket-cell' };

function asksForMenu(event: KeyboardEvent): boolean {
  return opensMenu(event) || event.key === 'Enter' || event.key === ' ';
}

function columnOf(target: EventTarget | null): ColumnId | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
  return cell?.dataset.column as ColumnId | undefined;
}

function below(cell: HTMLElement | undefined): MenuPlace {
  const box = cell?.getBoundingClientRect();
  return { x: box?.left ?? 0, y: box?.bottom ?? 0 };
}

function dropClass(drag: Drag | undefined, id: ColumnId): string {
  if (!drag?.target) return '';
  if (drag.id === id) return 'is-dragged';
  return drag.target.id === id ? `takes-${drag.target.place}` : '';
}
