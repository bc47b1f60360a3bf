import type { TreeRow } from './tree-rows.ts';

/** What can be done in a tree. */
export interface TreeActions {
  /** Moves the focus to a row, or as far in its direction as there are rows. */
  moveTo(index: number): void;
  toggle(row: TreeRow, isOpen: boolean): void;
  /** Opens everything down to a level. */
  openTo(level: number): void;
  copyValue(row: TreeRow): void;
  copyPath(row: TreeRow): void;
  /** Goes to the search field. */
  search(): void;
}

/** Rows that PageUp and PageDown move by. */
const PAGE = 20;
/** Deeper than people nest by hand; deeper levels open one by one. */
const DEEPEST = 64;

/** Does what a key means in a tree; false if it means nothing there. https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ */
export function onTreeKey(
  event: KeyboardEvent,
  row: TreeRow,
  focus: number,
  rows: readonly TreeRow[],
  actions: TreeActions,
): boolean {
  if (event.ctrlKey || event.metaKey) return onCommand(event, row, actions);
  const target = targetOf(event.key, row, focus, rows);
  if (target !== undefined) actions.moveTo(target);
  else if (opensRow(event.key, row)) actions.toggle(row, !row.isOpen);
  else if (event.key === '/') actions.search();
  else if (event.key === '*') actions.openTo(DEEPEST);
  else if (/^[1-9]$/.test(event.key)) actions.openTo(Number(event.key));
  else return event.key.startsWith('Arrow');
  return true;
}

function onCommand({ key, shiftKey }: KeyboardEvent, row: TreeRow, actions: TreeActions): boolean {
  switch (key.toLowerCase()) {
    case 'c':
      if (shiftKey) actions.copyPath(row);
      else actions.copyValue(row);
      return true;
    case 'f':
      actions.search();
      return true;
    default:
      return false;
  }
}

function opensRow(key: string, { isContainer, isOpen }: TreeRow): boolean {
  switch (key) {
    case 'Enter':
    case ' ':
      return isContainer;
    case 'ArrowRight':
      return isContainer && !isOpen;
    case 'ArrowLeft':
      return isContainer && isOpen;
    default:
      return false;
  }
}

function targetOf(key: string, row: TreeRow, focus: number, rows: readonly TreeRow[]): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return focus + 1;
    case 'ArrowUp':
      return focus - 1;
    case 'PageDown':
      return focus + PAGE;
    case 'PageUp':
      return focus - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowRight':
      return row.isContainer && row.isOpen ? focus + 1 : undefined;
    case 'ArrowLeft':
      if (row.isContainer && row.isOpen) return undefined;
      return rows.findLastIndex((other, index) => index < focus && other.depth < row.depth);
    default:
      return undefined;
  }
}
