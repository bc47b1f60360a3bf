/** Id of the element of a visible row. */
export function rowId(row: number): string {
  return `frame-${row}`;
}

/** Names the focused row to assistive technology, as long as it is visible: otherwise it has no element. */
export function nameActiveRow(grid: Element | null, focus: number | undefined): void {
  const id = focus === undefined ? '' : rowId(focus);
  if (id !== '' && document.getElementById(id)) grid?.setAttribute('aria-activedescendant', id);
  else grid?.removeAttribute('aria-activedescendant');
}
