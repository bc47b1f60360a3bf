import { type ColumnId, MOST_WIDE } from '../../settings/column-choices.ts';
import type { Column, Columns } from './columns.ts';

/** What the user does to the columns of the frame list. Loaded on first use. */

/** @param width px; brought within the column's bounds */
export function resizeColumn(columns: Columns, id: ColumnId, width: number): void {
  const least = columns.all.find((column) => column.id === id)?.least ?? 0;
  change(columns, id, { width: Math.round(Math.min(MOST_WIDE, Math.max(least, width))), stays: true });
}

/** Shows or hides a column; the last one stays. */
export function showColumn(columns: Columns, id: ColumnId, isShown: boolean): void {
  const others = columns.all.some((column) => column.isShown && column.id !== id);
  const isSo = columns.isShown(id) === isShown;
  if (!isSo && (isShown || others)) change(columns, id, { isShown, stays: isShown });
}

/** Moves a column directly before or after another one. */
export function moveColumn(
  columns: Columns,
  id: ColumnId,
  place: 'before' | 'behind',
  other: ColumnId,
): void {
  if (id === other) return;
  const { all } = columns;
  const moved = all.find((column) => column.id === id);
  const rest = all.filter((column) => column.id !== id);
  const at = rest.findIndex((column) => column.id === other) + (place === 'behind' ? 1 : 0);
  if (moved) columns.choose([...rest.slice(0, at), moved, ...rest.slice(at)]);
}

function change(columns: Columns, id: ColumnId, changed: Partial<Column>): void {
  columns.choose(columns.all.map((column) => (column.id === id ? { ...column, ...changed } : column)));
}
