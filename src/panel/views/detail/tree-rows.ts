import type { JsonDocument, JsonNodeId } from '../../../decoders/json.ts';

/** One visible line of a JSON tree. */
export interface TreeRow {
  readonly node: JsonNodeId;
  readonly depth: number;
  /** Place among its siblings, from 0. */
  readonly index: number;
  readonly isContainer: boolean;
  readonly isOpen: boolean;
}

/** Lines of a tree that are listed at most; what is beyond stands in the raw view. */
export const MAX_TREE_ROWS = 200_000;

/**
 * The lines that are visible while these nodes are open, in order. Without recursion: a document may be a million
 * levels deep.
 */
export function treeRows(document: JsonDocument, open: ReadonlySet<JsonNodeId>): TreeRow[] {
  const rows: TreeRow[] = [];
  if (document.root === undefined) return rows;
  const rootRow = rowOf(document, open, document.root, 0, 0);
  rows.push(rootRow);
  const levels = rootRow.isOpen ? [{ children: document.children(document.root), next: 0 }] : [];
  for (let level = levels.at(-1); level && rows.length < MAX_TREE_ROWS; level = levels.at(-1)) {
    const { value: node, done } = level.children.next();
    if (done || node === undefined) {
      levels.pop();
      continue;
    }
    const row = rowOf(document, open, node, levels.length, level.next++);
    rows.push(row);
    if (row.isOpen) levels.push({ children: document.children(node), next: 0 });
  }
  return rows;
}

function rowOf(
  document: JsonDocument,
  open: ReadonlySet<JsonNodeId>,
  node: JsonNodeId,
  depth: number,
  index: number,
): TreeRow {
  const isContainer = document.childCount(node) > 0;
  return { node, depth, index, isContainer, isOpen: isContainer && open.has(node) };
}
