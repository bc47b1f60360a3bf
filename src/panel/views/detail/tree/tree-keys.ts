import { type Chord, isChord } from '../../../commands/chord.ts';
import type { MessageKey } from '../../../words/i18n.ts';
import { targetOfKey } from '../../controls/list-keys.ts';
import type { TreeRow, TreeRows } from './tree-rows.ts';

/** What can be done in a tree. */
export interface TreeActions {
  /** Moves the focus to a row, or to the first or last one if there is no such row. */
  readonly moveTo: (index: number) => void;
  readonly toggle: (row: TreeRow, isOpen: boolean) => void;
  /** Opens everything down to a level. */
  readonly openTo: (level: number) => void;
  readonly copyValue: (row: TreeRow) => void;
  readonly copyPath: (row: TreeRow) => void;
  /** Goes to the search field. */
  readonly search: () => void;
  /** Goes to the next row whose name begins with what is typed; false if the key is no letter of a name. */
  readonly typeAhead: (key: string) => boolean;
}

/** Rows that PageUp and PageDown move by. */
const PAGE = 20;
/** Deeper than people nest by hand; deeper levels open one by one. */
const DEEPEST = 64;

/** What keys do in a tree besides moving and opening. */
export const TREE_KEYS: readonly TreeKey[] = [
  { label: 'searchTree', chords: [{ key: '/' }, { key: 'f', mod: true }], run: ({ search }) => search() },
  { label: 'keyOpenAll', chords: [{ key: '*' }], run: ({ openTo }) => openTo(DEEPEST) },
  { label: 'keyCopyValue', chords: [{ key: 'c', mod: true }], run: ({ copyValue }, row) => copyValue(row) },
  {
    label: 'keyCopyPath',
    chords: [{ key: 'c', mod: true, shift: true }],
    run: ({ copyPath }, row) => copyPath(row),
  },
];

interface TreeKey {
  readonly label: MessageKey;
  readonly chords: readonly Chord[];
  readonly run: (actions: TreeActions, row: TreeRow) => void;
}

/** Does what a key means in a tree; false if it has no meaning there. https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ */
export function onTreeKey(
  event: KeyboardEvent,
  row: TreeRow,
  focus: number,
  rows: Pick<TreeRows, 'length'>,
  actions: TreeActions,
): boolean {
  const command = TREE_KEYS.find(({ chords }) => chords.some((chord) => isChord(event, chord)));
  if (command) command.run(actions, row);
  if (command || event.ctrlKey || event.metaKey) return command !== undefined;
  const target = targetOf(event.key, row, focus, rows);
  if (target !== undefined) actions.moveTo(target);
  else if (opensRow(event.key, row)) actions.toggle(row, !row.isOpen);
  else if (/^[1-9]$/.test(event.key)) actions.openTo(Number(event.key));
  else if (!event.altKey && actions.typeAhead(event.key)) return true;
  else return event.key.startsWith('Arrow');
  return true;
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

function targetOf(
  key: string,
  row: TreeRow,
  focus: number,
  rows: Pick<TreeRows, 'length'>,
): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return row.isContainer && row.isOpen ? focus + 1 : undefined;
    case 'ArrowLeft':
      if (row.isContainer && row.isOpen) return undefined;
      return row.around < 0 ? undefined : row.around;
    default:
      return targetOfKey(key, focus, { count: rows.length, page: PAGE });
  }
}
