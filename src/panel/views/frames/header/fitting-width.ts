import type { Column } from '../../../model/columns/columns.ts';
import type { ColumnId } from '../../../settings/column-choices.ts';

/** px that a cell keeps free behind its text; as in the style sheet, and one for what was rounded */
const ROOM = 9;

/** The width in px that fits a column's name and all of its visible cells. */
export function fittingWidth(header: Element | null, columns: readonly Column[], id: ColumnId): number {
  const place = columns.findIndex((column) => column.id === id);
  const cells = [...(header?.closest('[role=grid]')?.querySelectorAll('[role=row]') ?? [])].map(
    (row) => row.children[place],
  );
  return Math.ceil(Math.max(0, ...cells.map((cell) => (cell ? textWidth(cell) : 0)))) + ROOM;
}

/** Of all of it, also where it is cut off; handles and what is for screen readers alone do not count. */
function textWidth(cell: Element): number {
  const range = document.createRange();
  let width = 0;
  for (const child of cell.childNodes) {
    if (child instanceof Element && child.matches('.for-readers, [role=separator]')) continue;
    range.selectNodeContents(child);
    const isElement = child instanceof Element;
    const box = isElement ? child.getBoundingClientRect() : range.getBoundingClientRect();
    // A type that is cut off within its chip is longer than the chip.
    width += Math.max(box.width, isElement ? child.scrollWidth : 0);
  }
  return width;
}
