/** The element's id of a row that is in sight. */
export function rowId(row: number): string {
  return `frame-${row}`;
}

/** Names the row that has the keys to who reads the grid, as long as it is in sight: elsewhere it has no element. */
export function nameActiveRow(grid: Element | null, focus: number | undefined): void {
  const id = focus === undefined ? '' : rowId(focus);
  if (id !== '' && document.getElementById(id)) grid?.setAttribute('aria-activedescendant', id);
  else grid?.removeAttribute('aria-activedescendant');
}
