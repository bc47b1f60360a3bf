import type { ColumnId } from '../../../settings/column-choices.ts';

/** A column header that is being dragged to another place. */
export interface Drag {
  readonly id: ColumnId;
  /** Where the drag began, in px from the left edge of the window. */
  readonly start: number;
  /** Where it would be placed if it were dropped now; undefined until it has moved. */
  readonly target: { readonly id: ColumnId; readonly place: 'before' | 'behind' } | undefined;
}

/** px that the pointer may move before a press becomes a drag. */
const SHAKE = 5;

/**
 * @param x px in the window, from left
 * @returns the same drag if nothing has changed
 */
export function dragTo(drag: Drag, header: Element, x: number): Drag {
  if (!drag.target && Math.abs(x - drag.start) < SHAKE) return drag;
  const cells = [...header.querySelectorAll<HTMLElement>('[data-column]')];
  const under = cells.find((cell) => x < cell.getBoundingClientRect().right) ?? cells.at(-1);
  if (!under) return drag;
  const id = under.dataset.column as ColumnId;
  // Columns have very different widths, so the dragged one takes the place of the one below the pointer.
  const own = cells.findIndex((cell) => cell.dataset.column === drag.id);
  const place = cells.indexOf(under) > own ? 'behind' : 'before';
  const { target } = drag;
  return target?.id === id && target.place === place ? drag : { ...drag, target: { id, place } };
}
