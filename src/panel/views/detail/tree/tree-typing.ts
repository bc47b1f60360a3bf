import type { TreeRow, TreeRows } from './tree-rows.ts';

/** ms after which a letter begins a new word */
const PATIENCE = 800;
/** Most lines that are searched for one letter, so that a list of a million causes no wait. */
const MOST_LOOKED_AT = 50_000;
const STEP = 1000;

/** Letters that names consist of. Digits open levels, and other characters are keys of their own. */
const LETTER = /^[\p{L}_$@]$/u;

/** Leads to the next line whose name begins with what is typed: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ */
export class TreeTyping {
  private typed = '';
  private at = 0;

  /**
   * @param focus place of the line that has the focus
   * @param now ms
   * @returns the place to go to; undefined if no line begins like this; false if the key is not a letter
   */
  type(key: string, rows: TreeRows, focus: number, now: number): number | undefined | false {
    if (!LETTER.test(key)) return false;
    this.typed = now - this.at > PATIENCE ? key : this.typed + key;
    this.at = now;
    // Repeating the same letter moves from one match to the next.
    const isOneLetter = [...this.typed].every((letter) => letter === key);
    return find(rows, isOneLetter ? key : this.typed, isOneLetter ? focus + 1 : focus);
  }
}

/** From a place to the end, then from the top. */
function find(rows: TreeRows, typed: string, from: number): number | undefined {
  const wanted = typed.toLowerCase();
  const below = findWithin(rows, wanted, from, Math.min(rows.length, from + MOST_LOOKED_AT));
  return below ?? findWithin(rows, wanted, 0, Math.min(from, MOST_LOOKED_AT));
}

function findWithin(rows: TreeRows, wanted: string, from: number, to: number): number | undefined {
  for (let start = from; start < to; start += STEP) {
    const some = rows.slice(start, Math.min(start + STEP, to));
    const found = some.findIndex((row) => nameOf(row).toLowerCase().startsWith(wanted));
    if (found >= 0) return start + found;
  }
  return undefined;
}

/** The key of a member; the value of anything without a key. */
function nameOf({ tree: { document }, node, line }: TreeRow): string {
  return line ?? document.keyText(node) ?? document.sourceText(node).slice(0, 64).replace(/^"/, '');
}
