import type { Column } from './columns.ts';

/** The edge by which a column is resized: the column that takes the remaining width pushes those after it to the far end. */
export type Edge = 'start' | 'end';

/** @returns undefined for the column that takes the remaining width */
export function edgeOf(columns: readonly Column[], column: Column): Edge | undefined {
  if (column.takesRest) return undefined;
  const rest = columns.findIndex(({ takesRest }) => takesRest);
  return rest >= 0 && columns.indexOf(column) > rest ? 'start' : 'end';
}
