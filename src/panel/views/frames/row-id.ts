/** The element's id of a row that is in sight. */
export function rowId(row: number): string {
  return `frame-${row}`;
}
