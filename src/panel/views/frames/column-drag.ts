import type { ColumnId } from '../../settings/column-choices.ts';

/** A column's name under the pointer on its way to another place. */
export interface Drag {
  readonly id: ColumnId;
  /** px in the window, from left, of where it was taken up */
  readonly start: number;
  /** Where it would stand if it were let go now; undefined until it has moved. */
  readonly target: { readonly id: ColumnId; readonly place: 'before' | 'behind' } | undefined;
}

/** px that a press may shake before it is taken for a drag */
const SHAKE = 5;

/**
 * @param x px in the window, from left
 * @returns the same drag where nothing has changed
 */
export function dragTo(drag: Drag, header: Element, x: number): Drag {
  if (!drag.target && Math.abs(x - drag.start) < SHAKE) return drag;
  const cells = [...header.querySelectorAll<HTMLElement>('[data-column]')];
  const under = cells.find((cell) => x < cell.getBoundingClientRect().right) ?? cells.at(-1);
  if (!under) return drag;
  const id = under.dataset.column as ColumnId;
  // Columns are of very different widths: it takes the place of the one that it has come to.
  const own = cells.findIndex((cell) => cell.dataset.column === drag.id);
  const place = cells.indexOf(under) > own ? 'behind' : 'before';
  const { target } = drag;
  return target?.id === id && target.place === place ? drag : { ...drag, target: { id, place } };
}
